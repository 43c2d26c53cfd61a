package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.tests.system.world.Answering;
import dev.fairlead.tests.system.world.Certainty;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything that can go wrong with what was ready, all of it in one stack: the first line of `explain` names the cause
/// at once, however seldom a unit is looked at while all is well.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainLaterIT {
    private static final String STACK =
            """
            environments: { dev: { target: local, mode: dev } }
            orchestration: { parallelism: 16, readinessTimeout: 3m }
            infrastructure:
              - { name: postgres, local: { builtin: postgres, databases: [ shop ] } }
            services:
              - { name: answers, deployGroup: internal, run: { ports: { http: auto }, command: BY_STATUS, ready: { http: { port: http, path: /readyz } } } }
              - { name: silent, deployGroup: internal, run: { ports: { http: auto }, command: BY_SPEECH, ready: { http: { port: http, path: / } } } }
              - { name: probed, deployGroup: internal, run: { ports: { http: auto }, command: ALWAYS, ready: { tcp: http } } }
              - { name: stopped, deployGroup: internal, run: { command: [ sleep, "100000" ] } }
              - { name: killed, deployGroup: internal, run: { command: [ sleep, "100000" ] } }
              - { name: checked, deployGroup: internal, run: { command: [ sleep, "100000" ], ready: { exec: [ sh, -c, "test ! -e full || { echo disk is full; exit 3; }" ] } } }
              - { name: pages, deployGroup: internal, run: { builtin: static, dir: html } }
              - { name: loop, deployGroup: internal, run: { command: [ sh, -c, "echo up; while [ ! -e expired ]; do sleep 0.1; done; echo licence expired; exit 5" ], restart: always, ready: { log: up } } }
              - { name: queue, deployGroup: internal, run: { command: [ sh, -c, "echo $$ > queue.pid; exec sleep 100000" ] } }
              - { name: worker, deployGroup: edge, dependsOn: [ queue ], run: { command: [ sh, -c, "while kill -0 $(cat queue.pid); do sleep 0.1; done; echo lost the queue; exit 1" ] } }
              - { name: shop, deployGroup: frontend, dependsOn: [ worker ], run: { command: [ sleep, "100000" ] } }
            """;

    private static final String UNAPPLIED =
            """
            secrets: { token: { generate: 24 } }
            services:
              - { name: web, deployGroup: internal, run: { command: [ sleep, "1000" ], env: { T: "{{ .Secrets.token }}" } } }
              - { name: other, deployGroup: internal, when: "false", run: { command: [ sleep, "1000" ] } }
            """;

    private final Certainty certainty = new Certainty();
    private final Sandbox sandbox = Sandbox.of("");
    private final Fairlead fairlead = sandbox.fairlead();

    /// @param unit that is asked about
    /// @param first a pattern that the whole first line matches
    record Wrong(String name, String unit, Callable<?> deed, String first) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void bringUp() {
        sandbox.write(
                "services.yaml",
                Sandbox.stack(
                        STACK.replace("BY_STATUS", answering("@status", "no route"))
                                .replace("BY_SPEECH", answering("@speech", ""))
                                .replace("ALWAYS", answering("200", ""))));
        sandbox.write("status", "200");
        sandbox.write("speech", "200");
        sandbox.write("html/index.html", "hello");
        fairlead.done("up", "--detach");
    }

    private static String answering(String status, String more) {
        return Answering.command("{{ .Ports.http }}", status, more);
    }

    @AfterAll
    void takeDown() {
        System.out.println(certainty);
        sandbox.close();
    }

    private Object file(String name, String text) {
        sandbox.write(name, text);
        return name;
    }

    private Object signal(String name, long pid) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, "" + pid).start();
        assertThat(kill.waitFor()).isZero();
        return kill;
    }

    private long pid(String unit) {
        for (var one : Status.objects(fairlead.done("status", "-o", "json").json().get("units"))) {
            if (unit.equals(one.get("name"))) {
                return ((Number) one.get("pid")).longValue();
            }
        }
        throw new AssertionError("no unit " + unit);
    }

    private Object gone(String folder) throws IOException {
        return Files.move(sandbox.folder().resolve(folder), sandbox.base().resolve("moved"));
    }

    private List<Wrong> answers() {
        return List.of(
                new Wrong(
                        "another answer",
                        "answers",
                        () -> file("status", "503"),
                        "answers\\[PROBE_ANSWERED] .* GET http://127.0.0.1:\\d+/readyz answered 503 instead of 200: no route, degraded .*"),
                new Wrong(
                        "no answer",
                        "silent",
                        () -> file("speech", "silence"),
                        "silent\\[PROBE_ANSWERED] .* GET http://127.0.0.1:\\d+/ (has not answered yet|gave no answer: timed out), degraded .*"),
                new Wrong(
                        "a check that fails",
                        "checked",
                        () -> file("full", ""),
                        "checked\\[PROBE_PENDING] .* the check sh exited with 3: disk is full, degraded .*"),
                new Wrong(
                        "a folder that is gone",
                        "pages",
                        () -> gone("html"),
                        "pages\\[FOLDER_MISSING] .* the folder .*/html does not exist, degraded .*"));
    }

    private List<Wrong> signals() {
        return List.of(
                new Wrong(
                        "a process that is stopped",
                        "stopped",
                        () -> signal("STOP", pid("stopped")),
                        "stopped\\[STALLED] .* its process \\(pid \\d+\\) is stopped \\(SIGSTOP\\), degraded .*"),
                new Wrong(
                        "a server that is stopped",
                        "probed",
                        () -> signal("STOP", pid("probed")),
                        "probed\\[STALLED] .* its process \\(pid \\d+\\) is stopped \\(SIGSTOP\\), degraded .*"),
                new Wrong(
                        "a database that is stopped",
                        "postgres",
                        () -> signal("STOP", pid("postgres")),
                        "postgres\\[STALLED] .* PostgreSQL \\(pid \\d+\\) is stopped \\(SIGSTOP\\), degraded .*"),
                new Wrong(
                        "a process that is killed",
                        "killed",
                        () -> signal("KILL", pid("killed")),
                        "killed\\[EXITED] .* was ended by SIGKILL after .*, failed .*"),
                new Wrong(
                        "a process that ends again and again",
                        "loop",
                        () -> file("expired", ""),
                        "loop\\[EXITED] .* exited with 5 after .*: licence expired, (degraded|failed) .*"),
                new Wrong(
                        "what ended because of another one",
                        "worker",
                        () -> signal("KILL", pid("queue")),
                        "queue\\[EXITED] .* was ended by SIGKILL after .*, for .*"));
    }

    List<Wrong> causes() {
        var all = new ArrayList<>(answers());
        all.addAll(signals());
        return all;
    }

    @Test
    void aStackThatCannotBeAppliedIsWhyNothingIsThere() {
        try (var other = Sandbox.of(UNAPPLIED)) {
            var asked = other.fairlead();
            assertThat(asked.done("explain").out())
                    .startsWith("trial/dev: nothing is started here; `fairlead up` starts it");
            other.replace("services.yaml", "{ generate: 24 }", "{ env: NO_SUCH_VARIABLE }");
            asked.run("up", "--detach").expect(1);
            assertThat(asked.done("explain").out())
                    .startsWith("trial/dev[SECRET_MISSING] services.yaml:5:")
                    .contains("the secret \"token\" has no value, so the stack cannot be applied\n")
                    .contains("hint: set the variable NO_SUCH_VARIABLE");
            assertThat(asked.done("explain", "web").out())
                    .startsWith("web[SECRET_MISSING] services.yaml:5:");
            assertThat(Status.object(asked.done("explain", "-o", "json").json().get("rootCause")))
                    .containsEntry("code", "SECRET_MISSING")
                    .containsKeys("what", "advice", "line");
            assertThat(asked.done("explain", "other").out())
                    .startsWith("other[NOT_STARTED] ")
                    .contains("its `when` leaves it out");
        }
    }

    @ParameterizedTest
    @MethodSource("causes")
    void theFirstLineNamesTheCauseAtOnce(Wrong wrong) throws Exception {
        certainty.after(
                wrong.name(),
                wrong.deed(),
                () ->
                        fairlead.done("explain", wrong.unit())
                                .out()
                                .lines()
                                .findFirst()
                                .orElseThrow()
                                .matches(wrong.first()));
    }
}
