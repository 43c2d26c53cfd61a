package dev.fairlead.tests.system.world;

import dev.fairlead.document.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real, headless Chromium on one page, steered over the DevTools protocol.
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> FLAGS =
            List.of(
                    "--headless",
                    "--no-sandbox", // Chromium refuses to run as root with one
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--remote-debugging-port=0");

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<String> answers;
    private int requests;

    private Browser(Process process, WebSocket socket, BlockingQueue<String> answers) {
        this.process = process;
        this.socket = socket;
        this.answers = answers;
    }

    /// Opens a page with a fresh profile.
    ///
    /// @param profile an empty folder for it
    public static Browser open(Path chromium, Path profile, String url) throws Exception {
        var command =
                Stream.of(
                                List.of(chromium.toString()),
                                FLAGS,
                                List.of("--user-data-dir=" + profile, url))
                        .flatMap(List::stream)
                        .toList();
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(profile.resolve("output.txt").toFile())
                        .start();
        try {
            var answers = new LinkedBlockingQueue<String>();
            var socket =
                    HttpClient.newHttpClient()
                            .newWebSocketBuilder()
                            .buildAsync(debugger(profile, url), new Answers(answers))
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return new Browser(process, socket, answers);
        } catch (Exception | AssertionError e) {
            end(process);
            throw e;
        }
    }

    /// The value of a JavaScript expression in the page; a promise is awaited.
    ///
    /// @throws IllegalStateException when the expression throws
    public @Nullable Object evaluate(String expression) throws Exception {
        int id = ++requests;
        var parameters =
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true);
        var request = Map.of("id", id, "method", "Runtime.evaluate", "params", parameters);
        socket.sendText(Json.compact(request), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        while (true) {
            var text = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("the browser does not answer: " + expression);
            }
            var answer = Json.readObject(text);
            if (Objects.equals(answer.get("id"), id)) {
                return value(answer, text);
            }
        }
    }

    /// Waits until an expression in the page is true.
    public void await(String expression) {
        Await.until(
                expression, PATIENCE, () -> Objects.equals(evaluate(expression), true), this::text);
    }

    /// What a visitor reads.
    public String text() {
        try {
            return String.valueOf(evaluate("document.body.innerText"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static @Nullable Object value(Map<String, Object> answer, String text) {
        if (!(answer.get("result") instanceof Map<?, ?> outer)
                || outer.get("exceptionDetails") != null
                || !(outer.get("result") instanceof Map<?, ?> result)) {
            throw new IllegalStateException("the page threw: " + text);
        }
        return result.get("value");
    }

    private static URI debugger(Path profile, String url) {
        var found = new URI[1];
        Await.until(
                "a page in the browser",
                PATIENCE,
                () -> {
                    var port = Files.readAllLines(profile.resolve("DevToolsActivePort")).getFirst();
                    var pages = Http.fetch("http://127.0.0.1:" + port + "/json/list").body();
                    for (var page : Status.objects(Objects.requireNonNull(Json.read(pages)))) {
                        if (String.valueOf(page.get("url")).startsWith(url)) {
                            found[0] = URI.create(String.valueOf(page.get("webSocketDebuggerUrl")));
                        }
                    }
                    return found[0] != null;
                });
        return found[0];
    }

    private static void end(Process process) {
        var family = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        socket.abort();
        end(process);
    }

    /// Puts whole messages into a queue.
    private static final class Answers implements WebSocket.Listener {
        private final BlockingQueue<String> whole;
        private final StringBuilder parts = new StringBuilder();

        private Answers(BlockingQueue<String> whole) {
            this.whole = whole;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                whole.add(parts.toString());
                parts.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
