package dev.fairlead.target.kubernetes.client;

import dev.fairlead.target.kubernetes.discovery.ApiResource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Paths of requests.
final class Paths {
    private Paths() {}

    static String collection(ApiResource resource, Optional<String> namespace) {
        return resource.root()
                + namespace.map(space -> "/namespaces/" + part(space)).orElse("")
                + "/"
                + resource.plural();
    }

    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// @param parameters those that are empty are left out
    static String query(Map<String, String> parameters) {
        var query =
                parameters.entrySet().stream()
                        .filter(parameter -> !parameter.getValue().isEmpty())
                        .map(parameter -> parameter.getKey() + "=" + part(parameter.getValue()))
                        .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }
}
