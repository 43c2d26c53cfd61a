package dev.fairlead.engine.schema;

import dev.fairlead.migrate.history.Applied;
import dev.fairlead.migrate.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a recorded migrations unit needs of its database: which migrations, each with which text. Its files may be gone.
///
/// @param migrations the beginnings of the checksums of each one's steps, by `key@version`
record Requirement(SortedMap<String, List<String>> migrations) {
    /// Of the content that {@link MigrationsKind} makes of a unit.
    static Requirement of(Map<String, Object> content) {
        var migrations = new TreeMap<String, List<String>>();
        if (content.get("migrations") instanceof Map<?, ?> recorded) {
            recorded.forEach((id, checksums) ->
                    migrations.put(
                            String.valueOf(id), List.of(String.valueOf(checksums).split(" "))));
        }
        return new Requirement(migrations);
    }

    /// Why a program that was made for these migrations cannot work with this database: empty when it can. More may have
    /// run, as long as nothing of it took something away.
    List<String> against(History history) {
        var applied = history.applied();
        var why = new ArrayList<String>();
        long last = 0;
        for (var wanted : migrations.entrySet()) {
            var found = applied.get(wanted.getKey());
            missing(wanted.getKey(), wanted.getValue(), found).ifPresent(why::add);
            if (found != null) {
                last = Math.max(last, found.order());
            }
        }
        for (var other : applied.values()) {
            if (!migrations.containsKey(other.id()) && other.contract() && other.order() > last) {
                why.add(other.id() + " has taken something away since");
            }
        }
        return why;
    }

    private static java.util.Optional<String> missing(
            String id, List<String> checksums, @Nullable Applied found) {
        if (found == null) {
            return java.util.Optional.of(id + " has not run, or was undone");
        }
        if (!found.complete()) {
            return java.util.Optional.of(
                    "%s has run up to step %d of %d"
                            .formatted(id, found.checksums().size(), found.steps()));
        }
        for (var step : found.checksums().entrySet()) {
            if (step.getKey() >= checksums.size()
                    || !step.getValue().startsWith(checksums.get(step.getKey()))) {
                return java.util.Optional.of(
                        "step %d of %s has run with another text".formatted(step.getKey() + 1, id));
            }
        }
        return java.util.Optional.empty();
    }

    /// The migrations that the database has beyond these, in the order of their completion.
    List<Applied> beyond(History history) {
        return history.applied().values().stream()
                .filter(one -> !migrations.containsKey(one.id()))
                .toList();
    }
}
