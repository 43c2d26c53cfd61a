package dev.fairlead.deploy.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.fake.FakeCommand;
import dev.fairlead.deploy.fake.FakeStack;
import dev.fairlead.deploy.fake.FakeWorld;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testkit.Covers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A command that dies, or cannot write, at any boundary leaves something that the next one goes on from: every write of the
/// store and every action of the session, before it and between it and what is recorded of it.
class KillTest {
    /// What a command does in a world that was prepared for it.
    enum Verb {
        UP(false) {
            @Override
            Outcome run(FakeCommand command) {
                return command.up(stack());
            }
        },
        CHANGE(true) {
            @Override
            Outcome run(FakeCommand command) {
                return command.up(changed());
            }
        },
        PRUNE(true) {
            @Override
            Outcome run(FakeCommand command) {
                return command.up(smaller());
            }
        },
        RESTART(true) {
            @Override
            Outcome run(FakeCommand command) {
                return command.restart(stack(), "api");
            }
        },
        DOWN(true) {
            @Override
            Outcome run(FakeCommand command) {
                return command.down(false);
            }
        };

        private final boolean overSomething;

        Verb(boolean overSomething) {
            this.overSomething = overSomething;
        }

        abstract Outcome run(FakeCommand command);

        FakeWorld world() {
            var world = new FakeWorld();
            if (overSomething) {
                new FakeCommand(world, "before").up(stack());
                world.calls.clear();
            }
            return world;
        }
    }

