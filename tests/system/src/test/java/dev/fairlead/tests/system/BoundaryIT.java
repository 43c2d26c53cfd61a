package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.document.Json;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.DebianPackage;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import dev.fairlead.tests.system.world.Fairlead.Result;
import dev.fairlead.tests.system.world.Fault;
import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Sandbox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The real command and the real supervisor die, or cannot write, at each of their system calls that others can see: every
/// write, sync and rename of the state, every word to the supervisor. The next command ends as if nothing had happened. At full
/// scale all of them one after the other, otherwise some by chance.
class BoundaryIT {
    /// More than any verb makes of one sort; a number that is not reached costs one run and ends the sort.
    private static final int MOST = 60;

    private static final int MOST_WRITES = 16;
    private static final int FULL_ROUNDS = 50;

    private static final String STACK =
            """
            infrastructure:
              - { name: once, local: { builtin: task, command: [ sh, -c, "echo ran >> runs.txt" ], inputs: [ input.txt ] } }
            services:
              - name: a
                deployGroup: internal
                run:
                  command: [ sh, -c, "exec 9>>a.lock; flock -n 9 || touch twice; echo up; exec sleep 1000" ]
                  ready: { log: "^up" }
              - name: b
                deployGroup: internal
                dependsOn: [ a ]
                run:
                  command: [ sh, -c, "exec 9>>b.lock; flock -n 9 || touch twice; echo up; exec sleep 1000" ]
                  env: { ROUND: "0" }
                  ready: { log: "^up" }
            """;

    /// One thing that a command does, to an environment that the verb before left; in their order they make a life.
    private enum Verb {
        CREATE("up --detach"),
        CHANGE("up --detach"),
        PRUNE("up --detach"),
        RESTART("restart a"),
        DOWN("down");

        private final String words;

        Verb(String words) {
            this.words = words;
        }

        String[] words() {
            return words.split(" ");
        }

        void prepare(Sandbox sandbox, int round) {
            switch (this) {
                case CREATE -> sandbox.write("services.yaml", stack(round, true));
                case CHANGE -> sandbox.write("services.yaml", stack(round + 1_000_000, true));
                case PRUNE -> sandbox.write("services.yaml", stack(round + 1_000_000, false));
                case RESTART, DOWN -> {}
            }
        }

        private static String stack(int round, boolean whole) {
            var text = STACK.replace("ROUND: \"0\"", "ROUND: \"" + round + "\"");
            return Sandbox.stack(
                    (whole ? text : text.substring(0, text.indexOf("  - name: b")))
                            + "orchestration: { readinessTimeout: 4m }\n");
        }

        List<String> running() {
            return switch (this) {
                case CREATE, CHANGE -> List.of("a", "b");
                case PRUNE, RESTART -> List.of("a");
                case DOWN -> List.of();
            };
        }

        boolean keepsRevision() {
            return this == CREATE || this == CHANGE || this == PRUNE;
        }
    }

    private final RandomGenerator random = Seeds.generator("BoundaryIT");
    private final Map<String, Integer> happened = new TreeMap<>();

    /// Sorts of calls of which a verb makes no more than were tried.
    private final Set<String> over = new TreeSet<>();

    @BeforeEach
    void needsStrace() throws InterruptedException {
        assumeTrue(DebianPackage.STRACE.provide(), DebianPackage.STRACE.absence());
    }

    @Test
    @Covers("DEP-03")
    void aCommandThatDiesAtAnySystemCallIsFinishedByTheNext() {
        try (var sandbox = sandbox()) {
            for (var fault : kills(List.of("write", "fsync", "fdatasync", "rename"))) {
                life(sandbox, fault, BoundaryIT::killed);
            }
        }
        tell("commands killed");
    }

    @Test
    void aStateThatCannotBeWrittenAtAnyCallIsACodedEndAndTheNextRunGoesOn() {
        var errors = List.of("ENOSPC", "EIO", "EROFS");
        try (var sandbox = sandbox()) {
            for (var kill : kills(List.of("fsync", "fdatasync", "rename"))) {
                if (kill.number() > MOST_WRITES) {
                    continue;
                }
                var error = errors.get(kill.number() % errors.size());
                var fault =
                        new Fault(
                                kill.call(), kill.number(), "error=" + error, random.nextBoolean());
                life(sandbox, fault, BoundaryIT::failed);
            }
        }
        tell("writes failed");
    }

    @Test
    void aSupervisorThatDiesAtAnySystemCallIsReplacedAndNothingRunsTwice() {
        try (var sandbox = sandbox()) {
            for (var fault : kills(List.of("write", "fsync", "rename"))) {
                life(sandbox, fault, BoundaryIT::supervisorKilled);
            }
        }
        tell("supervisors killed");
    }

    /// Lets a verb meet a fault, and tells whether it happened.
    private interface Meeting {
        boolean of(Sandbox sandbox, Fault fault, Verb verb);
    }

    private static boolean killed(Sandbox sandbox, Fault fault, Verb verb) {
        var ended = sandbox.fairlead().start(fault, verb.words()).await();
        boolean died = ended.exit() == 137;
        if (!died) {
            ended.expect(0);
        }
        return died;
    }

