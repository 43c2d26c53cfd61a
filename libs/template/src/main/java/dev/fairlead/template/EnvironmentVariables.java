package dev.fairlead.template;

import dev.fairlead.diagnostic.Marked;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The environment variables that templates may see.
///
/// @param declared the names that `env` and `envOr` accept
/// @param values what those that are set hold; names that are not declared are dropped
public record EnvironmentVariables(SortedSet<String> declared, SortedMap<String, Marked> values) {
    public EnvironmentVariables {
        declared = Collections.unmodifiableSortedSet(new TreeSet<>(declared));
        var kept = new TreeMap<>(values);
        kept.keySet().retainAll(declared);
        values = Collections.unmodifiableSortedMap(kept);
    }

    /// None at all.
    public static EnvironmentVariables none() {
        return new EnvironmentVariables(new TreeSet<>(), new TreeMap<>());
    }

    /// These names, with what `environment` holds for them; nothing of it is secret.
    public static EnvironmentVariables plain(
            Set<String> declared, Map<String, String> environment) {
        var values = new TreeMap<String, Marked>();
        environment.forEach((name, value) -> values.put(name, Marked.plain(value)));
        return new EnvironmentVariables(new TreeSet<>(declared), values);
    }
}
