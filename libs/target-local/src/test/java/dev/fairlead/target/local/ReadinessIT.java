package dev.fairlead.target.local;

import static dev.fairlead.target.local.Stack.eventually;
import static dev.fairlead.target.local.Stack.marked;
import static dev.fairlead.target.local.Stack.name;
import static dev.fairlead.target.local.Stack.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Restart;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.target.local.system.Signals;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How it is known that a unit is ready, and what is said when it is not.
class ReadinessIT {
    @TempDir Path root;

    /// A server of one answer, in the language that is on every machine that runs this test.
    private Run server(int port, int status) throws Exception {
        Files.writeString(
                root.resolve("Server.java"),
                """
                import com.sun.net.httpserver.HttpServer;
                import java.net.InetSocketAddress;
                class Server {
                    public static void main(String[] arguments) throws Exception {
                        var server = HttpServer.create(
                                new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
                        int status = Integer.parseInt(arguments[1]);
                        server.createContext("/", exchange -> {
                            var body = "not well".getBytes();
                            exchange.sendResponseHeaders(status, body.length);
                            exchange.getResponseBody().write(body);
                            exchange.close();
                        });
                        server.start();
                        System.out.println("listens on " + arguments[0]);
                    }
                }
                """);
        return Stack.command(
                "java",
                "-XX:TieredStopAtLevel=1",
                "Server.java",
                Integer.toString(port),
                Integer.toString(status));
    }

