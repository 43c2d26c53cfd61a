package dev.fairlead.migrate.lint;

import static dev.fairlead.diagnostic.Severity.ERROR;
import static dev.fairlead.diagnostic.Severity.NOTE;
import static dev.fairlead.diagnostic.Severity.WARNING;

import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.Effect.WriteRows;
import dev.fairlead.migrate.sql.Token;
import java.util.List;
import java.util.Set;

/// Rows, and the kind of the step that touches them.
final class DataRules {
    private static final Set<String> PURE =
            Set.of(
                    "count",
                    "sum",
                    "min",
                    "max",
                    "avg",
                    "coalesce",
                    "exists",
                    "lower",
                    "upper",
                    "length",
                    "now",
                    "version",
                    "current_setting",
                    "abs",
                    "in",
                    "any",
                    "all",
                    "values",
                    "nullif",
                    "greatest",
                    "least");

    private DataRules() {}

    static final List<Entry> ALL =
            List.of(
                    Entry.statement(
                            new Rule(
                                    "update-without-where",
                                    ERROR,
                                    "An UPDATE of all rows holds them all until it commits, and leaves a dead copy of each.",
                                    "a row lock on every row, until the transaction ends",
                                    "a backfill in batches (`script: backfill:`), or a WHERE",
                                    "UPDATE users SET active = true;",
                                    "UPDATE users SET active = true WHERE active IS NULL AND id < 1000;"),
                            site -> unfiltered(site, "UPDATE")),
                    Entry.statement(
                            new Rule(
                                    "delete-without-where",
                                    ERROR,
                                    "A DELETE of all rows loses them, and holds them all until it commits.",
                                    "a row lock on every row, until the transaction ends",
                                    "a WHERE; or DELETE in batches by a backfill",
                                    "DELETE FROM sessions;",
                                    "DELETE FROM sessions WHERE ended < now() - interval '1 year';"),
                            site -> unfiltered(site, "DELETE")),
                    Entry.statement(
                            new Rule(
                                    "schema-step-only-reads",
                                    WARNING,
                                    "A SELECT changes nothing; as a check it fails nothing either, because nobody looks at its"
                                            + " answer.",
                                    Rule.NO_LOCK,
                                    "a step of kind validation, or a check",
                                    "SELECT count(*) FROM users;",
                                    "SELECT setval('users_id_seq', 1000);"),
                            DataRules::onlyReads),
                    Entry.statement(
                            new Rule(
                                    "schema-in-data-step",
                                    WARNING,
                                    "A step of kind data that changes the schema hides from those who look for schema changes.",
                                    Rule.NO_LOCK,
                                    "a step of kind schema",
                                    """
                                    meta: { name: shop.db.2026_01_note, version: 1.0.0 }
                                    plan:
                                      up:
                                        - kind: data
                                          script: ALTER TABLE users ADD COLUMN note text
                                      fallback: drop the column
                                    """,
                                    """
                                    meta: { name: shop.db.2026_01_note, version: 1.0.0 }
                                    plan:
                                      up:
                                        - kind: schema
                                          sql: ALTER TABLE users ADD COLUMN note text
                                      fallback: drop the column
                                    """),
                            DataRules::schemaInData),
                    Entry.statement(
                            new Rule(
                                    "data-in-schema-step",
                                    NOTE,
                                    "A step of kind schema that changes rows hides from those who look for data changes.",
                                    Rule.NO_LOCK,
                                    "a step of kind data",
                                    """
                                    meta: { name: shop.db.2026_01_note, version: 1.0.0 }
                                    plan:
                                      up:
                                        - kind: schema
                                          sql: UPDATE users SET note = '' WHERE note IS NULL
                                      fallback: nothing to undo
                                    """,
                                    """
                                    meta: { name: shop.db.2026_01_note, version: 1.0.0 }
                                    plan:
                                      up:
                                        - kind: data
                                          script: { sql: "UPDATE users SET note = '' WHERE note IS NULL" }
                                      fallback: nothing to undo
                                    """),
                            DataRules::dataInSchema));

    private static List<Found> unfiltered(Site site, String command) {
        return site.each(
                WriteRows.class,
                write ->
                        Site.when(
                                write.command().equals(command)
                                        && !write.filtered()
                                        && site.stands(write.table()),
                                () -> {
                                    var found =
                                            Found.of(
                                                    "%s of every row of %s in one transaction"
                                                            .formatted(command, write.table()),
                                                    command.equals("UPDATE")
                                                            ? "use a backfill in batches (`script: backfill:`), or say which rows"
                                                            : "say which rows, or delete in batches by a backfill");
                                    return command.equals("UPDATE")
                                            ? found.growingWith(write.table())
                                            : found.losing(write.table());
                                }));
    }

    private static List<Found> onlyReads(Site site) {
        boolean reads =
                site.where().step() instanceof Step.Schema
                        && (site.starts("select") || site.starts("table") || site.starts("show"))
                        && site.facts().effects().isEmpty()
                        && !site.has("into")
                        && !site.has("for", "update")
                        && onlyPureCalls(site.tokens());
        return Site.when(
                reads,
                () ->
                        Found.of(
                                "this SELECT changes nothing, and nobody looks at its answer",
                                "make it a step of kind validation or a check, or leave it out"));
    }

    /// A function may do anything, so only well-known ones count as reading.
    private static boolean onlyPureCalls(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean call = Words.isName(tokens.get(i)) && Words.at(tokens, i + 1, "(");
            if (call && !PURE.contains(tokens.get(i).value()) && !isKeyword(tokens.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKeyword(Token token) {
        return Set.of("from", "where", "select", "and", "or", "not", "as", "on", "join", "using")
                .contains(token.value());
    }

    private static List<Found> schemaInData(Site site) {
        boolean changes =
                Site.own(site.facts()).stream()
                        .anyMatch(effect ->
                                !(effect instanceof WriteRows)
                                        && !(effect instanceof Effect.Setting)
                                        && !(effect instanceof Effect.LockTable)
                                        && !(effect instanceof Effect.Truncate)
                                        && !(effect instanceof Effect.Reindex)
                                        && !(effect instanceof Effect.CreateTable create
                                                && create.temporary()));
        return Site.when(
                site.where().step() instanceof Step.Data && changes,
                () ->
                        Found.of(
                                "%s changes the schema in a step of kind data"
                                        .formatted(site.facts().command()),
                                "make it a step of kind schema"));
    }

    private static List<Found> dataInSchema(Site site) {
        boolean spec = site.where().migration().number().isEmpty();
        return Site.when(
                spec
                        && site.where().step() instanceof Step.Schema
                        && site.effects(WriteRows.class)
                                .anyMatch(write -> site.stands(write.table())),
                () ->
                        Found.of(
                                "%s changes rows in a step of kind schema"
                                        .formatted(site.facts().command()),
                                "make it a step of kind data"));
    }
}
