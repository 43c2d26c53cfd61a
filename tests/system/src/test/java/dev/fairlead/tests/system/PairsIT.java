package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.document.Json;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/// Every pair of commands that want one environment. The first is stopped in the middle of its first step, so that it is at work
/// for as long as a test wants; it comes back when the second has been refused, waits, or has asked it to end.
class PairsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String SLOW =
            "[ sh, -c, \"trap 'sleep 2; exit 0' TERM; sleep 2; echo up; while :; do sleep 0.1;"
                    + " done\" ]";

    private static final String STACK =
            """
            services:
              - { name: one, deployGroup: internal, run: { command: SLOW, ready: { log: "^up" }, env: { ROUND: "0" } } }
              - { name: two, deployGroup: edge, run: { command: SLOW, ready: { log: "^up" }, env: { ROUND: "0" } } }
            """
                    .replace("SLOW", SLOW);

    private enum Verb {
        UP("up --detach"),
        APPLY("apply --yes"),
        RESTART("restart one"),
        DOWN("down");

        private final String words;

        Verb(String words) {
            this.words = words;
        }

        String[] words(String... more) {
            var all = new ArrayList<>(List.of(words.split(" ")));
            all.addAll(List.of(more));
            return all.toArray(new String[0]);
        }
    }

    private record Pair(Verb first, Verb second, boolean supersedes) {}

    @Test
    @Covers("DEP-03")
    void theHolderIsNamedThenWaitedForOrAskedToEnd() {
        var every = new SoftAssertions();
        for (var pair : pairs()) {
            try (var sandbox = Sandbox.of(STACK)) {
                every.assertThatCode(() -> meet(sandbox, pair)).doesNotThrowAnyException();
            }
        }
        every.assertAll();
    }

    private static List<Pair> pairs() {
        var pairs = new ArrayList<Pair>();
        for (var first : Verb.values()) {
            for (var second : Verb.values()) {
                if (first != Verb.DOWN || second != Verb.RESTART) { // nothing is left to restart
                    pairs.add(new Pair(first, second, false));
                    pairs.add(new Pair(first, second, true));
                }
            }
        }
        if (Scale.of(100) < 100) {
            Collections.shuffle(pairs, Seeds.generator("PairsIT"));
            return pairs.subList(0, 3);
        }
        return pairs;
    }

    private static void meet(Sandbox sandbox, Pair pair) {
        var fairlead = sandbox.fairlead();
        if (pair.first() == Verb.DOWN || pair.first() == Verb.RESTART) {
            fairlead.done("up", "--detach");
        }
        var first = fairlead.start(pair.first().words());
        var holder = stopped(sandbox, first);

        var refused = fairlead.run(pair.second().words()).expect(5);
        assertThat(refused.err()).as("%s", pair).contains("error[BUSY]").contains("pid " + holder);

        var turn =
                pair.supersedes() ? new String[] {"--supersede"} : new String[] {"--wait", "90s"};
        var second = fairlead.start(pair.second().words(turn));
        if (pair.supersedes()) {
            Await.until(
                    "the request to end",
                    PATIENCE,
                    () -> record(sandbox).containsKey("supersede"),
                    second::errSoFar);
        }
        signal("CONT", holder);

        var ended = first.await();
        var followed = second.await();
        assertThat(followed.exit()).as("%s %s", pair, followed).isZero();
        if (!pair.supersedes()) {
            assertThat(ended.exit()).as("%s %s", pair, ended).isZero();
        } else if (pair.first() != Verb.RESTART
                || ended.exit() != 0) { // it may have been at its last step
            assertThat(ended.expect(5).err())
                    .as("%s", pair)
                    .contains("error[SUPERSEDED]")
                    .contains("pid " + second.process().pid());
        }
        assertEnd(sandbox, pair);
    }

    private static void assertEnd(Sandbox sandbox, Pair pair) {
        assertThat(record(sandbox)).as("%s", pair).doesNotContainKey("lease");
        if (pair.second() == Verb.DOWN) {
            assertThat(Processes.of(sandbox.folder())).as("%s", pair).isEmpty();
            return;
        }
        boolean all =
                pair.second() != Verb.RESTART || !pair.supersedes() || pair.first() == Verb.RESTART;
        if (all) {
            assertThat(Status.of(sandbox.fairlead()).allReady()).as("%s", pair).isTrue();
        }
        assertThat(Processes.leaders(sandbox.folder(), "one")).as("%s", pair).hasSize(1);
        sandbox.fairlead().done("down");
        assertThat(Processes.of(sandbox.folder())).as("%s", pair).isEmpty();
    }

    @Test
    void aStalledHolderThatCountsAsDeadAndComesBackChangesNothing() {
        try (var sandbox = Sandbox.of(STACK)) {
            var fairlead = sandbox.fairlead();
            var first = fairlead.start("up", "--detach");
            var holder = stopped(sandbox, first);
            // The facts say now that it is dead: its process is one of another boot.
            var record = sandbox.read(".fairlead/env/dev/record.json");
            var identity = ((Map<?, ?>) record(sandbox).get("lease")).get("identity").toString();
            var earlier = UUID.randomUUID() + identity.substring(identity.indexOf('/'));
            sandbox.write(".fairlead/env/dev/record.json", record.replace(identity, earlier));

            var next = fairlead.run("up", "--detach").expect(0);
            assertThat(next.err()).contains("goes on with up-1, which was killed");
            var one = Processes.pidOf(sandbox.folder(), "one");
            var two = Processes.pidOf(sandbox.folder(), "two");
            var kept = sandbox.read(".fairlead/env/dev/record.json");
            signal("CONT", holder);

            assertThat(first.await().expect(5).err()).contains("error[SUPERSEDED]");
            assertThat(sandbox.read(".fairlead/env/dev/record.json")).isEqualTo(kept);
            assertThat(Processes.pidOf(sandbox.folder(), "one")).isEqualTo(one);
            assertThat(Processes.pidOf(sandbox.folder(), "two")).isEqualTo(two);
        }
    }

    /// Stops the command as soon as it has the lease and its first unit is in motion.
    private static long stopped(Sandbox sandbox, Fairlead.Running command) {
        long pid = command.process().pid();
        Await.until(
                "the first step of " + command.command(),
                PATIENCE,
                () -> {
                    var events = sandbox.read(".fairlead/env/dev/events.ndjson");
                    var execution = (Map<?, ?>) record(sandbox).get("execution");
                    return record(sandbox).containsKey("lease")
                            && events.lines()
                                    .map(Json::readObject)
                                    .filter(event -> event.get("kind").equals("started"))
                                    .anyMatch(event ->
                                            event.get("execution").equals(execution.get("id")));
                },
                command::errSoFar);
        signal("STOP", pid);
        return pid;
    }

    private static void signal(String name, long pid) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
            assertThat(exit).isZero();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> record(Sandbox sandbox) {
        var file = Json.readObject(sandbox.read(".fairlead/env/dev/record.json"));
        var record = new TreeMap<String, Object>();
        ((Map<?, ?>) file.get("record")).forEach((key, value) -> record.put(key.toString(), value));
        return record;
    }
}
