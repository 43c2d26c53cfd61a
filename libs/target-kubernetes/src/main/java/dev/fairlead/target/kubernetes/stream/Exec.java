package dev.fairlead.target.kubernetes.stream;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Json;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.client.Cluster;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.http.Call;
import dev.fairlead.target.kubernetes.http.Call.Repeat;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs a command in a container.
public final class Exec {
    private static final int INPUT = 0;
    private static final int OUTPUT = 1;
    private static final int ERRORS = 2;
    private static final int RESULT = 3;
    private static final int RESIZE = 4;
    private static final int CLOSE = 255;
    private static final int PIECE = 32_768;
    private static final String CLOSING = "v5.channel.k8s.io";
    private static final List<String> PROTOCOLS = List.of(CLOSING, "v4.channel.k8s.io");
    private static final Duration RESIZED = Duration.ofSeconds(1);

    private Exec() {}

    /// The terminal that a command shall believe to be on.
    public interface Screen {
        /// Rows and columns, as they are now.
        Optional<List<Integer>> size() throws InterruptedException;
    }

    /// @param screen where it is on a terminal; it has one output then
    public record Command(
            ObjectAddress pod, String container, List<String> words, Optional<Screen> screen) {
        public Command {
            words = List.copyOf(words);
        }

        /// Without a terminal.
        public Command(ObjectAddress pod, String container, List<String> words) {
            this(pod, container, words, Optional.empty());
        }
    }

    /// Where its input comes from and its output goes. They are used on threads of the client, and not closed.
    public record Streams(InputStream input, OutputStream output, OutputStream errors) {}

    /// Blocks until the command has ended.
    ///
    /// @return its exit status
    /// @throws dev.fairlead.diagnostic.ProblemException when it cannot be run, or the connection broke
    public static int run(Cluster cluster, Command command, Streams streams)
            throws InterruptedException {
        var call = call(cluster, command);
        try (var channels = Channels.open(cluster, call)) {
            var threads = new ArrayList<Thread>();
            command.screen()
                    .map(screen -> follow(cluster, channels, screen))
                    .ifPresent(threads::add);
            threads.add(Thread.ofVirtual().start(() -> feed(channels, streams.input())));
            try {
                return result(call, channels, streams, cluster.settings().patience().silence());
            } finally {
                threads.forEach(Thread::interrupt);
            }
        } catch (IOException e) {
            throw broken(call, String.valueOf(e.getMessage()));
        }
    }

    /// Tells the size at once, and each time that it has changed.
    private static Thread follow(Cluster cluster, Channels channels, Screen screen) {
        return Thread.ofVirtual()
                .name("size")
                .start(() -> {
                    Optional<List<Integer>> told = Optional.empty();
                    try {
                        while (true) {
                            var size = screen.size();
                            if (size.isPresent() && !size.equals(told)) {
                                resize(channels, size.get());
                                told = size;
                            }
                            cluster.settings().ticker().pause(RESIZED);
                        }
                    } catch (IOException e) {
                        // The command ended: the result tells.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private static void resize(Channels channels, List<Integer> size)
            throws IOException, InterruptedException {
        var text = "{\"Width\":%d,\"Height\":%d}".formatted(size.get(1), size.get(0));
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        channels.send(RESIZE, bytes, bytes.length);
    }

    private static Call call(Cluster cluster, Command command) {
        var path = new StringBuilder(cluster.path(command.pod().sub("exec")));
        path.append("?stdin=true&stdout=true&")
                .append(command.screen().isPresent() ? "tty=true" : "stderr=true")
                .append("&container=")
                .append(part(command.container()));
        command.words().forEach(word -> path.append("&command=").append(part(word)));
        return Call.reading(
                        path.toString(),
                        "run " + command.words().getFirst() + " in " + command.pod())
                .repeatable(Repeat.NEVER)
                .accepting(PROTOCOLS);
    }

    private static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// @param silence after which it is asked whether the other side is still there
    private static int result(Call call, Channels channels, Streams streams, Duration silence)
            throws IOException, InterruptedException {
        while (true) {
            var next = channels.next(silence);
            if (next.isEmpty()) {
                // A command may be silent for as long as it likes, but not the way to it.
                if (!channels.answers()) {
                    throw broken(call, "nothing answers any more on the way to the pod");
                }
                continue;
            }
            var frame = next.get();
            switch (frame.channel()) {
                case OUTPUT -> streams.output().write(frame.content());
                case ERRORS -> streams.errors().write(frame.content());
                case RESULT -> {
                    return status(call, new String(frame.content(), StandardCharsets.UTF_8));
                }
                case -1 -> throw broken(call, "the connection broke before the command ended");
                default -> {} // a channel that this protocol does not have
            }
        }
    }

    private static int status(Call call, String json) {
        var status = Json.readObject(json);
        if (Trees.text(status, "status").orElse("").equals("Success")) {
            return 0;
        }
        for (var cause : Trees.maps(status, "details", "causes")) {
            if (Trees.text(cause, "reason").orElse("").equals("ExitCode")) {
                return Integer.parseInt(Trees.text(cause, "message").orElse("1"));
            }
        }
        throw broken(call, Trees.text(status, "message").orElse(json));
    }

    private static RuntimeException broken(Call call, String why) {
        return Problem.error(KubernetesCode.OBJECT_REFUSED, "cannot " + call.purpose() + ": " + why)
                .thrown();
    }

    private static void feed(Channels channels, InputStream input) {
        var piece = new byte[PIECE];
        try {
            for (int read = input.read(piece); read >= 0; read = input.read(piece)) {
                channels.send(INPUT, piece, read);
            }
            if (channels.protocol().equals(CLOSING)) {
                channels.send(CLOSE, new byte[] {INPUT}, 1);
            }
        } catch (IOException e) {
            // The command ended before it read everything, or its input did: the result tells.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