    @Test
    void httpIsReadyWithTheStatusThatIsDeclaredOnly() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("ill", List.of("http"), _ -> shell("sleep 1000"));
            int port = stack.port("ill", "http");
            var run = server(port, 500);
            stack.unit(
                    "ill",
                    List.of("http"),
                    _ -> Stack.ready(run, new Ready.Http("http", "/readyz", 200)));
            try (var session = stack.open()) {
                stack.hand(session);
                session.start(name("ill"), 1, false);
                eventually(() ->
                        stack.status("ill")
                                .cause()
                                .filter(c -> c.what().contains("answered"))
                                .filter(c -> !c.what().endsWith("has not answered yet"))
                                .isPresent());
                var status = session.await(name("ill"), Duration.ofMillis(1));
                assertThat(status.state()).isEqualTo(UnitState.STARTING);
                var cause = status.cause().orElseThrow();
                assertThat(cause.code()).isEqualTo(CauseCode.PROBE_ANSWERED);
                assertThat(cause.what())
                        .isEqualTo(
                                "GET http://127.0.0.1:%d/readyz answered 500 instead of 200"
                                        .formatted(port));
                assertThat(cause.evidence()).containsExactly("not well");
            }
            stack.unit(
                    "ill",
                    List.of("http"),
                    _ -> Stack.ready(run, new Ready.Http("http", "/readyz", 500)));
            var ready = stack.up(2).get("ill");
            assertThat(ready.state()).isEqualTo(UnitState.READY);
            assertThat(ready.url()).contains("http://127.0.0.1:" + port);
        }
    }

    @Test
    void tcpExecAndLogAreReadyWhenTheyAre() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("tcp", List.of("main"), _ -> shell("sleep 1000"));
            int port = stack.port("tcp", "main");
            var server = server(port, 200);
            stack.unit("tcp", List.of("main"), _ -> Stack.ready(server, new Ready.Tcp("main")));
            stack.unit(
                    "exec",
                    Stack.ready(
                            shell("sleep 0.3; touch there; sleep 1000"),
                            new Ready.Exec(marked("test", "-e", "there"))));
            stack.unit(
                    "log",
                    Stack.ready(
                            shell("sleep 0.3; echo listening on 7; sleep 1000"),
                            new Ready.Log("listening on \\d")));
            var up = stack.up(1);
            assertThat(up.values())
                    .allSatisfy(status -> assertThat(status.state()).isEqualTo(UnitState.READY));
        }
    }

    @Test
    void aRefusedConnectionAndAFailingCheckAreTheCauseWhileStarting() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit(
                    "tcp",
                    List.of("main"),
                    _ -> Stack.ready(shell("sleep 1000"), new Ready.Tcp("main")));
            stack.unit(
                    "exec",
                    Stack.ready(
                            shell("sleep 1000"),
                            new Ready.Exec(marked("sh", "-c", "echo no schema; exit 4"))));
            try (var session = stack.open()) {
                stack.hand(session);
                session.start(name("tcp"), 1, false);
                session.start(name("exec"), 1, false);
                eventually(() -> stack.status("tcp").cause().isPresent());
                eventually(() ->
                        stack.status("exec")
                                .cause()
                                .filter(c -> !c.what().endsWith("has not ended yet"))
                                .isPresent());
                var refused = stack.status("tcp").cause().orElseThrow();
                assertThat(refused.code()).isEqualTo(CauseCode.PROBE_REFUSED);
                assertThat(refused.what())
                        .isEqualTo(
                                "127.0.0.1:%d: connection refused"
                                        .formatted(stack.port("tcp", "main")));
                var check = stack.status("exec").cause().orElseThrow();
                assertThat(check.code()).isEqualTo(CauseCode.PROBE_PENDING);
                assertThat(check.what()).isEqualTo("the check sh exited with 4");
                assertThat(check.evidence()).containsExactly("no schema");
            }
        }
    }

    private static boolean told(Stack stack, String what) {
        try {
            return stack.events().stream().map(Event::what).anyMatch(what::equals);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aUnitThatIsNotReadyInTimeHasFailedButIsLeftAlone() throws Exception {
        var slow =
                Stack.readyWithin(
                        Stack.ready(
                                shell(
                                        "while [ ! -e go ]; do sleep 0.02; done; echo listening; sleep 1000"),
                                new Ready.Log("listening")),
                        Duration.ofMillis(300));
        try (var stack = new Stack(root)) {
            stack.unit("slow", slow);
            var late = stack.up(1).get("slow");
            assertThat(late.state()).isEqualTo(UnitState.FAILED);
            var cause = late.cause().orElseThrow();
            assertThat(cause.code()).isEqualTo(CauseCode.TIMED_OUT);
            assertThat(cause.what())
                    .isEqualTo("not ready within 0.3 s: no line of the output matches listening");
            assertThat(late.pid()).isPresent();

            Files.writeString(root.resolve("go"), "");
            eventually(() -> stack.status("slow").state() == UnitState.READY);
            assertThat(stack.status("slow").pid()).isEqualTo(late.pid());
            // The state is there a moment before its event is.
            eventually(() -> told(stack, "ready after all"));
        }
    }

    /// The line that made it ready was printed before it was taken under watch again. That it stays ready is seen when a
    /// unit whose check fails as often as it takes is degraded.
    @Test
    void aUnitThatWasReadyByALineStaysSoWhoeverWatchesIt() throws Exception {
        Files.writeString(root.resolve("there"), "");
        try (var stack = new Stack(root)) {
            stack.unit(
                    "log",
                    Stack.ready(shell("echo listening; sleep 1000"), new Ready.Log("listening")));
            stack.unit(
                    "exec",
                    Stack.ready(
                            shell("sleep 1000"), new Ready.Exec(marked("test", "-e", "there"))));
            stack.up(1);
            stack.killSupervisor();
            assertThat(stack.status("log").state()).isEqualTo(UnitState.DEGRADED);
            Files.delete(root.resolve("there"));
            stack.up(2);
            eventually(() ->
                    stack.status("exec")
                            .cause()
                            .filter(cause -> cause.code() == CauseCode.PROBE_PENDING)
                            .isPresent());

            assertThat(stack.status("exec").state()).isEqualTo(UnitState.DEGRADED);
            assertThat(stack.status("log").state()).isEqualTo(UnitState.READY);
        }
    }

    @Test
    void aKilledProcessComesBackWhereTheStackSaysSo() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("api", Stack.restart(shell("sleep 1000"), Restart.ON_FAILURE));
            stack.unit("web", shell("sleep 1000"));
            stack.up(1);
            int api = stack.status("api").pid().orElseThrow().intValue();
            int web = stack.status("web").pid().orElseThrow().intValue();
            Signals.sendToGroup(api, Signals.KILL);
            Signals.sendToGroup(web, Signals.KILL);
            eventually(() ->
                    stack.status("api").state() == UnitState.READY
                            && stack.status("api").restarts() == 1);
            eventually(() -> stack.status("web").state() == UnitState.FAILED);
            assertThat(stack.status("web").cause().orElseThrow().what())
                    .startsWith("was ended by SIGKILL after ");
        }
    }

    @Test
    void aTaskRunsOnceToSuccessAndAgainOnlyWithOtherContent() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("fetch", Stack.task("echo once >> done"));
            stack.unit("broken", Stack.task("echo it is broken; exit 5"));
            var up = stack.up(1);
            assertThat(up.get("fetch").state()).isEqualTo(UnitState.READY);
            var cause = up.get("broken").cause().orElseThrow();
            assertThat(cause.code()).isEqualTo(CauseCode.TASK_FAILED);
            assertThat(cause.what()).startsWith("exited with 5 after ");
            assertThat(cause.evidence()).containsExactly("it is broken");

            stack.killSupervisor();
            assertThat(stack.status("fetch").state()).isEqualTo(UnitState.READY);
            stack.unit("broken", Stack.task("true"));
            assertThat(stack.up(2).get("broken").state()).isEqualTo(UnitState.READY);
            assertThat(Files.readAllLines(root.resolve("done"))).hasSize(1);
            stack.unit("fetch", Stack.task("echo twice >> done"));
            stack.up(3);
            assertThat(Files.readAllLines(root.resolve("done"))).hasSize(2);
        }
    }

    @Test
    void aTaskThatTakesTooLongHasFailed() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("slow", Stack.timeout(Stack.task("sleep 1000"), Duration.ofMillis(300)));
            var cause = stack.up(1).get("slow").cause().orElseThrow();
            assertThat(cause.what()).isEqualTo("the task did not end within 0.3 s");
        }
    }

    @Test
    void aTaskThatEndsWhileNobodyWatchesIsDone() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit(
                    "fetch", Stack.task("echo x >> begun; while [ ! -e go ]; do sleep 0.02; done"));
            try (var session = stack.open()) {
                stack.hand(session);
                session.start(name("fetch"), 1, false);
                eventually(() -> Files.exists(root.resolve("begun")));
                stack.killSupervisor();
            }
            Files.writeString(root.resolve("go"), "");
            eventually(() -> stack.processes().isEmpty());
            assertThat(stack.up(2).get("fetch").state()).isEqualTo(UnitState.READY);
            assertThat(Files.readAllLines(root.resolve("begun"))).hasSize(1);
        }
    }

    @Test
    void aFixedPortThatIsTakenNamesItsHolder() throws Exception {
        try (var stack = new Stack(root);
                var holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            stack.fixedPort("api", holder.getLocalPort(), run -> run, shell("sleep 1000"));
            var cause = stack.up(1).get("api").cause().orElseThrow();
            assertThat(cause.code()).isEqualTo(CauseCode.PORT_TAKEN);
            assertThat(cause.what())
                    .isEqualTo(
                            "port %d (http) is held by java (pid %d)"
                                    .formatted(
                                            holder.getLocalPort(), ProcessHandle.current().pid()));
        }
    }

    @Test
    void aChosenPortThatIsTakenIsReplacedAndKept() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("api", List.of("http"), _ -> shell("sleep 1000"));
            int wished = stack.port("api", "http");
            try (var holder = new ServerSocket(wished, 1, InetAddress.getLoopbackAddress());
                    var session = stack.open()) {
                assertThat(holder.isBound()).isTrue();
                assertThat(stack.hand(session))
                        .isInstanceOfSatisfying(
                                Session.Handed.PortsReplaced.class,
                                replaced -> {
                                    var port = replaced.ports().getFirst();
                                    assertThat(port.from()).isEqualTo(wished);
                                    assertThat(port.holder()).startsWith("java (pid ");
                                });
                assertThat(stack.port("api", "http")).isNotEqualTo(wished);
                assertThat(stack.hand(session)).isEqualTo(new Session.Handed.Taken());
            }
            int chosen = stack.port("api", "http");
            stack.up(2);
            assertThat(stack.port("api", "http")).isEqualTo(chosen);
        }
    }

    @Test
    void aFolderIsServedAndNothingOutsideOfIt() throws Exception {
        Files.createDirectories(root.resolve("site/sub"));
        Files.writeString(root.resolve("site/index.html"), "<p>home</p>");
        Files.writeString(root.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(root.resolve("site/out.txt"), root.resolve("secret.txt"));
        try (var stack = new Stack(root);
                var client = HttpClient.newHttpClient()) {
            stack.unit(
                    "web",
                    List.of("http"),
                    _ ->
                            Stack.run(
                                    new Work.StaticFiles("site", true),
                                    new Ready.Http("http", "/", 200)));
            var url = stack.up(1).get("web").url().orElseThrow();
            assertThat(answer(client, url + "/")).isEqualTo("200 <p>home</p>");
            assertThat(answer(client, url + "/guest/7")).isEqualTo("200 <p>home</p>");
            assertThat(answer(client, url + "/missing.js")).startsWith("404");
            assertThat(answer(client, url + "/out.txt")).startsWith("404");
            assertThat(answer(client, url + "/%2e%2e/secret.txt")).startsWith("404");
            stack.down(2, false);
            assertThat(stack.supervisor()).isEmpty();
        }
    }

    private static String answer(HttpClient client, String url) throws Exception {
        var answer =
                client.send(
                        HttpRequest.newBuilder(URI.create(url)).build(),
                        HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }
}