    private static boolean failed(Sandbox sandbox, Fault fault, Verb verb) {
        var ended = sandbox.fairlead().start(fault, verb.words()).await();
        if (ended.exit() == 0) {
            return false;
        }
        assertThat(ended.expect(3).err()).contains("error[STATE_NOT_WRITABLE]").contains("hint:");
        WrongInputIT.assertNoTrace(ended.all());
        return true;
    }

    private static boolean supervisorKilled(Sandbox sandbox, Fault fault, Verb verb) {
        var supervisor = Processes.supervisor(sandbox.folder());
        if (supervisor.isEmpty()) {
            sandbox.fairlead().done(verb.words()); // this verb brings one
            return false;
        }
        try (var _ = fault.in(supervisor.get(), sandbox.outputs())) {
            sandbox.fairlead().done(verb.words()); // it is replaced within the command
        }
        return Processes.supervisor(sandbox.folder()).filter(supervisor.get()::equals).isEmpty();
    }

    /// A whole life under one fault: after each verb the next command makes good.
    private void life(Sandbox sandbox, Fault fault, Meeting meeting) {
        if (Arrays.stream(Verb.values()).noneMatch(verb -> isOpen(verb, fault))) {
            return;
        }
        int round = happened.values().stream().mapToInt(Integer::intValue).sum() + fault.number();
        for (var verb : Verb.values()) {
            if (!isOpen(verb, fault)) {
                verb.prepare(sandbox, round);
                sandbox.fairlead().done(verb.words());
                continue;
            }
            long revision = revision(sandbox);
            verb.prepare(sandbox, round);
            boolean met = meeting.of(sandbox, fault, verb);
            if (met) {
                happened.merge(verb + " " + fault.call(), 1, Integer::sum);
            } else if (full() && fault.effect().startsWith("signal")) {
                over.add(verb + " " + fault.call());
            }
            if (full()) {
                System.out.printf(
                        "%s %s %d %s%n",
                        verb, fault.call(), fault.number(), met ? fault.effect() : "not reached");
            }
            assertEnd(sandbox, sandbox.fairlead().run(verb.words()), verb, fault, revision);
        }
    }

    private boolean isOpen(Verb verb, Fault fault) {
        return !over.contains(verb + " " + fault.call());
    }

    private void assertEnd(Sandbox sandbox, Result next, Verb verb, Fault fault, long revision) {
        var when = "%s %s\n%s".formatted(verb, fault, next);
        assertThat(next.exit()).as(when).isZero();
        for (var unit : List.of("a", "b")) {
            assertThat(Processes.leaders(sandbox.folder(), unit))
                    .as("%s of %s", unit, when)
                    .hasSize(verb.running().contains(unit) ? 1 : 0);
        }
        assertThat(sandbox.folder().resolve("twice")).as(when).doesNotExist();
        assertThat(sandbox.read("runs.txt").lines()).as(when).hasSize(1);
        var record = record(sandbox);
        assertThat(record).as(when).doesNotContainKey("lease");
        assertThat(record.get("units").toString())
                .as(when)
                .doesNotContainPattern("intended|removing");
        assertThat(((Map<?, ?>) record.get("execution")).get("outcome"))
                .as(when)
                .isEqualTo("ready");
        assertThat(revision(sandbox)).as(when).isEqualTo(revision + (verb.keepsRevision() ? 1 : 0));
        if (verb == Verb.DOWN) {
            assertThat(Processes.of(sandbox.folder())).as(when).isEmpty();
        }
    }

    private static Map<String, Object> record(Sandbox sandbox) {
        var file = Json.readObject(sandbox.read(".fairlead/env/dev/record.json"));
        var record = new TreeMap<String, Object>();
        ((Map<?, ?>) file.get("record")).forEach((key, value) -> record.put(key.toString(), value));
        return record;
    }

    private static long revision(Sandbox sandbox) {
        return ((Number) record(sandbox).get("revision")).longValue();
    }

    private static boolean full() {
        return Scale.of(FULL_ROUNDS) == FULL_ROUNDS;
    }

    private List<Fault> kills(List<String> calls) {
        var faults = new ArrayList<Fault>();
        for (int number = 1; number <= MOST; number++) {
            for (var call : calls) {
                faults.add(Fault.kill(call, number));
            }
        }
        if (full()) {
            return faults;
        }
        faults.removeIf(fault -> fault.number() > 12);
        Collections.shuffle(faults, random);
        return faults.subList(0, Scale.of(FULL_ROUNDS));
    }

    private static Sandbox sandbox() {
        var sandbox = Sandbox.of(STACK);
        sandbox.write("input.txt", "one");
        sandbox.fairlead().done("up", "--detach");
        sandbox.fairlead().done("down");
        return sandbox;
    }

    private void tell(String what) {
        System.out.printf(
                "%d %s: %s%n",
                happened.values().stream().mapToInt(Integer::intValue).sum(), what, happened);
    }
}
