package dev.fairlead.engine.schema;

import dev.fairlead.migrate.Drift;
import dev.fairlead.migrate.MigrateEvent;
import dev.fairlead.migrate.MigrateOutcome;
import dev.fairlead.migrate.MigrateOutcome.AppliedStep;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/// What happens during a run, one sentence each, without a full stop.
public final class EventText {
    private static final int TOLD = 5;

    private EventText() {}

    /// Empty for what says nothing to a person.
    public static Optional<String> of(MigrateEvent event) {
        return switch (event) {
            case MigrateEvent.Planned(var plan) ->
                    plan.steps().isEmpty()
                            ? Optional.empty()
                            : Optional.of(PlanLines.of(plan).reason());
            case MigrateEvent.Drifted(var drift) -> Optional.of(drifted(drift));
            case MigrateEvent.WaitingForTurn(var holder, var left) ->
                    Optional.of(
                            "waits for %s, who is at work on the database; gives up in %s"
                                    .formatted(holder, span(left)));
            case MigrateEvent.Started(var step) -> Optional.of("runs " + step);
            case MigrateEvent.Progressed progress -> Optional.of(progressed(progress));
            case MigrateEvent.Retrying(var step, var why, var attempt, var pause) ->
                    Optional.of(
                            "%s is tried again in %s (attempt %d): %s"
                                    .formatted(step.migration().id(), span(pause), attempt, why));
            case MigrateEvent.Noted(var step, var what) ->
                    Optional.of(step.migration().id() + ": " + what);
            case MigrateEvent.Finished(var step) -> Optional.of(finished(step));
            case MigrateEvent.Failed(var failure) -> Optional.of(failed(failure));
        };
    }

    private static String drifted(Drift drift) {
        int more = drift.differences().size() - TOLD;
        return "the schema is not what the last run left, and that counts as meant from now on: "
                + drift.differences().stream()
                        .limit(TOLD)
                        .map(String::valueOf)
                        .collect(Collectors.joining("; "))
                + (more > 0 ? "; and " + more + " more" : "");
    }

    private static String progressed(MigrateEvent.Progressed progress) {
        return "%s: %,d of about %,d rows seen, %,d changed, %,d a second%s"
                .formatted(
                        progress.step().migration().id(),
                        progress.seen(),
                        progress.estimate(),
                        progress.rows(),
                        progress.rate(),
                        progress.left().map(time -> ", " + span(time) + " left").orElse(""));
    }

    private static String failed(MigrateOutcome.StepFailure failure) {
        var id = failure.key() + "@" + failure.version();
        var what = failure.problem().what();
        return what.startsWith(id)
                ? what
                : "%s step %d failed: %s".formatted(id, failure.step() + 1, what);
    }

    private static String finished(AppliedStep step) {
        var name = "%s@%s step %d".formatted(step.key(), step.version(), step.step() + 1);
        return step.recorded()
                ? name + " is recorded: it had run before"
                : "%s is done in %s%s"
                        .formatted(
                                name,
                                span(step.took()),
                                step.rows() > 0 ? ", %,d rows".formatted(step.rows()) : "");
    }

    /// `340 ms`, `12.3 s`, `5 min 20 s`, `2 h 5 min`.
    public static String span(Duration time) {
        long millis = time.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return "%d.%d s".formatted(millis / 1_000, millis % 1_000 / 100);
        }
        return time.toHours() == 0
                ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
                : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }
}
