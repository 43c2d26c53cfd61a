package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Agents on this machine, by the command: they have what the services of the slot have, and leave nothing behind.
class AgentIT {
    private static final Duration SOON = Duration.ofMinutes(1);

    private static final String STACK =
            """
            secrets: { token: { generate: 24 } }
            services:
              - name: api
                deployGroup: internal
                path: work
                run:
                  command: [ sh, -c, "env | sort > ../of-service; pwd >> ../of-service; id >> ../of-service; exec sleep 100000" ]
                  env: { GREETING: "hello {{ .Env }}", TOKEN: "{{ .Secrets.token }}" }
            agents:
              - name: seer
                path: work
                dependsOn: [ api ]
                run:
                  command: [ sh, -c, "env | sort > ../of-agent; pwd >> ../of-agent; id >> ../of-agent" ]
                  env: { GREETING: "hello {{ .Env }}", TOKEN: "{{ .Secrets.token }}" }
              - name: coder
                run:
                  command: [ sh, -c, 'echo "$0|$SAID|$FAIRLEAD_TASK|$*"; echo "knows $TOKEN" >&2; exit 3', "{{ .Task }}" ]
                  env: { SAID: "told {{ .Task }}", TOKEN: "{{ .Secrets.token }}" }
              - name: slow
                run:
                  command: [ sh, -c, "trap 'echo asked; exit 7' TERM; sleep 100000 & echo begun; wait" ]
                  stop: { grace: 20s }
              - { name: late, run: { command: [ sh, -c, "echo waits; exec sleep 100000" ], timeout: 1s, stop: { grace: 1s } } }
              - { name: lonely, run: { command: [ sh, -c, "echo begun; setsid sleep 100000 & exec sleep 100000" ], timeout: 3s, stop: { grace: 1s } } }
              - { name: deaf, run: { command: [ sh, -c, "trap '' TERM; echo begun; while :; do sleep 1; done" ], stop: { grace: 500ms } } }
              - { name: lost, run: { command: [ no-such-program ] } }
            """;

    private static Sandbox sandbox;
    private static Fairlead fairlead;

    @BeforeAll
    static void up() {
        sandbox = Sandbox.of(STACK);
        sandbox.write("work/file", "");
        fairlead = sandbox.fairlead();
        var early = fairlead.run("run", "coder", "--task", "x").expect(1);
        assertThat(early.err()).contains("error[AGENT_NOT_UP] coder").contains("fairlead up");
        fairlead.done("up", "--detach");
    }

    @AfterAll
    static void down() {
        if (sandbox != null) {
            fairlead.run("down", "--yes");
            sandbox.close();
        }
    }

    private static Map<String, String> variables(List<String> lines) {
        var variables = new TreeMap<String, String>();
        for (var line : lines) {
            int is = line.indexOf('=');
            variables.put(line.substring(0, is), line.substring(is + 1));
        }
        return variables;
    }

    @Test
    @Covers({"PAR-04", "WS-01"})
    void anAgentSeesWhatAServiceOfTheSlotSees() throws Exception {
        fairlead.done("run", "seer");
        var ofService = Files.readAllLines(sandbox.folder().resolve("of-service"));
        var ofAgent = Files.readAllLines(sandbox.folder().resolve("of-agent"));
        int end = ofService.size() - 2;
        assertThat(ofAgent.subList(ofAgent.size() - 2, ofAgent.size()))
                .as("folder and user")
                .isEqualTo(ofService.subList(end, ofService.size()));

        var service = variables(ofService.subList(0, end));
        var agent = variables(ofAgent.subList(0, ofAgent.size() - 2));
        assertThat(agent).containsEntry("GREETING", "hello dev").containsKey("TOKEN");
        assertThat(agent.remove("FAIRLEAD_TASK")).as("the one that only an agent has").isEmpty();
        assertThat(agent.remove("FAIRLEAD_UNIT")).contains("/seer/").endsWith("/RUN");
        assertThat(service.remove("FAIRLEAD_UNIT")).contains("/api/").endsWith("/MAIN");
        assertThat(agent).isEqualTo(service);
    }

    @Test
    @Covers("PAR-04")
    void theTaskComesAsItIsWrittenAndSecretsDoNotComeOut() {
        var task = "say \"it\" $(date) $HOME 'so' \\ ü";
        var ran = fairlead.run("run", "coder", "--task", task, "--", "--more", "$TOKEN").expect(3);
        assertThat(ran.out().lines())
                .containsExactlyInAnyOrder(
                        task + "|told " + task + "|" + task + "|--more $TOKEN",
                        "knows ${secret:token}");
        assertThat(ran.err()).isEmpty();

        sandbox.write("task.md", "two\nlines");
        var json = fairlead.run("run", "coder", "--task-file", "task.md", "-o", "json").expect(3);
        assertThat(json.json())
                .containsEntry("version", 1)
                .containsEntry("agent", "coder")
                .containsEntry("end", "ended")
                .containsEntry("exitCode", 3)
                .containsKeys("run", "ms");
        assertThat(json.err()).contains("lines|told two\nlines");
        assertThat(fairlead.done("logs", "coder").out()).contains("knows ${secret:token}");
        assertThat(fairlead.done("events").out())
                .contains("run " + json.json().get("run") + " ended with 3");
    }