    /// Everything that lasts, but times and the names of executions: they tell how it came about.
    private record End(
            List<String> running,
            Map<String, EnvironmentRecord.Result> results,
            Optional<String> lease,
            Optional<String> outcome,
            long revision,
            List<String> revisions,
            List<String> graph) {
        static End of(FakeWorld world) {
            var record = new FakeCommand(world, "looks").journal().read().orElseThrow();
            var results = new TreeMap<String, EnvironmentRecord.Result>();
            record.units().forEach((unit, entry) -> results.put(unit.value(), entry.result()));
            return new End(
                    world.running().stream().map(UnitName::value).sorted().toList(),
                    results,
                    record.lease().map(EnvironmentRecord.Lease::execution),
                    record.execution().flatMap(EnvironmentRecord.Execution::outcome),
                    record.revision(),
                    world.revisions.values().stream().map(End::content).toList(),
                    record.graph().nodes().keySet().stream().map(UnitName::value).toList());
        }

        private static String content(String revision) {
            var tree = Json.readObject(revision);
            return tree.get("revision") + " " + tree.get("inputHash");
        }
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    @Covers("DEP-03")
    void afterAKillAtAnyBoundaryTheNextRunEndsAsIfNothingHadHappened(Verb verb) {
        var undisturbed = verb.world();
        int before = undisturbed.boundaries();
        assertThat(verb.run(new FakeCommand(undisturbed, "alone")))
                .isInstanceOf(Outcome.Ready.class);
        int boundaries = undisturbed.boundaries() - before;
        assertThat(boundaries).isGreaterThan(5);

        for (int boundary = 1; boundary <= boundaries; boundary++) {
            for (var first : List.of(true, false)) {
                var world = verb.world();
                world.killAt(boundary, first);
                assertThat(dies(verb, world)).as("boundary %d", boundary).isTrue();
                world.neverKill();
                assertThat(verb.run(new FakeCommand(world, "next")))
                        .as("boundary %d %s", boundary, first)
                        .isInstanceOf(Outcome.Ready.class);

                assertThat(End.of(world))
                        .as("boundary %d %s", boundary, first)
                        .isEqualTo(End.of(undisturbed));
                if (verb != Verb.RESTART) { // asked for twice, it is done twice
                    assertThat(world.calls.stream().filter(call -> call.startsWith("start")))
                            .as("boundary %d %s", boundary, first)
                            .doesNotHaveDuplicates();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void aStoreThatCannotWriteIsACodedEndAndTheNextRunGoesOn(Verb verb) {
        var undisturbed = verb.world();
        int before = undisturbed.boundaries();
        verb.run(new FakeCommand(undisturbed, "alone"));
        int boundaries = undisturbed.boundaries() - before;

        int failures = 0;
        for (int boundary = 1; boundary <= boundaries; boundary++) {
            for (int many : new int[] {1, 2, Integer.MAX_VALUE}) {
                var world = verb.world();
                world.failAt(boundary, many);
                failures += fails(verb, world) ? 1 : 0;
                world.failAt(1, 0);
                // Its process is over, whatever it could still write.
                world.kill("first");
                assertThat(verb.run(new FakeCommand(world, "next")))
                        .as("boundary %d, %d failures", boundary, many)
                        .isInstanceOf(Outcome.Ready.class);
                assertThat(End.of(world))
                        .as("boundary %d, %d failures", boundary, many)
                        .isEqualTo(End.of(undisturbed));
            }
        }
        assertThat(failures).isGreaterThan(5);
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void aClockThatJumpsAnHourAtEachLookChangesNothing(Verb verb) {
        var undisturbed = verb.world();
        verb.run(new FakeCommand(undisturbed, "alone"));

        for (UnaryOperator<Duration> jump :
                List.<UnaryOperator<Duration>>of(
                        by -> Duration.ofHours(1),
                        by -> Duration.ofHours(-1),
                        by -> by.negated())) {
            var world = verb.world();
            var last = new Duration[] {Duration.ofHours(1)};
            world.clock.jumps(() -> last[0] = jump.apply(last[0]));

            assertThat(verb.run(new FakeCommand(world, "alone"))).isInstanceOf(Outcome.Ready.class);

            assertThat(End.of(world)).isEqualTo(End.of(undisturbed));
            assertThat(world.calls).isEqualTo(undisturbed.calls);
            assertThat(world.events.stream().map(KillTest::withoutTime))
                    .isEqualTo(undisturbed.events.stream().map(KillTest::withoutTime).toList());
        }
    }

    private static String withoutTime(Event event) {
        return event.kind() + " " + event.unit() + " " + event.what();
    }

    @Test
    void theSameWishResumesWhatWasKilledAndSaysSo() {
        var world = new FakeWorld();
        world.killAt(6, false);
        assertThatThrownBy(() -> new FakeCommand(world, "first").up(stack()))
                .isInstanceOf(FakeWorld.Killed.class);
        var next = new FakeCommand(world, "second");
        next.up(stack());

        assertThat(next.shown)
                .extracting(Event::what)
                .contains("goes on with up-1, which was killed");
    }

    @Test
    void anotherWishSupersedesWhatWasKilled() {
        var world = new FakeWorld();
        world.killAt(6, false);
        assertThatThrownBy(() -> new FakeCommand(world, "first").up(stack()))
                .isInstanceOf(FakeWorld.Killed.class);
        var next = new FakeCommand(world, "second");
        var other = new FakeStack().unit(Stage.STATEFUL, "db").build();

        assertThat(next.up(other)).isInstanceOf(Outcome.Ready.class);
        assertThat(next.shown)
                .extracting(Event::what)
                .contains("supersedes up-1, which was killed");
        assertThat(world.running()).containsExactly(new UnitName("db"));
    }

    private static boolean dies(Verb verb, FakeWorld world) {
        try {
            verb.run(new FakeCommand(world, "first"));
            return false;
        } catch (FakeWorld.Killed e) {
            return true;
        }
    }

    /// @return whether it said so with a code
    private static boolean fails(Verb verb, FakeWorld world) {
        try {
            verb.run(new FakeCommand(world, "first"));
            return false;
        } catch (ProblemException e) {
            assertThat(new ArrayList<>(e.problems())).isNotEmpty();
            return true;
        }
    }

    private static Environment stack() {
        return new FakeStack()
                .unit(Stage.STATEFUL, "db")
                .unit(Stage.INTERNAL, "api", "db")
                .unit(Stage.EDGE, "gate", "api")
                .build();
    }

    private static Environment changed() {
        return new FakeStack()
                .unit(Stage.STATEFUL, "db")
                .unit(Stage.INTERNAL, "api", new TreeMap<>(Map.of("LEVEL", Marked.plain("debug"))))
                .unit(Stage.EDGE, "gate", "api")
                .unit(Stage.EDGE, "page", "api")
                .build();
    }

    private static Environment smaller() {
        return new FakeStack().unit(Stage.STATEFUL, "db").build();
    }
}
