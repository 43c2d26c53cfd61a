import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;

// The page: the files of `public`, and /api/… passed on to the API. One address for the browser, so no CORS.

// Made for the first page that asks for it: a start takes half the time without.
static final class Client {
    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
}

void main() throws IOException {
    var address = new InetSocketAddress(env("HOST"), Integer.parseInt(env("PORT")));
    var server = HttpServer.create(address, 0);
    // Read from the disk at every request: an edited page is served by the next reload, without a restart.
    server.createContext("/", SimpleFileServer.createFileHandler(Path.of("public").toAbsolutePath()))
            .getFilters()
            .add(Filter.beforeHandler("fresh", e -> e.getResponseHeaders().set("Cache-Control", "no-store")));
    server.createContext("/title", exchange -> reply(exchange, 200, "text/plain", utf8(env("TITLE"))));
    server.createContext("/readyz", exchange -> reply(exchange, 200, "text/plain", utf8("ready")));
    server.createContext("/api/", this::pass);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    IO.println("the page: http://" + env("HOST") + ":" + env("PORT") + "/");
}

void pass(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath().substring("/api".length());
    var request = HttpRequest.newBuilder(URI.create(env("API_URL") + path))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
            .timeout(Duration.ofSeconds(10));
    var token = exchange.getRequestHeaders().getFirst("Authorization");
    if (token != null) {
        request.header("Authorization", token);
    }
    try {
        var answer = Client.HTTP.send(request.build(), BodyHandlers.ofByteArray());
        reply(exchange, answer.statusCode(), "application/json", answer.body());
    } catch (IOException | InterruptedException e) {
        reply(exchange, 502, "application/json", utf8("{\"error\": \"the API does not answer\"}"));
    }
}

void reply(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
}

byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
}

String env(String name) {
    var value = System.getenv(name);
    if (value == null) {
        throw new IllegalStateException("the environment variable " + name + " is missing");
    }
    return value;
}
