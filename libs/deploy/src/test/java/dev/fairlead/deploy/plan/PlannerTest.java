package dev.fairlead.deploy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.fake.FakeCommand;
import dev.fairlead.deploy.fake.FakeStack;
import dev.fairlead.deploy.fake.FakeWorld;
import dev.fairlead.deploy.fake.Golden;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PlannerTest {
    private final FakeWorld world = new FakeWorld();
    private final FakeCommand command = new FakeCommand(world, "plan");

    @Example
    @Covers({"DEP-05", "DEP-02"})
    void thePlanFromNothingIsWhatAPersonCanReview() throws IOException {
        Golden.check("first-plan.json", text(command.plan(shop("a", "hunter2"))));
    }

    @Example
    @Covers("DEP-05")
    void thePlanOfAChangeNamesFieldsRestartsAndRemovals() throws IOException {
        assertThat(command.up(shop("a", "hunter2"))).isInstanceOf(Outcome.Ready.class);
        world.crash("worker");
        var changed =
                new FakeStack()
                        .unit(Stage.STATEFUL, "db")
                        .unit(Stage.INTERNAL, "api", env("b", "hunter3"))
                        .unit(Stage.INTERNAL, "worker", "db")
                        .build();

        Golden.check("change-plan.json", text(command.plan(changed)));
    }

    @Example
    void aPlanWithoutChangesIsEmptyAndKeepsItsHash() {
        var stack = shop("a", "hunter2");
        command.up(stack);
        var first = command.plan(stack);

        assertThat(first.isEmpty()).isTrue();
        assertThat(first.changes()).allMatch(change -> change.action() == Action.KEEP);
        assertThat(text(command.plan(stack))).isEqualTo(text(first));
    }

    @Example
    void whatAUnitDoesAtTheMomentIsInNoHash() {
        var stack = shop("a", "hunter2");
        command.up(stack);
        var before = command.plan(stack);
        world.crash("worker");
        var after = command.plan(stack);

        assertThat(after.hash()).isEqualTo(before.hash());
        assertThat(after.starts())
                .extracting(start -> start.unit().value())
                .containsExactly("worker");
        assertThat(after.isEmpty()).isFalse();
    }

    @Example
    void anotherKindOfWorkIsMadeAnew() {
        command.up(new FakeStack().unit(Stage.INTERNAL, "api").build());
        var plan =
                command.plan(
                        new FakeStack()
                                .unit(Stage.INTERNAL, "api", new Work.StaticFiles("dist", false))
                                .build());

        assertThat(plan.changes().getFirst().action()).isEqualTo(Action.RECREATE);
        assertThat(plan.changes().getFirst().reason())
                .contains("it was a process and is a static now");
    }

    @Example
    void leftoversAreRemovedInTheReverseOfTheirStart() {
        command.up(
                new FakeStack()
                        .unit(Stage.STATEFUL, "db")
                        .unit(Stage.INTERNAL, "api", "db")
                        .unit(Stage.EDGE, "gate", "api")
                        .build());
        var plan = command.plan(new FakeStack().unit(Stage.STATEFUL, "other").build());

        assertThat(plan.changes())
                .extracting(change -> change.action() + " " + change.unit())
                .containsExactly("create other", "prune gate", "prune api", "prune db");
    }

    /// What leaves with it and waits for it goes before it.
    @Example
    void aUnitThatTakesThePortOfOneThatLeavesWaitsForItsEnd() {
        command.up(
                new FakeStack()
                        .unit(Stage.INTERNAL, "old")
                        .port("old", 8080)
                        .unit(Stage.FRONTEND, "page", "old")
                        .unit(Stage.INTERNAL, "other")
                        .build());
        var changed =
                new FakeStack()
                        .unit(Stage.STATEFUL, "db")
                        .unit(Stage.INTERNAL, "new", "db")
                        .port("new", 8080)
                        .build();
        var plan = command.plan(changed);

        assertThat(plan.steps())
                .extracting(step -> step.unit() + " waits for " + step.waitsFor())
                .containsExactly(
                        "page waits for []",
                        "old waits for [page]",
                        "db waits for []",
                        "new waits for [db, old]");
        assertThat(plan.changes())
                .filteredOn(change -> change.unit().value().equals("old"))
                .extracting(change -> change.reason().orElseThrow())
                .containsExactly(
                        "it left the stack; it goes before new starts, which takes its port 8080");
        assertThat(text(command.plan(changed))).isEqualTo(text(plan));
    }

    /// Nothing waits for anything here: the target lets go of the ports before it starts who takes them.
    @Example
    void unitsThatSwapTheirPortsSayWhoEndsBeforeWhom() {
        command.up(
                new FakeStack()
                        .unit(Stage.INTERNAL, "a")
                        .port("a", 8080)
                        .unit(Stage.INTERNAL, "b")
                        .port("b", 9090)
                        .build());
        var swapped =
                new FakeStack()
                        .unit(Stage.INTERNAL, "a")
                        .port("a", 9090)
                        .unit(Stage.INTERNAL, "b")
                        .port("b", 8080)
                        .build();
        assertThat(command.plan(swapped).restarts())
                .extracting(restart -> restart.unit() + ": " + restart.why())
                .containsExactly(
                        "a: ports.http changed; it ends before b starts, which takes its port 8080",
                        "b: ports.http changed; it ends before a starts, which takes its port 9090");
    }

    @Example
    void anotherOrderOrDeadlineAloneIsAChangeThatRestartsNothing() {
        command.up(
                new FakeStack()
                        .unit(Stage.STATEFUL, "db")
                        .unit(Stage.INTERNAL, "api")
                        .unit(Stage.INTERNAL, "cache", "db")
                        .build());
        var plan =
                command.plan(
                        new FakeStack()
                                .unit(Stage.STATEFUL, "db")
                                .unit(Stage.INTERNAL, "cache")
                                .timeout(Duration.ofSeconds(90))
                                .unit(Stage.INTERNAL, "api", "db")
                                .build());

        assertThat(plan.isEmpty()).isFalse();
        assertThat(plan.changes()).allMatch(change -> change.action() == Action.KEEP);
        assertThat(plan.restarts()).isEmpty();
        assertThat(plan.reorders())
                .extracting(reorder -> reorder.unit() + ": " + reorder.what())
                .containsExactly(
                        "api: waits for db; readiness timeout 60s -> 90s",
                        "cache: waits no more for db");
    }

    /// What comes or goes says so itself.
    @Example
    void edgesToUnitsThatComeOrGoAreNoChangeOfTheOrder() {
        command.up(
                new FakeStack()
                        .unit(Stage.STATEFUL, "db")
                        .unit(Stage.INTERNAL, "api", "db")
                        .build());
        var plan =
                command.plan(
                        new FakeStack()
                                .unit(Stage.STATEFUL, "cache")
                                .unit(Stage.INTERNAL, "api", "cache")
                                .build());

        assertThat(plan.reorders()).isEmpty();
    }

    @Property(tries = 50)
    @Covers("DEP-02")
    void theOrderInWhichTheStackWasReadChangesNoByte(@ForAll Random random) {
        var names = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            names.add("unit-" + i);
        }
        var sorted = text(new FakeCommand(new FakeWorld(), "a").plan(chain(names)));
        Collections.shuffle(names, random);
        var shuffled = text(new FakeCommand(new FakeWorld(), "b").plan(chain(names)));

        assertThat(shuffled).isEqualTo(sorted);
    }

    @Example
    void thePlanGrowsWithTheUnitsAndNotWithTheirEdges() {
        int small = text(command.plan(wide(50))).length();
        int large = text(command.plan(wide(500))).length();

        assertThat(large).isLessThan(12 * small);
    }

    private static Environment chain(List<String> names) {
        var stack = new FakeStack();
        for (var name : names) {
            int number = Integer.parseInt(name.substring(5));
            if (number % 3 == 0) {
                stack.unit(Stage.STATEFUL, name);
            } else {
                stack.unit(Stage.INTERNAL, name, "unit-" + (number - number % 3));
            }
        }
        return stack.build();
    }

    private static Environment wide(int each) {
        var stack = new FakeStack();
        var first = new String[each];
        for (int i = 0; i < each; i++) {
            first[i] = "s" + i;
            stack.unit(Stage.STATEFUL, first[i]);
        }
        for (int i = 0; i < each; i++) {
            stack.unit(Stage.INTERNAL, "i" + i, first);
        }
        return stack.build();
    }

    private static Environment shop(String log, String password) {
        return new FakeStack()
                .unit(Stage.STATEFUL, "db")
                .unit(Stage.INTERNAL, "api", env(log, password))
                .unit(Stage.INTERNAL, "worker", "db")
                .unit(Stage.FRONTEND, "web", "api", "worker")
                .build();
    }

    private static SortedMap<String, Marked> env(String log, String password) {
        var env = new TreeMap<String, Marked>();
        env.put("LOG", Marked.plain(log));
        env.put("PASSWORD", Marked.secret("db-password", password));
        return env;
    }

    private static String text(Plan plan) {
        return Json.pretty(PlanTree.of(plan)) + "\n";
    }
}
