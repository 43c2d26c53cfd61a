package dev.fairlead.target.kubernetes.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The kinds of a server, found by name: each object of a stack asks for its own several times.
final class Kinds {
    private final List<ApiResource> all;
    private final Map<String, ApiResource> byVersion = new HashMap<>();
    private final Map<String, ApiResource> preferred = new HashMap<>();

    /// @param all sorted
    Kinds(List<ApiResource> all) {
        this.all = List.copyOf(all);
        for (var one : all) {
            byVersion.putIfAbsent(one.apiVersion() + " " + one.kind(), one);
            // Where none is preferred the last one holds, which is the newest most often.
            preferred.merge(
                    one.group() + " " + one.kind(),
                    one,
                    (known, next) -> known.preferred() && !next.preferred() ? known : next);
        }
    }

    List<ApiResource> all() {
        return all;
    }

    Optional<ApiResource> find(String apiVersion, String kind) {
        return Optional.ofNullable(byVersion.get(apiVersion + " " + kind));
    }

    Optional<ApiResource> preferred(String group, String kind) {
        return Optional.ofNullable(preferred.get(group + " " + kind));
    }
}
