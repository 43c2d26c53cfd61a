package dev.fairlead.tests.system;

import static dev.fairlead.tests.system.WrongInputIT.assertNoTrace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What breaks while a stack starts: `up` ends at once with the cause, `explain` names it afterwards, independent
/// branches come up all the same.
class BrokenRunIT {
    private static final String SERVER =
            """
            void main(String[] args) throws Exception {
                var address = new java.net.InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
                var server = com.sun.net.httpserver.HttpServer.create(address, 0);
                server.createContext("/", exchange -> {
                    exchange.sendResponseHeaders(500, -1);
                    exchange.close();
                });
                server.start();
            }
            """;

    private static final String CLIENT =
            """
            void main(String[] args) {
                try (var database = new java.net.Socket("127.0.0.1", Integer.parseInt(args[0]))) {
                    IO.println("connected");
                } catch (java.io.IOException e) {
                    IO.println("database: " + e.getMessage());
                    System.exit(1);
                }
            }
            """;

    /// `web` is what breaks; `other` has nothing to do with it; `late` waits for `web`.
    private static Breakage breakage(String name, String run, String... says) {
        var spec =
                """
                services:
                  - name: web
                    deployGroup: internal
                    run: %s
                  - name: other
                    deployGroup: internal
                    run: { command: [ sleep, "1000" ] }
                  - name: late
                    deployGroup: frontend
                    run: { command: [ sleep, "1000" ] }
                """
                        .formatted(run);
        return Breakage.of(name, spec, 4, "services.yaml:", says);
    }

    static Stream<Breakage> breakages() {
        return Stream.of(
                breakage(
                        "a missing command",
                        "{ command: [ no-such-program, --port, \"1\" ] }",
                        "no-such-program"),
                breakage(
                        "a crash at start",
                        "{ command: [ sh, -c, \"echo about to fail; echo out of cheese >&2; exit 7\" ] }",
                        "7",
                        "out of cheese"),
                breakage(
                                "a probe that answers 500",
                                "{ command: [ java, Server.java, \"{{ .Ports.http }}\" ], ports: { http: auto },"
                                        + " ready: { http: { port: http, path: /readyz }, timeout: 8s } }",
                                "500",
                                "/readyz")
                        .and("Server.java", SERVER),
                breakage(
                                "a database that refuses",
                                "{ command: [ java, Client.java, \"1\" ], ready: { log: connected, timeout: 20s } }",
                                "Connection refused")
                        .and("Client.java", CLIENT),
                breakage(
                        "a timeout",
                        "{ command: [ sleep, \"1000\" ], ready: { log: never, timeout: 2s } }",
                        "never"));
    }

    @ParameterizedTest
    @MethodSource("breakages")
    void endsWithTheCauseAndExplainNamesItAfterwards(Breakage breakage) {
        try (var sandbox = breakage.sandbox()) {
            assertBroken(sandbox, breakage);
        }
    }

    @Test
    void aFixedPortThatSomebodyElseHasIsNamed() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            var breakage =
                    breakage(
                                    "a port that is taken",
                                    "{ command: [ java, Server.java, \"{{ .Ports.http }}\" ], ports: { http: %s } }"
                                            .formatted(port),
                                    port)
                            .and("Server.java", SERVER);
            try (var sandbox = breakage.sandbox()) {
                assertBroken(sandbox, breakage);
            }
        }
    }

    @Test
    void aMendedStackComesUpWithoutFurtherAdo() {
        try (var sandbox = breakage("a crash", "{ command: [ sh, -c, exit 7 ] }").sandbox()) {
            sandbox.fairlead().run("up", "--detach").expect(4);
            sandbox.replace("services.yaml", "sh, -c, exit 7", "sleep, \"1000\"");

            sandbox.fairlead().done("up", "--detach");

            assertThat(Status.of(sandbox.fairlead()).allReady()).isTrue();
            sandbox.fairlead().done("down");
            assertThat(Processes.of(sandbox.folder())).isEmpty();
        }
    }

    private static void assertBroken(Sandbox sandbox, Breakage breakage) {
        var fairlead = sandbox.fairlead();
        var told = fairlead.run("up", "--detach").expect(breakage.exit());
        assertThat(told.all()).contains("error[").contains(breakage.place()).contains("hint:");
        assertThat(told.all()).contains(breakage.says());

        var status = Status.of(fairlead);
        assertThat(status.unit("web").state()).isEqualTo("failed");
        assertThat(status.unit("other").state()).isEqualTo("ready");
        assertThat(status.unit("late").state()).isEqualTo("pending");

        for (var unit :
                new String[] {"web", "late"}) { // its own cause, and that of what waits for it
            var text = fairlead.done("explain", unit);
            assertThat(text.out()).contains(breakage.says());
            assertThat(text.out().lines().findFirst().orElseThrow())
                    .startsWith("web[")
                    .contains("services.yaml:");
            var explained = fairlead.done("explain", unit, "-o", "json").json();
            var rootCause = Status.object(explained.get("rootCause"));
            assertThat(rootCause).containsKeys("code", "what", "since", "advice");
            assertThat("" + explained).contains(breakage.says());
            assertNoTrace(text.all());
        }
        assertThat("" + fairlead.done("explain", "late", "-o", "json").json().get("chain"))
                .contains("web");
        assertNoTrace(told.all());
    }
}
