package dev.fairlead.target.kubernetes.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The headers that say who we are.
final class Headers {
    private Headers() {}

    static Map<String, List<String>> bearer(String token) {
        return Map.of("Authorization", List.of("Bearer " + token));
    }

    static Map<String, List<String>> basic(String user, String password) {
        var both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        var word = Base64.getEncoder().encodeToString(both);
        return Map.of("Authorization", List.of("Basic " + word));
    }

    static Map<String, List<String>> with(
            Map<String, List<String>> some, Map<String, List<String>> more) {
        var all = new LinkedHashMap<>(some);
        all.putAll(more);
        return all;
    }
}
