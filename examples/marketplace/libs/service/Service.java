import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;

/// What the services have in common: they listen, say whether they are ready, and ask each other. The JDK, nothing else.
final class Service {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(LONGEST).build();

    /// @param call method and path: `GET /orders`
    record Request(String call, String query, String body) {
        /// A parameter of the query, or an empty text.
        String parameter(String name) {
            for (var pair : query.split("&")) {
                if (pair.startsWith(name + "=")) {
                    return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                }
            }
            return "";
        }
    }

    record Reply(int status, String type, byte[] body) {
        static Reply json(int status, String text) {
            return new Reply(status, "application/json", text.getBytes(StandardCharsets.UTF_8));
        }

        static Reply problem(int status, String what) {
            return json(status, "{\"error\": \"" + what + "\"}");
        }
    }

    interface Handler {
        Reply reply(Request request) throws Exception;
    }

    /// Serves until the process ends. `GET /readyz` is a request like others.
    static void serve(Handler handler) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(env("HOST"), Integer.parseInt(env("PORT"))), 0);
        server.createContext("/", exchange -> answer(exchange, handler));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        IO.println("listening on " + server.getAddress());
    }

    private static void answer(HttpExchange exchange, Handler handler) throws IOException {
        var uri = exchange.getRequestURI();
        var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        Reply reply;
        try (exchange) {
            try {
                var body = new String(exchange.getRequestBody().readNBytes(64 * 1024), StandardCharsets.UTF_8);
                reply = handler.reply(new Request(exchange.getRequestMethod() + " " + uri.getPath(), query, body));
            } catch (Exception e) {
                System.err.println(exchange.getRequestMethod() + " " + uri + ": " + e);
                reply = Reply.problem(503, "try again later");
            }
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            if (reply.body().length > 0) {
                exchange.getResponseBody().write(reply.body());
            }
        }
    }

    /// What another service answers to a GET, or to a POST of `body`.
    static Reply ask(String url, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(LONGEST);
        if (!body.isEmpty()) {
            request.POST(HttpRequest.BodyPublishers.ofString(body));
        }
        var response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        var type = response.headers().firstValue("Content-Type").orElse("text/plain");
        return new Reply(response.statusCode(), type, response.body());
    }

    /// As above, for an answer that must be a good one.
    static String require(String url, String body) throws IOException, InterruptedException {
        var reply = ask(url, body);
        var text = new String(reply.body(), StandardCharsets.UTF_8);
        if (reply.status() / 100 != 2) {
            throw new IOException(url + " answers " + reply.status() + ": " + text);
        }
        return text;
    }

    static String env(String name) {
        var value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("the variable " + name + " is not set");
        }
        return value;
    }

    private Service() {}
}
