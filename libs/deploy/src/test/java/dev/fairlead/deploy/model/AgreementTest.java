package dev.fairlead.deploy.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.fake.FakeCommand;
import dev.fairlead.deploy.fake.FakeStack;
import dev.fairlead.deploy.fake.FakeWorld;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The real code under every order of two commands with few switches between them, each of them killed at any moment: it
/// keeps the promises, and does nothing that the model does not know.
class AgreementTest {
    private static final List<String> COMMANDS = List.of("1", "2");
    private static final List<String> UNITS = List.of("db", "api");

    /// What a run showed.
    private record Seen(int passages, List<String> labels, Optional<String> broken) {}

    @Test
    @Covers("DEP-03")
    void underEveryOrderTheCodeKeepsThePromisesAndDoesWhatTheModelDoes() throws Exception {
        var turns = List.of(Turn.AT_ONCE, new Turn(Optional.of(Duration.ofMinutes(5)), true));
        int runs = 0;
        for (var turn : turns) {
            for (var schedule : schedules(turn)) {
                var seen = run(schedule, turn, true);
                assertThat(seen.broken()).as("%s %s", schedule, seen.labels()).isEmpty();
                assertThat(Trace.refused(model(turn, schedule), seen.labels()))
                        .as("%s %s", schedule, seen.labels())
                        .isEmpty();
                runs++;
            }
        }
        System.out.println("orders " + runs);
        assertThat(runs).isGreaterThan(200);
    }

    @Test
    void withoutFencingAndComparisonAPromiseIsBroken() throws Exception {
        for (var schedule : schedules(Turn.AT_ONCE)) {
            var seen = run(schedule, Turn.AT_ONCE, false);
            if (seen.broken().isPresent()
                    || Trace.refused(model(Turn.AT_ONCE, schedule), seen.labels()).isPresent()) {
                return;
            }
        }
        throw new AssertionError("no order shows that the guards are gone");
    }

    // A store whose holders are observed looks for itself after a stall; the fence must do without.
    private static Model model(Turn turn, Schedule schedule) {
        return schedule.blow() < 0 || schedule.dies()
                ? new Model(UNITS.size(), Model.Liveness.EXACT, turn.supersede(), 0, Set.of())
                : new Model(
                        UNITS.size(),
                        Model.Liveness.OBSERVED,
                        turn.supersede(),
                        0,
                        Set.of(Model.Defect.NO_LOOK_AFTER_STALL));
    }

    // Every pair of switches with nothing else; every blow with one switch. Full: every blow with
    // every pair.
    private static List<Schedule> schedules(Turn turn) throws Exception {
        int length = run(Schedule.calm(List.of()), turn, true).passages() + 1;
        boolean full = Scale.of(100) == 100;
        var schedules = new ArrayList<Schedule>();
        for (int first = 0; first <= length; first++) {
            for (int second = first + 1; second <= length; second += full ? 1 : 2) {
                schedules.add(Schedule.calm(List.of(first, second)));
                for (int blow = first; full && blow <= length; blow++) {
                    schedules.add(new Schedule(List.of(first, second), blow, true));
                    schedules.add(new Schedule(List.of(first, second), blow, false));
                }
            }
            for (int blow = 0; blow <= length; blow += full ? 1 : 2) {
                schedules.add(new Schedule(List.of(first), blow, true));
                schedules.add(new Schedule(List.of(first), blow, false));
            }
        }
        return schedules;
    }

    private static Seen run(Schedule schedule, Turn turn, boolean guarded) throws Exception {
        var world = new FakeWorld();
        world.guarded = guarded;
        var run = schedule.new Run(world, COMMANDS);
        world.gate = run;
        Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
        var threads = new ArrayList<Thread>();
        for (var who : COMMANDS) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                var outcome = up(world, who, who.equals("2") ? turn : Turn.AT_ONCE);
                                if (outcome != null) {
                                    outcomes.put(who, outcome);
                                }
                                run.over(who);
                            }));
        }
        int passages = run.direct();
        for (var thread : threads) {
            thread.join();
        }
        world.gate = who -> {};
        return new Seen(passages, named(world.seen), broken(world, outcomes));
    }

    private static @Nullable Outcome up(FakeWorld world, String who, Turn turn) {
        try {
            return new FakeCommand(world, who).up(stack(), turn);
        } catch (FakeWorld.Killed e) {
            return null;
        }
    }

    private static Optional<String> broken(FakeWorld world, Map<String, Outcome> outcomes) {
        var units = stack().units().keySet();
        for (var ended : outcomes.entrySet()) {
            if (ended.getValue() instanceof Outcome.Ready && !world.allReady(units)) {
                return Optional.of(ended.getKey() + " said ready, and a step was lost");
            }
        }
        long newest = 0;
        for (var label : world.seen) {
            if (label.startsWith("accepted")) {
                long token = Long.parseLong(label.substring(label.lastIndexOf(' ') + 1));
                if (token < newest) {
                    return Optional.of("an older execution changed something after a newer one");
                }
                newest = token;
            }
        }
        var next = new FakeCommand(world, "next").up(stack());
        if (!(next instanceof Outcome.Ready) || !world.allReady(units)) {
            return Optional.of("the next command ended in " + next);
        }
        if (world.calls.size() != Set.copyOf(world.calls).size()) {
            return Optional.of("something was started twice: " + world.calls);
        }
        return Optional.empty();
    }

    // In the model units are numbers.
    private static List<String> named(List<String> labels) {
        return labels.stream()
                .map(label -> {
                    var named = label;
                    for (int i = 0; i < UNITS.size(); i++) {
                        named = named.replace(" " + UNITS.get(i), " " + i);
                    }
                    return named;
                })
                .toList();
    }

    private static Environment stack() {
        return new FakeStack().unit(Stage.STATEFUL, "db").unit(Stage.INTERNAL, "api", "db").build();
    }
}
