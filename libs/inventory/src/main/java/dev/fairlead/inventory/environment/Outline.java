package dev.fairlead.inventory.environment;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.inventory.cluster.Cleanup;
import dev.fairlead.inventory.cluster.Cluster;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// What an environment consists of and in which order, before ports and secrets are known. Needs nothing from a target.
///
/// @param root the folder that every path of the stack is relative to; nothing outside it is read
/// @param home the folder whose `.fairlead` keeps the state of the target `local`
/// @param guarded the environment is `protected`: changing it asks first
/// @param units the enabled units that have something for the target, by name
/// @param disabled units that `when` left out
/// @param absent units that have nothing for this target
/// @param secrets where each declared secret comes from
/// @param notes what a person should know: absent units, modes; in a stated order
/// @param cluster which one, for the target `kubernetes`
public record Outline(
        EnvironmentRef ref,
        TargetKind target,
        Mode mode,
        boolean guarded,
        String namespace,
        String domain,
        Path root,
        Path home,
        SortedMap<UnitName, Part> units,
        SortedSet<UnitName> disabled,
        SortedSet<UnitName> absent,
        SortedMap<String, SecretSource> secrets,
        Limits limits,
        List<String> notes,
        Cluster cluster) {
    /// An outline for the target `local`.
    public Outline(
            EnvironmentRef ref,
            TargetKind target,
            Mode mode,
            boolean guarded,
            String namespace,
            String domain,
            Path root,
            Path home,
            SortedMap<UnitName, Part> units,
            SortedSet<UnitName> disabled,
            SortedSet<UnitName> absent,
            SortedMap<String, SecretSource> secrets,
            Limits limits,
            List<String> notes) {
        this(
                ref,
                target,
                mode,
                guarded,
                namespace,
                domain,
                root,
                home,
                units,
                disabled,
                absent,
                secrets,
                limits,
                notes,
                Cluster.CURRENT);
    }

    /// One enabled unit.
    ///
    /// @param waitsFor the edges of the graph, over the units of this outline
    /// @param ports the ports that it needs, by name
    /// @param builtin the builtin work that gives exports of its own; only `postgres` does
    public record Part(
            UnitName name,
            Stage stage,
            Place place,
            SortedSet<UnitName> waitsFor,
            SortedMap<String, PortWish> ports,
            Optional<Work.Postgres> builtin) {
        /// The same, waiting for this unit alone.
        public Part after(UnitName unit) {
            return new Part(name, stage, place, new TreeSet<>(List.of(unit)), ports, builtin);
        }
    }

    /// Which number a port shall have.
    public sealed interface PortWish {
        /// Chosen once by the target, and kept.
        record Auto() implements PortWish {}

        /// Exactly this number.
        record Fixed(int number) implements PortWish {}
    }

    /// Where a secret's value comes from.
    public sealed interface SecretSource {
        /// Made once by the target with this many characters, and kept in its state.
        record Generated(int length) implements SecretSource {}

        /// Given: read from the environment or a file when the stack was evaluated; absent when it is optional and not there.
        record Given(Optional<String> value) implements SecretSource {
            /// Never the value: outlines are logged and compared.
            @Override
            public String toString() {
                return value.isPresent() ? "Given[present]" : "Given[absent]";
            }
        }
    }

    /// `orchestration`: how many steps at once, how long a unit may take by default, how many revisions are kept, and what
    /// becomes of idle slots.
    public record Limits(int parallelism, Duration readinessTimeout, int history, Cleanup cleanup) {
        public Limits(int parallelism, Duration readinessTimeout, int history) {
            this(parallelism, readinessTimeout, history, Cleanup.DEFAULTS);
        }
    }
}
