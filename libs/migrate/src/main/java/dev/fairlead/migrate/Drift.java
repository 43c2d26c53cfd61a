package dev.fairlead.migrate;

import dev.fairlead.migrate.catalogue.Snapshot;
import dev.fairlead.migrate.catalogue.Snapshot.Difference;
import dev.fairlead.migrate.store.LastRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How the schema of a database differs from what it was when the last run ended.
///
/// @param known whether that was written down: not before the first run, and not after one that was killed
/// @param then the digest of the schema when the last run ended; empty before the first
/// @param now its digest now; empty where there is nothing to compare with
public record Drift(
        boolean known,
        Optional<String> then,
        Optional<Instant> since,
        Optional<String> now,
        List<Difference> differences) {
    public Drift {
        differences = List.copyOf(differences);
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    static Drift of(Optional<LastRun> last, Optional<Snapshot> now) {
        boolean known = now.isPresent() && last.map(LastRun::current).orElse(false);
        return new Drift(
                known,
                last.map(LastRun::digest),
                last.map(LastRun::taken),
                now.map(Snapshot::digest),
                known
                        ? outermost(last.orElseThrow().schema().differencesTo(now.orElseThrow()))
                        : List.of());
    }

    /// Of what came or went as a whole its parts are not told.
    private static List<Difference> outermost(List<Difference> all) {
        var whole =
                all.stream()
                        .filter(one -> one.property().isEmpty())
                        .map(Difference::object)
                        .collect(Collectors.toSet());
        return all.stream().filter(one -> !hasParent(one.object(), whole)).toList();
    }

    private static boolean hasParent(String object, Set<String> whole) {
        for (int space = object.indexOf(' '); space > 0; space = object.indexOf(' ', space + 1)) {
            if (whole.contains(object.substring(0, space))) {
                return true;
            }
        }
        return false;
    }

    /// Adds `drift[{object, property, was, is}]` and `schema{known, then, since, now}` to the shape of a status.
    public void addTo(Map<String, Object> tree) {
        tree.put("drift", differences.stream().map(Drift::tree).toList());
        var schema = new LinkedHashMap<String, Object>();
        schema.put("known", known);
        then.ifPresent(digest -> schema.put("then", digest));
        since.ifPresent(moment -> schema.put("since", moment.toString()));
        now.ifPresent(digest -> schema.put("now", digest));
        tree.put("schema", schema);
    }

    private static Map<String, Object> tree(Difference difference) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("object", difference.object());
        if (!difference.property().isEmpty()) {
            tree.put("property", difference.property());
        }
        difference.before().ifPresent(was -> tree.put("was", was));
        difference.after().ifPresent(is -> tree.put("is", is));
        return tree;
    }
}
