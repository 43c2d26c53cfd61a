package dev.fairlead.target.kubernetes.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Reads what is left of a stream that is short.
final class Feeds {
    private Feeds() {}

    static byte[] whole(LineFeed feed, Duration limit) throws IOException, InterruptedException {
        var text = new StringBuilder();
        try (feed) {
            while (true) {
                text.append(feed.next(limit)).append('\n');
            }
        } catch (LineFeed.Ended e) {
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
    }
}
