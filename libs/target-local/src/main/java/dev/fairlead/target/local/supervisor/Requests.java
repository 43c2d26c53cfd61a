package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.local.postgres.Unavailable;
import dev.fairlead.target.local.state.Members;
import dev.fairlead.target.local.state.Statuses;
import dev.fairlead.target.local.state.UnitFolder;
import dev.fairlead.target.local.wire.Migrated;
import dev.fairlead.target.local.wire.SpecReader;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a command may ask for, and the answers.
final class Requests {
    private final Environments environments;

    Requests(Environments environments) {
        this.environments = environments;
    }

    /// @throws IllegalArgumentException for a request that no command of this build makes
    Map<String, ? extends @Nullable Object> answer(Map<String, Object> request)
            throws InterruptedException {
        return switch (Members.text(request, "do")) {
            case "hand" -> hand(request);
            case "start" -> start(request);
            case "note" -> note(request);
            case "remove" -> remove(request);
            case "await" -> await(request);
            case "look" -> look(request);
            case String other -> throw new IllegalArgumentException("cannot " + other);
        };
    }

    private Map<String, Object> hand(Map<String, Object> request) {
        var spec = SpecReader.environment(Members.object(request, "spec"));
        environments.environment(spec.key()).hand(spec);
        return Map.of("answer", "taken");
    }

    private Map<String, Object> start(Map<String, Object> request) throws InterruptedException {
        var environment = environments.environment(Members.text(request, "environment"));
        var name = new UnitName(Members.text(request, "unit"));
        var spec = environment.spec();
        var unit = spec.map(handed -> handed.units().get(name));
        if (spec.isEmpty() || unit.isEmpty()) {
            return Map.of(
                    "answer",
                    "unknown"); // a supervisor that just came: it wants to be handed everything
        }
        var newer = environment.fence().pass(Members.number(request, "fencing"));
        if (newer.isPresent()) {
            return Map.of("answer", "fenced", "newest", newer.getAsLong());
        }
        environment.start(spec.get(), unit.get(), Boolean.TRUE.equals(request.get("force")));
        return Map.of("answer", "accepted");
    }

    private Map<String, Object> note(Map<String, Object> request) {
        var environment = environments.environment(Members.text(request, "environment"));
        var newer = environment.fence().pass(Members.number(request, "fencing"));
        if (newer.isPresent()) {
            return Map.of("answer", "fenced", "newest", newer.getAsLong());
        }
        environment.note(
                new UnitName(Members.text(request, "unit")),
                new UnitFolder.Applied(
                        Members.text(request, "hash"),
                        Members.object(request, "content"),
                        false,
                        Stop.DEFAULT),
                request);
        Migrated.of(Members.object(request, "content"))
                .ifPresent(migrated ->
                        environment.migrated(
                                migrated,
                                UnitState.valueOf(
                                        Members.text(request, "state").toUpperCase(Locale.ROOT))));
        return Map.of("answer", "accepted");
    }

    private Map<String, Object> remove(Map<String, Object> request) throws InterruptedException {
        var environment = environments.environment(Members.text(request, "environment"));
        var name = new UnitName(Members.text(request, "unit"));
        var newer = environment.fence().pass(Members.number(request, "fencing"));
        if (newer.isPresent()) {
            return Map.of("answer", "fenced", "newest", newer.getAsLong());
        }
        try {
            var note = environment.unit(name).remove(Boolean.TRUE.equals(request.get("withData")));
            environment.forget(name);
            return note.<Map<String, Object>>map(text -> Map.of("answer", "accepted", "note", text))
                    .orElseGet(() -> Map.of("answer", "accepted"));
        } catch (Unavailable e) {
            return Map.of(
                    "answer",
                    "failed",
                    "cause",
                    Statuses.tree(
                            new Cause(
                                    e.code(), e.what(), List.of("read its output"), e.evidence())));
        }
    }

    private Map<String, Object> look(Map<String, Object> request) throws InterruptedException {
        environments
                .environment(Members.text(request, "environment"))
                .look(Duration.ofMillis(Members.number(request, "ms")));
        return Map.of("answer", "looked");
    }

    private Map<String, @Nullable Object> await(Map<String, Object> request)
            throws InterruptedException {
        var unit =
                environments
                        .environment(Members.text(request, "environment"))
                        .unit(new UnitName(Members.text(request, "unit")));
        var status = unit.await(Duration.ofMillis(Members.number(request, "ms")));
        return Statuses.tree(new Statuses.Written(status, Optional.empty(), Optional.empty()));
    }
}
