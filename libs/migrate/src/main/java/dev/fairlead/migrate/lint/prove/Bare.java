package dev.fairlead.migrate.lint.prove;

import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.model.Step;
import java.util.List;
import java.util.Optional;

/// A migration as a proof runs it: its SQL alone, without questions to rows that are not there, and without waiting for
/// anybody.
final class Bare {
    private Bare() {}

    static Migration of(Migration migration) {
        return new Migration(
                migration.key(),
                migration.version(),
                migration.meta(),
                migration.place(),
                steps(migration.up()),
                steps(migration.down()),
                migration.fallback(),
                migration.dependencies(),
                migration.number(),
                List.of(),
                false);
    }

    /// Whether a proof says nothing of a part of it.
    static boolean leavesOut(Migration migration) {
        return java.util.stream.Stream.concat(migration.up().stream(), migration.down().stream())
                .anyMatch(step -> step instanceof Step.Data && bare(step).isEmpty());
    }

    private static List<Step> steps(List<Step> steps) {
        return steps.stream().flatMap(step -> bare(step).stream()).toList();
    }

    private static Optional<Step> bare(Step step) {
        return switch (step) {
            case Step.Schema(var header, var sql, var transactional) ->
                    Optional.of(new Step.Schema(bare(header), sql, transactional));
            case Step.Data(var header, var script) ->
                    runs(script)
                            ? Optional.of(new Step.Data(bare(header), script))
                            : Optional.empty();
            case Step.Validation _ -> Optional.empty();
        };
    }

    private static boolean runs(Script script) {
        return switch (script) {
            case Script.Inline _, Script.File _, Script.Backfill _ -> true;
            case Script.Url _, Script.Exec _, Script.Instructions _ -> false;
        };
    }

    private static Step.Header bare(Step.Header header) {
        return new Step.Header(
                header.place(),
                header.description(),
                header.timeout(),
                header.retries(),
                header.idempotent(),
                List.of(),
                List.of());
    }
}
