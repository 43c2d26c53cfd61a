package dev.fairlead.deploy.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.fake.FakeCommand;
import dev.fairlead.deploy.fake.FakeStack;
import dev.fairlead.deploy.fake.FakeWorld;
import dev.fairlead.deploy.fake.FakeWorld.Defect;
import dev.fairlead.deploy.journal.Heartbeat;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.model.Model.Liveness;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The real code under every order of two commands with few switches between them, each of them killed at any moment: it
/// keeps the promises, and does nothing that the model does not know.
class AgreementTest {
    private static final List<String> COMMANDS = List.of("1", "2");
    private static final List<String> UNITS = List.of("db", "api");

    /// What a run showed.
    private record Seen(int passages, List<String> labels, Optional<String> broken) {}

    /// A lease that is over soon, so that few looks at it are enough.
    private static final Heartbeat QUICK =
            new Heartbeat(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMillis(100));

    private static final List<Turn> TURNS =
            List.of(Turn.AT_ONCE, new Turn(Optional.of(Duration.ofMinutes(5)), true));

    @ParameterizedTest
    @EnumSource(Liveness.class)
    @Covers("DEP-03")
    void underEveryOrderTheCodeKeepsThePromisesAndDoesWhatTheModelDoes(Liveness liveness)
            throws Exception {
        int runs = 0;
        for (var turn : TURNS) {
            for (var schedule : schedules(liveness, turn)) {
                var wrong = wrong(liveness, schedule, turn, Set.of());
                assertThat(wrong).as("%s %s", schedule, turn).isEmpty();
                runs++;
            }
        }
        System.out.println(liveness + " orders " + runs);
        assertThat(runs).isGreaterThan(200);
    }

    /// Some order shows each of them.
    @ParameterizedTest
    @CsvSource({
        "NO_FENCING, EXACT",
        "NO_COMPARE, EXACT",
        "LIVE_HOLDER_IGNORED, EXACT",
        "DEAD_HOLDER_BLOCKS, EXACT",
        "FENCED_TAKEN_FOR_DONE, EXACT",
        "INTENT_NOT_WRITTEN, EXACT",
        "RESULT_LOST, EXACT",
        "LEASE_NOT_RELEASED, EXACT",
        "NO_AWAIT, EXACT",
        "LATE_HEARTBEAT, OBSERVED",
        "LIVE_HOLDER_IGNORED, OBSERVED",
        "NO_COMPARE, OBSERVED"
    })
    void aMistakeInTheCodeIsFound(Defect defect, Liveness liveness) throws Exception {
        for (var turn : TURNS) {
            for (var schedule : schedules(liveness, turn)) {
                if (wrong(liveness, schedule, turn, Set.of(defect)).isPresent()) {
                    return;
                }
            }
        }
        throw new AssertionError("no order shows " + defect);
    }

    private static Optional<String> wrong(
            Liveness liveness, Schedule schedule, Turn turn, Set<Defect> defects) throws Exception {
        var seen = run(liveness, schedule, turn, defects);
        return seen.broken()
                .or(() -> Trace.refused(model(liveness, turn, schedule), seen.labels()))
                .map(what -> what + " " + seen.labels());
    }

    // Where holders are observed there is no fence. Where they are known, a stall that others take
    // for a death is what the
    // fence is for.
    private static Model model(Liveness liveness, Turn turn, Schedule schedule) {
        Set<Model.Defect> without =
                liveness == Liveness.OBSERVED
                        ? Set.of(Model.Defect.NO_FENCING)
                        : Set.of(Model.Defect.NO_LOOK_AFTER_STALL);
        boolean stalls = schedule.blow() >= 0 && !schedule.dies();
        return liveness == Liveness.OBSERVED || stalls
                ? new Model(UNITS.size(), Liveness.OBSERVED, turn.supersede(), 0, without)
                : new Model(UNITS.size(), Liveness.EXACT, turn.supersede(), 0, Set.of());
    }

    // Every pair of switches with nothing else; every blow with one switch. Full: every blow with
    // every pair.
    private static List<Schedule> schedules(Liveness liveness, Turn turn) throws Exception {
        int length = run(liveness, Schedule.calm(List.of()), turn, Set.of()).passages() + 1;
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

    private static Seen run(Liveness liveness, Schedule schedule, Turn turn, Set<Defect> defects)
            throws Exception {
        var world = new FakeWorld();
        world.defects.addAll(defects);
        if (liveness == Liveness.OBSERVED) {
            world.heartbeat = Optional.of(QUICK);
        }
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
