package dev.fairlead.testcluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/// Stands between a client and the API server, as plain HTTP, and misbehaves as it is told.
public final class FaultyProxy implements AutoCloseable {
    private static final String LEVEL = "X-Kubernetes-PF-PriorityLevel-UID";
    private static final Set<String> PASSED = Set.of("accept", "content-type", "user-agent");

    /// A request as it came.
    public record Seen(String method, String path, String authorization) {
        public boolean is(String wanted, String part) {
            return method.equals(wanted) && path.contains(part);
        }
    }

    /// Says what happens to a request.
    public interface Script {
        Fault of(Seen seen);
    }

    private final Process kubectl;
    private final URI upstream;
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private volatile Script script = _ -> Fault.NONE;

    private FaultyProxy(Process kubectl, URI upstream, HttpServer server) {
        this.kubectl = kubectl;
        this.upstream = upstream;
        this.server = server;
    }

    /// Starts it before a cluster; it misbehaves only when told.
    public static FaultyProxy before(TestCluster cluster) throws IOException {
        var kubectl =
                new ProcessBuilder(
                                cluster.program(),
                                "--kubeconfig",
                                cluster.kubeconfig().toString(),
                                "proxy",
                                "--port=0")
                        .redirectError(new File("/dev/null"))
                        .start();
        // Starting to serve on 127.0.0.1:40123
        var said = kubectl.inputReader(StandardCharsets.UTF_8).readLine();
        if (said == null) {
            throw new AssertionError("kubectl proxy did not start");
        }
        var upstream = URI.create("http://" + said.replaceAll(".* ", ""));
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        var proxy = new FaultyProxy(kubectl, upstream, server);
        server.createContext("/", proxy::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return proxy;
    }

    public void script(Script wanted) {
        script = wanted;
    }

    /// The requests so far, in their order.
    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    /// A kubeconfig that leads through it.
    ///
    /// @param user the user's keys: `token: x`
    public Path kubeconfig(Path folder, String user) throws IOException {
        var file = folder.resolve("faulty.kubeconfig");
        return Files.writeString(
                file,
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: u, user: {%s}}]
                contexts: [{name: faulty, context: {cluster: c, user: u}}]
                current-context: faulty
                """
                        .formatted(server.getAddress().getPort(), user));
    }

    private void handle(HttpExchange exchange) throws IOException {
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        var request =
                new Seen(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        authorization == null ? "" : authorization);
        seen.add(request);
        try (exchange) {
            switch (script.of(request)) {
                case Fault.None() -> forward(exchange, Integer.MAX_VALUE);
                case Fault.Slow(var duration) -> {
                    Thread.sleep(duration);
                    forward(exchange, Integer.MAX_VALUE);
                }
                case Fault.Cut(int bytes) -> forward(exchange, bytes);
                case Fault.Lost(boolean done) -> {
                    if (done) {
                        client.send(request(exchange), HttpResponse.BodyHandlers.discarding());
                    }
                }
                case Fault.Status(int status, var retryAfter, var level) -> {
                    exchange.getRequestBody().readAllBytes();
                    retryAfter.ifPresent(seconds ->
                            exchange.getResponseHeaders().add("Retry-After", seconds.toString()));
                    level.ifPresent(uid -> exchange.getResponseHeaders().add(LEVEL, uid));
                    exchange.sendResponseHeaders(status, -1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var builder =
                HttpRequest.newBuilder(upstream.resolve(exchange.getRequestURI().toString()))
                        .method(
                                exchange.getRequestMethod(),
                                HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders()
                .forEach((name, values) -> {
                    if (PASSED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                        values.forEach(value -> builder.header(name, value));
                    }
                });
        return builder.build();
    }

    private void forward(HttpExchange exchange, int bytes)
            throws IOException, InterruptedException {
        var response = client.send(request(exchange), HttpResponse.BodyHandlers.ofInputStream());
        for (var name : List.of("Content-Type", LEVEL)) {
            response.headers()
                    .firstValue(name)
                    .ifPresent(value -> exchange.getResponseHeaders().add(name, value));
        }
        try (var from = response.body()) {
            exchange.sendResponseHeaders(response.statusCode(), 0);
            var to = exchange.getResponseBody();
            if (copied(from, to, bytes)) {
                to.close();
            }
        }
    }

    /// @return false when it broke off on purpose
    private static boolean copied(InputStream from, OutputStream to, int bytes) throws IOException {
        var piece = new byte[8_192];
        int left = bytes;
        for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
            to.write(piece, 0, Math.min(read, left));
            to.flush();
            left -= Math.min(read, left);
            if (left == 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
        kubectl.destroy();
    }
}
