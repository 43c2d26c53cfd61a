package dev.fairlead.migrate.plan;

import dev.fairlead.migrate.history.Applied;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.MigrationKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The highest number that has run, per folder of goose files.
final class Numbers {
    private final Map<String, Long> last = new HashMap<>();

    Numbers(List<Migration> migrations, Map<String, Applied> applied, History history) {
        var folders = new java.util.HashSet<String>();
        for (var migration : migrations) {
            if (migration.number().isPresent()) {
                folders.add(folder(migration.key()));
                long number = migration.number().getAsLong();
                if (applied.containsKey(migration.id()) || history.goose().containsKey(number)) {
                    last.merge(folder(migration.key()), number, Math::max);
                }
            }
        }
        // Those that have run and are not here any more count too; their number is the end of their
        // key.
        for (var one : applied.values()) {
            var end = one.key().text().substring(one.key().text().lastIndexOf('.') + 1);
            if (folders.contains(folder(one.key())) && end.matches("\\d{1,18}")) {
                last.merge(folder(one.key()), Long.parseLong(end), Math::max);
            }
        }
    }

    /// Whether a later one of its folder has run.
    boolean late(Migration migration) {
        return migration.number().isPresent()
                && migration.number().getAsLong()
                        < last.getOrDefault(folder(migration.key()), Long.MIN_VALUE);
    }

    long lastOf(Migration migration) {
        return last.getOrDefault(folder(migration.key()), 0L);
    }

    private static String folder(MigrationKey key) {
        return key.text().substring(0, Math.max(0, key.text().lastIndexOf('.')));
    }
}
