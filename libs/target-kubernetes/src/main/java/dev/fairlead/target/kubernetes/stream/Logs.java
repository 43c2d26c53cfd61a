package dev.fairlead.target.kubernetes.stream;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.target.kubernetes.client.Cluster;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.http.Call;
import dev.fairlead.target.kubernetes.http.LineFeed;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What a container prints. A stream that breaks off goes on with the line after the last one.
public final class Logs {
    private static final Duration SILENCE = Duration.ofMinutes(10);
    private static final Duration REST = Duration.ofMillis(500);

    private final Cluster cluster;
    private final Request request;
    private final Predicate<Line> consumer;
    private Instant last = Instant.MIN;

    /// @param follow also the lines that come, until the container ends
    /// @param previous those of the container's run before this one
    /// @param tail only the last ones; empty: all that are kept
    public record Request(
            ObjectAddress pod,
            String container,
            boolean follow,
            boolean previous,
            Optional<Integer> tail) {}

    /// @param at when the container printed it
    public record Line(Instant at, String text) {}

    private Logs(Cluster cluster, Request request, Predicate<Line> consumer) {
        this.cluster = cluster;
        this.request = request;
        this.consumer = consumer;
    }

    /// Blocks until there are no more lines or the consumer answers false.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException when they may not be read, or the container has not started
    public static void read(Cluster cluster, Request request, Predicate<Line> consumer)
            throws InterruptedException {
        new Logs(cluster, request, consumer).run();
    }

    private void run() throws InterruptedException {
        while (true) {
            var call = Call.reading(path(), "read the log of " + request.pod());
            var opened = cluster.transport().open(call);
            if (opened.feed().isEmpty()) {
                throw cluster.refusal(call, opened.reply()).problem().thrown();
            }
            if (ended(opened.feed().get())) {
                return;
            }
            cluster.settings().ticker().pause(REST);
        }
    }

    private String path() {
        var path = new StringBuilder(cluster.path(request.pod().sub("log")));
        path.append("?timestamps=true&container=")
                .append(URLEncoder.encode(request.container(), StandardCharsets.UTF_8));
        if (request.follow()) {
            path.append("&follow=true");
        }
        if (request.previous()) {
            path.append("&previous=true");
        }
        if (last.equals(Instant.MIN)) {
            request.tail().ifPresent(lines -> path.append("&tailLines=").append(lines));
        } else {
            path.append("&sinceTime=")
                    .append(URLEncoder.encode(last.toString(), StandardCharsets.UTF_8));
        }
        return path.toString();
    }

    /// @return false when it broke off and is to go on
    private boolean ended(LineFeed feed) throws InterruptedException {
        Optional<String> begun = Optional.empty();
        try (feed) {
            while (true) {
                var line = feed.next(SILENCE);
                if (feed.isOpen()) {
                    begun = Optional.of(line);
                } else if (!given(line)) {
                    return true;
                }
            }
        } catch (LineFeed.Ended e) {
            if (request.follow() && (!e.clean() || runs())) {
                return false; // a line that was begun comes again
            }
            begun.ifPresent(this::given);
            return true;
        } catch (IOException e) {
            return !request.follow();
        }
    }

    /// The server counts whole seconds: some lines come again.
    private boolean given(String text) {
        var line = parsed(text);
        if (!line.at().isAfter(last)) {
            return true;
        }
        last = line.at();
        return consumer.test(line);
    }

    /// Whether the container that the last line is of still runs: the server may end a stream in order before that, when it
    /// stops itself, or when a file of output is full.
    private boolean runs() throws InterruptedException {
        try {
            return cluster.find(request.pod())
                    .flatMap(this::started)
                    .filter(began -> !began.isAfter(last))
                    .isPresent();
        } catch (ProblemException e) {
            return false; // nobody says so
        }
    }

    private Optional<Instant> started(Map<String, Object> pod) {
        return Stream.of("containerStatuses", "initContainerStatuses")
                .flatMap(key -> Trees.maps(pod, "status", key).stream())
                .filter(status -> request.container().equals(status.get("name")))
                .flatMap(status -> Trees.text(status, "state", "running", "startedAt").stream())
                .findFirst()
                .map(Instant::parse);
    }

    private Line parsed(String line) {
        int space = line.indexOf(' ');
        try {
            var at = Instant.parse(space < 0 ? line : line.substring(0, space));
            return new Line(at, space < 0 ? "" : line.substring(space + 1));
        } catch (DateTimeParseException e) {
            return new Line(last.equals(Instant.MIN) ? Instant.EPOCH : last.plusNanos(1), line);
        }
    }
}
