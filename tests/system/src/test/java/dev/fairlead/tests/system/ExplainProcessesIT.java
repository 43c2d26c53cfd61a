package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.tests.system.world.Answering;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Certainty;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.FirstLines;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything that can be wrong with a process, all of it in one stack: the first line of `explain` names the cause.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainProcessesIT {
    /// Long enough for a JVM to start on a machine that does other things too.
    private static final int SERVERS_SECONDS = 8;

    /// @param run what stands under the unit's name
    /// @param first a pattern that the whole first line matches, behind the unit's code and place
    record Wrong(String unit, String run, String code, String first) {
        @Override
        public String toString() {
            return unit;
        }
    }

    private final Map<String, Wrong> causes = new LinkedHashMap<>();
    private ServerSocket taken;
    private ServerSocket takenToo;
    private Sandbox sandbox;
    private Fairlead.Result up;
    private FirstLines lines;
    private final Certainty certainty = new Certainty();

    private void wrong(String unit, String run, String code, String first) {
        causes.put(unit, new Wrong(unit, "run: { " + run + " }", code, first));
    }

    private static String shell(String script) {
        return "command: [ sh, -c, '%s' ]".formatted(script);
    }

    /// A process that stays, with a probe that is not satisfied.
    private static String failing(String run, String ready) {
        return run + ", ready: { %s, timeout: 3s }".formatted(ready);
    }

    /// The same with a server of this test.
    private static String serving(String ready, String... arguments) {
        return "ports: { http: auto, other: auto }, command: %s, ready: { %s, timeout: %ds }"
                .formatted(Answering.command(arguments), ready, SERVERS_SECONDS);
    }

    private void starts() {
        wrong(
                "no-command",
                "command: [ no-such-program ]",
                "COMMAND_MISSING",
                "there is no command \"no-such-program\" on the PATH");
        wrong(
                "no-file",
                "command: [ ./bin/nothing ]",
                "COMMAND_MISSING",
                "there is no file \\./bin/nothing");
        wrong(
                "not-executable",
                "command: [ ./plain.sh ]",
                "COMMAND_MISSING",
                "\\./plain\\.sh is not an executable file");
        wrong(
                "link",
                "command: [ ./link ]",
                "COMMAND_MISSING",
                "\\./link is a link to nowhere/at/all, which is not there");
        wrong(
                "a-folder",
                "command: [ ./bin ]",
                "COMMAND_MISSING",
                "\\./bin is a folder, not a program");
    }

    private void programs() {
        wrong(
                "no-interpreter",
                "command: [ ./odd.sh ]",
                "START_REFUSED",
                "cannot start .*/odd\\.sh: its first line names /no/such/shell, which is not there");
        wrong(
                "no-program",
                "command: [ ./garbage ]",
                "START_REFUSED",
                "cannot start .*/garbage: Exec format error");
        wrong(
                "no-folder",
                "command: [ sleep, \"1000\" ], workingDir: nowhere/near",
                "FOLDER_MISSING",
                "the folder .*/nowhere/near does not exist: there is no \"nowhere\" in .*");
    }

    private void strangers() {
        wrong(
                "windows-script",
                "command: [ ./windows.sh ]",
                "START_REFUSED",
                "cannot start .*/windows\\.sh: its lines end as on Windows \\(CR LF\\), .*");
        wrong(
                "no-language",
                "command: [ ./language.sh ]",
                "EXITED",
                "exited with 127 after .*: .*nosuchlang.*: No such file or directory");
        wrong(
                "no-name",
                "command: [ java, -XX:TieredStopAtLevel=1, Dial.java ]",
                "EXITED",
                "exited with 1 after .*java.net.UnknownHostException: no-such-host\\.invalid");
        wrong(
                "no-script",
                "command: [ sh, start.sh ]",
                "EXITED",
                "exited with \\d+ after .*: .*start\\.sh.*");
        wrong(
                "no-memory",
                "command: [ java, -Xmx12m, -XX:+UseSerialGC, -XX:TieredStopAtLevel=1, Fill.java ]",
                "EXITED",
                "exited with 1 after .*java\\.lang\\.OutOfMemoryError.*");
        wrong(
                "deep",
                "command: [ java, -XX:TieredStopAtLevel=1, Deep.java ]",
                "EXITED",
                "exited with 1 after .*java\\.lang\\.IllegalStateException: no licence for 9 seats");
        wrong(
                "aborts",
                shell("echo terminate called after throwing std::bad_alloc; kill -ABRT $$"),
                "EXITED",
                "was ended by SIGABRT after .*: terminate called after throwing std::bad_alloc");
        wrong(
                "json",
                shell(
                        "echo \"{\\\"level\\\":\\\"fatal\\\",\\\"msg\\\":\\\"REDIS_URL is required\\\"}\"; echo \"{\\\"msg\\\":\\\"bye\\\"}\"; exit 1"),
                "EXITED",
                "exited with 1 after .*\"msg\":\"REDIS_URL is required\"}");
        wrong(
                "no-http",
                serving("http: { port: http, path: / }", "{{ .Ports.http }}", "ssh"),
                "TIMED_OUT",
                "not ready within %d s: GET http://127.0.0.1:\\d+/ did not answer with HTTP: SSH-2.0-OpenSSH_9.*"
                        .formatted(SERVERS_SECONDS));
        wrong(
                "empty",
                serving("http: { port: http, path: / }", "{{ .Ports.http }}", "nothing"),
                "TIMED_OUT",
                "not ready within %d s: GET http://127.0.0.1:\\d+/ gave no answer.*"
                        .formatted(SERVERS_SECONDS));
    }

    private void places() {
        wrong(
                "file-as-folder",
                "command: [ sleep, \"1000\" ], workingDir: plain.sh",
                "FOLDER_MISSING",
                ".*/plain\\.sh is a file, not a folder");
        wrong(
                "no-room",
                shell("echo row > /dev/full"),
                "EXITED",
                "exited with [12] after .*: .*(I/O error|No space left on device)");
        wrong(
                "no-variable",
                shell("echo hello; : ${API_KEY:?is not set}"),
                "EXITED",
                "exited with [12] after .*: .*API_KEY: is not set");
        wrong(
                "no-pages",
                "builtin: static, dir: pages",
                "FOLDER_MISSING",
                "the folder .*/pages does not exist");
        wrong(
                "port",
                "command: %s, ports: { http: %d }"
                        .formatted(
                                Answering.command("{{ .Ports.http }}", "200"),
                                taken.getLocalPort()),
                "PORT_TAKEN",
                "port %d \\(http\\) is held by java \\(pid %d\\)"
                        .formatted(taken.getLocalPort(), ProcessHandle.current().pid()));
        wrong(
                "port-of-pages",
                "builtin: static, dir: bin, ports: { http: %d }".formatted(takenToo.getLocalPort()),
                "PORT_TAKEN",
                "port %d \\(http\\) is held by java \\(pid %d\\)"
                        .formatted(takenToo.getLocalPort(), ProcessHandle.current().pid()));
    }

    private void ends() {
        wrong(
                "exits",
                shell("echo about to start; echo out of cheese >&2; exit 7"),
                "EXITED",
                "exited with 7 after \\d.*: out of cheese");
        wrong("ends", shell("echo bye"), "EXITED", "exited with 0 after .*: bye");
        wrong("crashes", shell("kill -SEGV $$"), "EXITED", "was ended by SIGSEGV after .*");
        wrong("killed", shell("kill -KILL $$"), "EXITED", "was ended by SIGKILL after .*");
    }

    private void words() {
        wrong(
                "not-found",
                shell("nosuch-tool --go"),
                "EXITED",
                "exited with 127 after .*: .*nosuch-tool: not found");
        wrong(
                "traced",
                shell(
                        "echo Traceback; echo \"  File a.py, line 3\"; echo \"ValueError: bad port\"; echo; exit 1"),
                "EXITED",
                "exited with 1 after .*: ValueError: bad port");
        wrong(
                "no-class",
                "command: [ java, -XX:TieredStopAtLevel=1, NoSuchClass ]",
                "EXITED",
                "exited with 1 after .*NoSuchClass.*");
        wrong(
                "crash-later",
                shell("echo up; sleep 0.5; echo lost the plot; exit 9") + ", ready: { log: up }",
                "EXITED",
                "exited with 9 after .*: lost the plot");
        wrong(
                "crash-loop",
                shell("echo up; sleep 0.2; echo no licence; exit 5")
                        + ", ready: { log: up }, restart: always",
                "EXITED",
                "exited with 5 after .*: no licence");
    }

    private void languages() {
        wrong(
                "node",
                shell(
                        "echo \"Error: listen EADDRINUSE: address already in use\"; echo \"    at Server.listen (node:net:1)\"; echo \"  port: 3000\"; echo \"}\"; echo Node.js v22.1.0; exit 1"),
                "EXITED",
                "exited with 1 after .*: Error: listen EADDRINUSE: address already in use");
        wrong(
                "npm",
                shell(
                        "echo npm error Missing script: dev; echo npm error; echo npm error A complete log of this run can be found in: /x; exit 1"),
                "EXITED",
                "exited with 1 after .*: Missing script: dev");
        wrong(
                "usage",
                "command: [ grep, --no-such-flag ]",
                "EXITED",
                "exited with 2 after .*: .*unrecognized option .*");
    }

    private void tasks() {
        wrong(
                "task",
                "builtin: task, command: [ sh, -c, \"echo 3 of 9 copied; echo disk quota; exit 3\" ]",
                "TASK_FAILED",
                "exited with 3 after .*: disk quota");
        wrong(
                "slow-task",
                "builtin: task, command: [ sleep, \"1000\" ], timeout: 2s",
                "TASK_FAILED",
                "the task did not end within 2\\.0 s");
    }

    private void probes() {
        var late = "not ready within " + SERVERS_SECONDS + " s: ";
        wrong(
                "status",
                serving(
                        "http: { port: http, path: /readyz }",
                        "{{ .Ports.http }}",
                        "500",
                        "the cache is cold"),
                "TIMED_OUT",
                late
                        + "GET http://127.0.0.1:\\d+/readyz answered 500 instead of 200: the cache is cold");
        wrong(
                "path",
                serving("http: { port: http, path: /healthz }", "{{ .Ports.http }}", "404"),
                "TIMED_OUT",
                late + "GET http://127.0.0.1:\\d+/healthz answered 404 instead of 200");
        wrong(
                "other-port",
                serving("http: { port: http, path: / }", "{{ .Ports.other }}", "200"),
                "TIMED_OUT",
                late
                        + "127.0.0.1:\\d+: connection refused; it listens on 127.0.0.1:\\d+ instead: listens on \\d+");
        wrong(
                "silent",
                serving("http: { port: http, path: /slow }", "{{ .Ports.http }}", "silence"),
                "TIMED_OUT",
                late
                        + "GET http://127.0.0.1:\\d+/slow (has not answered yet|gave no answer: timed out)");
    }

    private void checks() {
        var idle = "command: [ sleep, \"1000\" ]";
        var port = "ports: { http: auto }, ";
        wrong(
                "refused",
                port + failing(idle, "http: { port: http, path: / }"),
                "TIMED_OUT",
                "not ready within 3 s: 127.0.0.1:\\d+: connection refused; it listens on no port");
        wrong(
                "refused-tcp",
                port + failing(idle, "tcp: http"),
                "TIMED_OUT",
                "not ready within 3 s: 127.0.0.1:\\d+: connection refused; it listens on no port");
        wrong(
                "check",
                failing(idle, "exec: [ sh, -c, \"echo replica lags >&2; exit 3\" ]"),
                "TIMED_OUT",
                "not ready within 3 s: the check sh exited with 3: replica lags");
        wrong(
                "check-hangs",
                failing(idle, "exec: [ sleep, \"1000\" ]"),
                "TIMED_OUT",
                "not ready within 3 s: the check sleep (has not ended yet|did not end within 10 s)");
        wrong(
                "no-check",
                failing(idle, "exec: [ no-such-check ]"),
                "TIMED_OUT",
                "not ready within 3 s: there is no command \"no-such-check\" on the PATH");
        wrong(
                "odd-check",
                failing(idle, "exec: [ ./odd.sh ]"),
                "TIMED_OUT",
                "not ready within 3 s: cannot start .*/odd\\.sh: its first line names /no/such/shell, which is not there");
        wrong(
                "no-line",
                failing(shell("echo starting; exec sleep 1000"), "log: \"^listening on\""),
                "TIMED_OUT",
                "not ready within 3 s: no line of the output matches \\^listening on: starting");
        wrong(
                "waits",
                failing(
                        shell("echo waiting for redis at 127.0.0.1:1; echo tick; exec sleep 1000"),
                        "log: \"^listening on\""),
                "TIMED_OUT",
                "not ready within 3 s: no line of the output matches .*: waiting for redis at 127.0.0.1:1");
        wrong(
                "stopped",
                port + failing(shell("kill -STOP $$; sleep 1000"), "tcp: http"),
                "TIMED_OUT",
                "not ready within 3 s: its process \\(pid \\d+\\) is stopped \\(SIGSTOP\\)");
    }

    private String stack() {
        var units =
                causes.values().stream()
                        .map(wrong ->
                                "  - name: %s\n    deployGroup: internal\n    %s\n"
                                        .formatted(wrong.unit(), wrong.run()))
                        .collect(Collectors.joining());
        return """
        environments: { dev: { target: local, mode: dev } }
        orchestration: { parallelism: 16, readinessTimeout: 20s }
        services:
        %s  - name: build
            deployGroup: internal
            run: { command: [ sleep, "1000" ] }
            dev: { build: [ sh, -c, "echo 'Api.java:3: error: no semicolon'; echo '1 error'; exit 1" ], watch: [ "*.java" ] }
          - name: build-hangs
            deployGroup: internal
            run: { command: [ sleep, "1000" ], ready: { log: x, timeout: 3s } }
            dev: { build: [ sh, -c, "echo resolving the dependencies; sleep 1000" ], watch: [ "*.java" ] }
          - name: needs-port
            deployGroup: internal
            dependsOn: [ port ]
            run: { command: [ sleep, "1000" ] }
          - name: last
            deployGroup: internal
            dependsOn: [ needs-port ]
            run: { command: [ sleep, "1000" ] }
        """
                .formatted(units);
    }

    @BeforeAll
    void bringUp() throws IOException {
        taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        takenToo = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        starts();
        programs();
        strangers();
        places();
        ends();
        words();
        languages();
        tasks();
        probes();
        checks();
        sandbox = Sandbox.of("");
        sandbox.write("services.yaml", Sandbox.stack(stack()));
        sandbox.write("plain.sh", "#!/bin/sh\n");
        Files.createSymbolicLink(sandbox.folder().resolve("link"), Path.of("nowhere/at/all"));
        sandbox.write("odd.sh", "#!/no/such/shell\n");
        sandbox.write("windows.sh", "#!/bin/sh\r\necho hello\r\n");
        sandbox.write("language.sh", "#!/usr/bin/env nosuchlang\n");
        sandbox.write(
                "Dial.java",
                "void main() throws Exception { new java.net.Socket(\"no-such-host.invalid\", 80); }\n");
        sandbox.write(
                "Fill.java",
                "void main() { for (var all = new java.util.ArrayList<byte[]>(); ; ) all.add(new byte[99999]); }\n");
        sandbox.write(
                "Deep.java",
                """
                void deeper(int left) {
                    if (left == 0) throw new IllegalStateException("no licence for 9 seats");
                    deeper(left - 1);
                }

                void main() {
                    deeper(50);
                }
                """);
        sandbox.write("garbage", "\u007fELF of nowhere");
        sandbox.write("bin/.keep", "");
        for (var program : List.of("odd.sh", "garbage", "windows.sh", "language.sh")) {
            assertThat(sandbox.folder().resolve(program).toFile().setExecutable(true)).isTrue();
        }
        var codes = new HashMap<String, String>();
        causes.forEach((unit, wrong) -> codes.put(unit, wrong.code()));
        var running = sandbox.fairlead().start("up", "--detach");
        while (running.process().isAlive()) {
            certainty.look(sandbox.fairlead(), codes);
        }
        up = running.await().expect(4);
        System.out.println(certainty);
        Await.until(
                "everything has failed that shall fail",
                Duration.ofSeconds(30),
                () -> {
                    lines = FirstLines.of(sandbox.fairlead());
                    return lines.byUnit().keySet().containsAll(causes.keySet());
                });
    }

    @AfterAll
    void takeDown() throws IOException {
        taken.close();
        takenToo.close();
        sandbox.close();
    }

    List<Wrong> causes() {
        return List.copyOf(causes.values());
    }

    @ParameterizedTest
    @MethodSource("causes")
    void theFirstLineNamesTheCause(Wrong wrong) {
        assertThat(lines.of(wrong.unit()))
                .matches(
                        "%s\\[%s] services\\.yaml:\\d+:13 %s, ((failed|degraded) )?for \\d.*"
                                .formatted(wrong.unit(), wrong.code(), wrong.first()));
    }

    @Test
    void aBuildIsNamedByItsFirstError() {
        assertThat(lines.of("build"))
                .startsWith("build[BUILD_FAILED] services.yaml:")
                .contains("build failed: Api.java:3: error: no semicolon, failed for");
    }

    @Test
    void aBuildThatDoesNotEndIsSaid() {
        assertThat(lines.of("build-hangs"))
                .startsWith("build-hangs[TIMED_OUT] services.yaml:")
                .contains(
                        "not ready within 3 s: its build sh has not ended yet: resolving the dependencies, failed for");
    }

    @Test
    void whatWaitsForAFailureIsExplainedByIt() {
        var fairlead = sandbox.fairlead();
        var text = fairlead.done("explain", "last").out();
        assertThat(text.lines().findFirst().orElseThrow()).startsWith("port[PORT_TAKEN] ");
        assertThat(text)
                .contains("so last is pending")
                .contains("last waits for needs-port")
                .contains("needs-port waits for port");

        var tree = fairlead.done("explain", "last", "-o", "json").json();
        assertThat(Status.object(Objects.requireNonNull(tree.get("rootCause"))))
                .containsEntry("unit", "port")
                .containsEntry("code", "PORT_TAKEN")
                .containsKeys("what", "since", "advice");
        assertThat(Status.objects(tree.get("chain")))
                .extracting(link -> link.get("unit") + " -> " + link.get("waitsFor"))
                .containsExactly("last -> [needs-port]", "needs-port -> [port]", "port -> []");
        assertThat(fairlead.done("explain", "-o", "mermaid").out())
                .contains("n_last --> n_needs_port")
                .contains("n_needs_port --> n_port");
    }

    @Test
    void everyCauseComesWithAdviceAndNoneWithATraceOfOurs() {
        var explained = sandbox.fairlead().done("explain");
        assertThat(explained.out().split("(?m)^(?=\\S+\\[)"))
                .filteredOn(block -> !block.isEmpty())
                .hasSizeGreaterThan(30)
                .allSatisfy(block -> assertThat(block).contains("\n  hint: "));
        assertThat(up.all()).doesNotContain("dev.fairlead.").contains("error[PORT_TAKEN]");
    }
}
