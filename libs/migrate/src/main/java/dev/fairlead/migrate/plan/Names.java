package dev.fairlead.migrate.plan;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.model.Migration;
import java.util.ArrayList;
import java.util.List;

/// Migrations by what people call them.
public final class Names {
    private Names() {}

    /// The migration of a key, `key@version` or a goose file's number; of a key alone the highest version.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException `UNKNOWN_MIGRATION`
    public static Migration require(List<Migration> migrations, String name) {
        var found = migrations.stream().filter(one -> matches(one, name)).toList();
        if (found.isEmpty()) {
            var known = new ArrayList<String>();
            migrations.forEach(one -> known.add(one.key().text()));
            throw Problem.error(
                            MigrateCode.UNKNOWN_MIGRATION,
                            "no migration here is \"%s\"".formatted(name))
                    .withHint(Nearest.hint(name, known))
                    .thrown();
        }
        if (found.stream().map(Migration::key).distinct().count() > 1) {
            throw Problem.error(
                            MigrateCode.UNKNOWN_MIGRATION,
                            "\"%s\" is the number of several migrations: %s"
                                    .formatted(
                                            name,
                                            String.join(
                                                    ", ",
                                                    found.stream().map(Migration::id).toList())))
                    .withHint("name one by its key")
                    .thrown();
        }
        return found.stream().max(java.util.Comparator.comparing(Migration::version)).orElseThrow();
    }

    private static boolean matches(Migration migration, String name) {
        return migration.key().text().equals(name)
                || migration.id().equals(name)
                || (name.matches("\\d{1,18}")
                        && migration.number().isPresent()
                        && migration.number().getAsLong() == Long.parseLong(name));
    }
}
