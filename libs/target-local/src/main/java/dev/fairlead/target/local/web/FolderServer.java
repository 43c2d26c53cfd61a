package dev.fairlead.target.local.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/// Serves the files of a folder on 127.0.0.1: GET and HEAD, nothing outside the folder (symbolic links that lead out
/// included), no listings, never cached, so that an edit is seen with the next request.
public final class FolderServer implements AutoCloseable {
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("htm", "text/html; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("mjs", "text/javascript; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("map", "application/json"),
                    Map.entry("txt", "text/plain; charset=utf-8"),
                    Map.entry("xml", "application/xml"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("jpeg", "image/jpeg"),
                    Map.entry("gif", "image/gif"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff", "font/woff"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("wasm", "application/wasm"),
                    Map.entry("pdf", "application/pdf"),
                    Map.entry("webmanifest", "application/manifest+json"));

    private final Path folder;
    private final boolean spa;
    private final HttpServer server;

    private FolderServer(Path folder, boolean spa, HttpServer server) {
        this.folder = folder;
        this.spa = spa;
        this.server = server;
    }

    /// Starts to serve.
    ///
    /// @param spa answer an unknown path that does not look like a file with `index.html`
    /// @throws IOException when the port is taken or the folder cannot be read
    public static FolderServer start(Path folder, boolean spa, int port) throws IOException {
        var address =
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        var server = HttpServer.create(address, 0);
        var served = new FolderServer(folder.toRealPath(), spa, server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", served::answer);
        server.start();
        return served;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                text(exchange, 405, "only GET and HEAD\n");
                return;
            }
            var found = find(exchange.getRequestURI().getPath());
            if (found.isPresent()) {
                file(exchange, found.get());
            } else {
                text(exchange, 404, "not found\n");
            }
        }
    }

    private Optional<Path> find(String path) throws IOException {
        if (path == null || path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        var wanted = folder.resolve(path.replaceFirst("^/+", "")).normalize();
        var found = within(wanted);
        if (found.isPresent() && Files.isDirectory(found.get())) {
            found = within(wanted.resolve("index.html"));
        }
        if (found.isPresent()) {
            return found;
        }
        var name = path.substring(path.lastIndexOf('/') + 1);
        return spa && !name.contains(".") ? within(folder.resolve("index.html")) : Optional.empty();
    }

    private Optional<Path> within(Path path) throws IOException {
        if (!path.startsWith(folder) || !Files.exists(path)) {
            return Optional.empty();
        }
        var real = path.toRealPath();
        return real.startsWith(folder) && Files.isReadable(real)
                ? Optional.of(real)
                : Optional.empty();
    }

    private static void file(HttpExchange exchange, Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        var name = file.getFileName().toString();
        var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        var type = TYPES.getOrDefault(extension, "application/octet-stream");
        send(exchange, 200, type, bytes);
    }

    private static void text(HttpExchange exchange, int status, String text) throws IOException {
        send(exchange, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            headers.set("Content-Length", Integer.toString(body.length));
        }
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /// The folder that is served.
    @Override
    public String toString() {
        return folder.toString();
    }
}
