package dev.fairlead.target.kubernetes.stream;

import dev.fairlead.document.Json;
import dev.fairlead.target.kubernetes.client.Cluster;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.http.Call;
import dev.fairlead.target.kubernetes.http.LineFeed;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/// Follows the objects of a selection: lists them, then watches from that moment on. A watch that ends goes on where it
/// was; when the server does not remember that moment any more, everything is listed again.
public final class Watch {
    /// How long the server holds one watch; then the next begins.
    private static final int HELD_SECONDS = 240;

    /// The server sends a bookmark each minute: without a line for this long the connection is dead.
    private static final Duration SILENCE = Duration.ofSeconds(150);

    private static final Duration REST = Duration.ofMillis(200);
    private static final int GONE = 410;

    private final Cluster cluster;
    private final Selection selection;
    private final Predicate<Seen> consumer;
    private String from;

    private Watch(Cluster cluster, Selection selection, String from, Predicate<Seen> consumer) {
        this.cluster = cluster;
        this.selection = selection;
        this.from = from;
        this.consumer = consumer;
    }

    /// Blocks until the consumer answers false.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException when the objects may not be read or the server is gone for long
    public static void follow(Cluster cluster, Selection selection, Predicate<Seen> consumer)
            throws InterruptedException {
        new Watch(cluster, selection, "", consumer).run();
    }

    /// The same for whoever has the list already.
    ///
    /// @param from the moment of that list
    public static void follow(
            Cluster cluster, Selection selection, String from, Predicate<Seen> consumer)
            throws InterruptedException {
        new Watch(cluster, selection, from, consumer).run();
    }

    private void run() throws InterruptedException {
        while (true) {
            if (from.isEmpty()) {
                var listing = cluster.list(selection);
                if (!consumer.test(new Seen.Listed(listing.objects()))) {
                    return;
                }
                from = listing.resourceVersion();
            }
            var call =
                    Call.reading(cluster.path(selection, from, HELD_SECONDS), "watch " + selection);
            var opened = cluster.transport().open(call);
            if (opened.feed().isEmpty()) {
                if (opened.reply().status() != GONE && opened.reply().status() != 404) {
                    throw cluster.refusal(call, opened.reply()).problem().thrown();
                }
                from = "";
            } else if (!read(opened.feed().get())) {
                return;
            }
            // A server that ends each watch at once shall not be asked without a breath.
            cluster.settings().ticker().pause(REST);
        }
    }

    /// @return false when the consumer has enough
    private boolean read(LineFeed feed) throws InterruptedException {
        try (feed) {
            while (true) {
                var line = feed.next(SILENCE);
                if (!line.isBlank() && !event(Json.readObject(line))) {
                    return false;
                }
                if (from.isEmpty()) {
                    return true;
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            return true; // ended, cut off in the middle of a line, or silent: go on from what was
            // seen
        }
    }

    private boolean event(Map<String, Object> event) {
        var object = Trees.map(event, "object");
        var type = Trees.text(event, "type").orElse("");
        if (type.equals("ERROR")) {
            from = ""; // 410 Gone most often; whatever it is, a list says how things are
            return true;
        }
        from = Trees.text(object, "metadata", "resourceVersion").orElse(from);
        return switch (type) {
            case "ADDED", "MODIFIED" -> consumer.test(new Seen.Put(object));
            case "DELETED" -> consumer.test(new Seen.Removed(object));
            default -> true; // a bookmark: only the moment
        };
    }
}
