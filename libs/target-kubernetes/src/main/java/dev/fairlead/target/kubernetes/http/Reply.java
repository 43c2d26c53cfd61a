package dev.fairlead.target.kubernetes.http;

import dev.fairlead.document.Json;
import java.util.Map;
import java.util.Optional;

/// What a server answered.
///
/// @param retryAfter seconds, as the server asks
/// @param level the priority level that it counted the request for, where it has such
public record Reply(
        int status,
        Optional<Integer> retryAfter,
        Optional<String> type,
        Optional<String> level,
        String text) {
    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /// Whether it is the begin of a JSON object without its end: whoever stands between may close it as if it were whole.
    boolean brokenOff() {
        return successful() && text.startsWith("{") && !text.stripTrailing().endsWith("}");
    }

    /// The JSON object in it; empty when there is none.
    public Map<String, Object> tree() {
        try {
            return Json.readObject(text);
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }
}
