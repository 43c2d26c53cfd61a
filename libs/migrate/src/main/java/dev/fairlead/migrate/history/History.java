package dev.fairlead.migrate.history;

import dev.fairlead.migrate.history.Entry.Direction;
import dev.fairlead.migrate.history.Entry.Outcome;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The history of one database at one moment. Where nothing was ever migrated everything is empty.
///
/// @param database the identity of the database: server, database, never a password
/// @param name the database's name, for people
/// @param entries in their order
/// @param goose the versions that a `goose_db_version` table has as applied, with the moment
public record History(
        String database,
        String name,
        List<Entry> entries,
        List<Intent> intents,
        List<Checkpoint> checkpoints,
        List<Approval> approvals,
        SortedMap<Long, Instant> goose) {
    public History {
        entries = List.copyOf(entries);
        intents = List.copyOf(intents);
        checkpoints = List.copyOf(checkpoints);
        approvals = List.copyOf(approvals);
        goose = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(goose));
    }

    /// Nothing has run yet.
    public static History none(String database, String name) {
        return new History(
                database, name, List.of(), List.of(), List.of(), List.of(), new TreeMap<>());
    }

    /// Every migration of which a step holds, by `key@version` in the order of completion.
    public Map<String, Applied> applied() {
        var folds = new LinkedHashMap<String, Fold>();
        for (var entry : entries) {
            if (entry.outcome() == Outcome.DONE || entry.outcome() == Outcome.ACCEPTED) {
                folds.computeIfAbsent(entry.migration(), _ -> new Fold()).take(entry);
            }
        }
        var sorted =
                folds.values().stream()
                        .flatMap(fold -> fold.applied().stream())
                        .sorted(java.util.Comparator.comparingLong(Applied::order))
                        .toList();
        var applied = new LinkedHashMap<String, Applied>();
        sorted.forEach(one -> applied.put(one.id(), one));
        return applied;
    }

    /// The migrations of which the history has any row, `key@version`.
    public Collection<String> known() {
        var known = new java.util.HashSet<String>();
        entries.forEach(entry -> known.add(entry.migration()));
        return known;
    }

    /// Adds the rows of one migration up.
    private static final class Fold {
        private final SortedMap<Integer, String> done = new TreeMap<>();
        private final SortedMap<Integer, String> undone = new TreeMap<>();
        private int steps;
        private boolean contract;
        private long order;
        private @Nullable Entry last;

        void take(Entry entry) {
            if (entry.direction() == Direction.UP) {
                undone.clear();
                done.put(entry.step(), entry.checksum());
                steps = entry.steps();
                contract |= entry.contract();
            } else {
                undone.put(entry.step(), entry.checksum());
                if (undone.size() >= entry.steps()) {
                    done.clear();
                    undone.clear();
                    contract = false;
                }
            }
            // An accepted change of a step that was done before does not move the migration.
            boolean repaired = entry.outcome() == Outcome.ACCEPTED && last != null;
            order = repaired ? order : entry.id();
            last = entry;
        }

        Optional<Applied> applied() {
            var entry = last;
            if (entry == null || done.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    new Applied(
                            entry.key(),
                            entry.version(),
                            done,
                            steps,
                            undone,
                            order,
                            entry.finished(),
                            entry.who(),
                            contract));
        }
    }
}
