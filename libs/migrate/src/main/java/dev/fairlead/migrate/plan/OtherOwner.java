package dev.fairlead.migrate.plan;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.history.Applied;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Goose files are named by their owner. Whoever forgets the name, or gives another one, must not run them a second time.
final class OtherOwner {
    private static final String MARK = ".sql.";

    private OtherOwner() {}

    /// About the first file that has run with this number and text under another name.
    static Optional<Problem> of(List<PlannedStep> steps, Collection<Applied> applied) {
        var ran = new HashMap<String, String>();
        for (var one : applied) {
            var key = one.key().text();
            int mark = key.lastIndexOf(MARK);
            if (mark > 0) {
                one.checksums()
                        .values()
                        .forEach(sum ->
                                ran.put(
                                        key.substring(mark + MARK.length()) + " " + sum,
                                        key.substring(0, mark)));
            }
        }
        return steps.stream().flatMap(step -> problem(step, ran).stream()).findFirst();
    }

    private static Optional<Problem> problem(PlannedStep step, Map<String, String> ran) {
        var migration = step.migration();
        if (step.accepted() || migration.number().isEmpty()) {
            return Optional.empty();
        }
        var number = migration.number().getAsLong();
        return Optional.ofNullable(ran.get(number + " " + step.checksum()))
                .filter(owner -> !migration.key().text().equals(owner + MARK + number))
                .map(owner ->
                        Problem.error(
                                        MigrateCode.MIGRATION_OTHER_OWNER,
                                        migration.place(),
                                        "%s has run here already, as a file of \"%s\""
                                                .formatted(migration.id(), owner))
                                .withHint(
                                        "give --owner %s, or name the migrations unit so"
                                                .formatted(owner)));
    }
}
