package dev.fairlead.cli.live;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.Plan.Change;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// A plan of four units and its events.
final class Samples {
    static final Instant START = Instant.parse("2026-03-01T07:00:00Z");

    static final Plan GUESTBOOK =
            plan(
                    step("postgres", Stage.STATEFUL),
                    step("api", Stage.INTERNAL, "postgres"),
                    step("worker", Stage.INTERNAL, "postgres"),
                    step("web", Stage.FRONTEND, "api", "worker"));

    private Samples() {}

    static Plan plan(Plan.Step... steps) {
        var changes =
                Arrays.stream(steps)
                        .map(step ->
                                new Change(
                                        step.unit(),
                                        "process/" + step.unit(),
                                        Action.CREATE,
                                        List.of(),
                                        Optional.empty()))
                        .toList();
        return new Plan(
                "h",
                "i",
                "s",
                new EnvironmentRef("guestbook", "dev", 0),
                TargetKind.LOCAL,
                changes,
                List.of(steps),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    static Plan.Step step(String unit, Stage stage, String... waitsFor) {
        var names = new TreeSet<UnitName>();
        Arrays.stream(waitsFor).map(UnitName::new).forEach(names::add);
        return new Plan.Step(new UnitName(unit), stage, names);
    }

    static Event event(double after, Kind kind, String unit, String what) {
        return new Event(
                START.plusMillis((long) (after * 1000)),
                "e1",
                kind,
                Optional.of(new UnitName(unit)),
                Optional.of(Stage.INTERNAL),
                what,
                kind == Kind.READY
                        ? Optional.of(Duration.ofMillis((long) (after * 1000)))
                        : Optional.empty());
    }

    static Event finished(double after, String what) {
        return new Event(
                START.plusMillis((long) (after * 1000)),
                "e1",
                Kind.FINISHED,
                Optional.empty(),
                Optional.empty(),
                what,
                Optional.empty());
    }
}
