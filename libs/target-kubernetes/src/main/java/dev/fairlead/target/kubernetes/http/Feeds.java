package dev.fairlead.target.kubernetes.http;

import java.io.IOException;
import java.time.Duration;

/// Reads what is left of a stream that is short.
final class Feeds {
    private Feeds() {}

    static String whole(LineFeed feed, Duration limit) throws IOException, InterruptedException {
        var text = new StringBuilder();
        try (feed) {
            while (true) {
                text.append(feed.next(limit)).append('\n');
            }
        } catch (LineFeed.Ended e) {
            return text.toString();
        }
    }
}