    @Test
    void whatCannotBeRunIsSaidWithWhatToDo() {
        var without = fairlead.run("run", "coder").expect(1);
        assertThat(without.err()).contains("error[AGENT_NOT_UP]").contains("--task");
        var unknown = fairlead.run("run", "codr", "--task", "x").expect(1);
        assertThat(unknown.err()).contains("error[NO_AGENT]").contains("did you mean \"coder\"?");
        var service = fairlead.run("run", "api").expect(1);
        assertThat(service.err()).contains("api is a unit, and no agent");
        var tooLong = fairlead.run("run", "coder", "--task", "x".repeat(110_000)).expect(1);
        assertThat(tooLong.err()).contains("error[TASK_TOO_LONG]");
        var lost = fairlead.run("run", "lost").expect(4);
        assertThat(lost.err()).contains("error[AGENT_FAILED] lost").contains("no-such-program");
    }

    @Test
    void whatTakesTooLongIsEnded() {
        var late = fairlead.run("run", "late").expect(4);
        assertThat(late.out()).isEqualTo("waits\n");
        assertThat(late.err()).contains("error[AGENT_TIMED_OUT] late did not end within 1 s");
        assertThat(running("late")).isEmpty();
    }

    @Test
    void anInterruptAsksItToEndAndNothingOfItIsLeft() throws Exception {
        var slow = fairlead.start("run", "slow");
        Await.until("the run", SOON, () -> slow.outSoFar().contains("begun"));
        assertThat(running("slow")).hasSizeGreaterThan(1);
        signal("INT", slow.process().pid());
        var ended = slow.await().expect(130);
        assertThat(ended.out()).isEqualTo("begun\nasked\n");
        assertThat(running("slow")).isEmpty();

        var deaf = fairlead.start("run", "deaf");
        Await.until("the run", SOON, () -> deaf.outSoFar().contains("begun"));
        signal("TERM", deaf.process().pid());
        deaf.await().expect(130);
        assertThat(running("deaf")).isEmpty();
    }

    @Test
    void twoRunsAtOnceDoNotSeeEachOtherAndWhatAKilledOneLeavesGoesWithItsAgent() throws Exception {
        var one = fairlead.start("run", "slow");
        var other = fairlead.start("run", "slow");
        Await.until(
                "both",
                SOON,
                () -> one.outSoFar().contains("begun") && other.outSoFar().contains("begun"));
        signal("INT", one.process().pid());
        one.await().expect(130);
        assertThat(other.process().isAlive()).isTrue();
        assertThat(running("slow")).isNotEmpty();

        other.process().destroyForcibly().waitFor();
        assertThat(running("slow")).as("nobody ended it").isNotEmpty();
        var down = fairlead.done("down", "--only", "slow");
        assertThat(running("slow")).isEmpty();
        assertThat(down.err()).contains("removes 1 unit that did not run");
        assertThat(down.out())
                .as("an agent is not stopped: it waits to be run")
                .contains("removed: slow")
                .doesNotContain("stopped: ");
        fairlead.done("up", "--detach");
    }

    @Test
    void aRunWhoseCommandWasKilledEndsAfterItsTimeAllTheSame() throws Exception {
        var run = fairlead.start("run", "lonely");
        Await.until("the run", SOON, () -> run.outSoFar().contains("begun"));
        run.process().destroyForcibly().waitFor();
        Await.until("its end", SOON, () -> running("lonely").isEmpty());
        Await.until(
                "what is said of it",
                SOON,
                () ->
                        fairlead.done("events")
                                .out()
                                .contains(
                                        "took longer than 3 s and was ended; the command that began it is gone"));
        try (var left = Files.walk(sandbox.folder().resolve(".fairlead"))) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("run-")))
                    .as("the pipes of runs that are over")
                    .noneMatch(path -> path.toString().contains("lonely"));
        }
    }

    @Test
    @Covers("DEP-05")
    void agentsAreUnitsThatAreSetUpAndDoNotRun() {
        var units = new TreeSet<String>();
        var status = fairlead.done("status", "-o", "json").json();
        for (var unit : Status.objects(status.get("units"))) {
            if ("agents".equals(unit.get("stage"))) {
                assertThat(unit).containsEntry("state", "ready").doesNotContainKey("pid");
                units.add(String.valueOf(unit.get("name")));
            }
        }
        assertThat(units)
                .containsExactly("coder", "deaf", "late", "lonely", "lost", "seer", "slow");
        assertThat(fairlead.done("render").out()).contains("kind: agent", "$(FAIRLEAD_TASK)");
        fairlead.done("plan", "--exit-code");

        sandbox.replace("services.yaml", "timeout: 1s", "timeout: 2s");
        var plan = fairlead.run("plan", "--exit-code").expect(2);
        assertThat(plan.out()).contains("late (agents)").doesNotContain("api (internal)");
        sandbox.replace("services.yaml", "timeout: 2s", "timeout: 1s");
    }

    private static List<Processes.Live> running(String agent) {
        return Processes.of(sandbox.folder()).stream()
                .filter(process ->
                        process.mark().filter(mark -> mark.unit().equals(agent)).isPresent())
                .toList();
    }

    private static void signal(String name, long pid) throws Exception {
        var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start();
        assertThat(kill.waitFor()).isZero();
    }
}
