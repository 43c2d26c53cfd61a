package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.state.EnvironmentFolder;
import dev.fairlead.target.local.state.Home;
import dev.fairlead.target.local.state.Members;
import dev.fairlead.target.local.state.Statuses;
import dev.fairlead.target.local.state.UnitFolder;
import dev.fairlead.target.local.system.ProcessId;
import dev.fairlead.target.local.wire.EnvironmentSpec;
import dev.fairlead.target.local.wire.Migrated;
import dev.fairlead.target.local.wire.UnitSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Every environment that this supervisor holds.
final class Environments {
    private final Home home;
    private final Tools tools;
    private final Map<String, Held> held = new HashMap<>();

    Environments(Home home, Tools tools) {
        this.home = home;
        this.tools = tools;
    }

    /// One environment: what shall be, once it was handed over, and its units.
    final class Held {
        private final EnvironmentFolder folder;
        private final Fence fence;
        private final Map<UnitName, SupervisedUnit> units = new HashMap<>();
        private @Nullable EnvironmentSpec spec;

        Held(EnvironmentFolder folder) {
            this.folder = folder;
            this.fence = new Fence(folder);
        }

        Fence fence() {
            return fence;
        }

        synchronized Optional<EnvironmentSpec> spec() {
            return Optional.ofNullable(spec);
        }

        synchronized SupervisedUnit unit(UnitName name) {
            return units.computeIfAbsent(name, _ -> new SupervisedUnit(folder.unit(name), tools));
        }

        /// Takes what shall be; what runs already with the same content is watched from now on.
        void hand(EnvironmentSpec handed) {
            handed.secrets().forEach(secret -> tools.masks().add(secret.name(), secret.value()));
            synchronized (this) {
                spec = handed;
            }
            handed.units().forEach((name, unit) -> unit(name).adopt(handed, unit));
        }

        /// Starts a unit; units that move away from its ports end first.
        void start(EnvironmentSpec spec, UnitSpec unit, boolean force) throws InterruptedException {
            var ports = unit.run().ports().values();
            for (var other : ports.isEmpty() ? List.<UnitSpec>of() : spec.units().values()) {
                if (!other.name().equals(unit.name())) {
                    unit(other.name()).vacate(ports, unit.name(), other);
                }
            }
            unit(unit.name()).start(spec, unit, force);
        }

        /// Has every unit looked at anew; those that take longer go on by themselves.
        void look(Duration atMost) throws InterruptedException {
            CompletableFuture<Void> all;
            synchronized (this) {
                all =
                        CompletableFuture.allOf(
                                units.values().stream()
                                        .map(SupervisedUnit::look)
                                        .toArray(CompletableFuture[]::new));
            }
            try {
                all.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return; // what is known by now is on the boards
            } catch (ExecutionException e) {
                throw new IllegalStateException("a look is never exceptional", e);
            }
        }

        /// Keeps how a unit stands that is done elsewhere.
        ///
        /// @param said `state`, and where there are some `cause` and the `worker` that is at it
        synchronized void note(
                UnitName name, UnitFolder.Applied applied, Map<String, Object> said) {
            var unit = folder.unit(name);
            unit.apply(applied);
            var status =
                    new UnitStatus(
                            name,
                            UnitState.valueOf(Members.text(said, "state").toUpperCase(Locale.ROOT)),
                            tools.clock().instant(),
                            Optional.ofNullable(said.get("cause")).map(Statuses::cause),
                            new TreeMap<>(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(applied.hash()),
                            0,
                            Optional.empty());
            var worker =
                    Optional.ofNullable(said.get("worker"))
                            .flatMap(id -> ProcessId.parse(String.valueOf(id)));
            var written = new Statuses.Written(status, Optional.empty(), worker);
            Durable.write(unit.statusFile(), Json.compact(Statuses.tree(written)));
        }

        /// Between the end of migrations and the start of who waits for them a database holds what they make and no more:
        /// that is kept for the next slot. Migrations that failed may have left something behind.
        void migrated(Migrated migrated, UnitState state) {
            var databases =
                    spec().map(handed -> handed.units().get(migrated.unit()))
                            .flatMap(UnitSpec::databases);
            var name = databases.map(known -> known.names().get(migrated.database()));
            if (name.isEmpty() || state == UnitState.STARTING) {
                return;
            }
            if (state == UnitState.READY) {
                tools.cluster().keepTemplate(migrated.key(), name.get());
            } else {
                tools.cluster().touched(name.get());
            }
        }

        synchronized void forget(UnitName name) {
            units.remove(name);
        }
    }

    synchronized Held environment(String key) {
        return held.computeIfAbsent(key, _ -> new Held(home.environment(key)));
    }

    /// Keeps the output of units flowing that were not handed over: those of a killed supervisor, in environments that
    /// no command has touched since.
    void discardUnhanded() throws IOException {
        for (var folder : home.environments()) {
            var environment = environment(folder.key());
            if (environment.spec().isEmpty()) {
                for (var unit : folder.units()) {
                    environment.unit(unit.name()).discard();
                }
            }
        }
    }

    /// Whether there is nothing left to hold: no unit is applied in any environment.
    boolean isEmpty() {
        return home.environments().stream()
                .flatMap(environment -> environment.units().stream())
                .noneMatch(unit -> java.nio.file.Files.exists(unit.appliedFile()));
    }
}
