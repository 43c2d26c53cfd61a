package dev.fairlead.migrate.lint;

import static dev.fairlead.diagnostic.Severity.ERROR;
import static dev.fairlead.diagnostic.Severity.WARNING;

import dev.fairlead.migrate.model.Check;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The migration as a whole: the way back, its name, its checks.
final class SpecRules {
    private static final Pattern TIMESTAMP =
            Pattern.compile("(19|20)\\d\\d[_-]?(0[1-9]|1[0-2])([_-]?\\d.*|[_-].*|)");

    private SpecRules() {}

    static final List<Entry> ALL =
            List.of(
                    Entry.migration(
                            new Rule(
                                    "missing-down-and-fallback",
                                    ERROR,
                                    "When it goes wrong at night nobody knows what to do: there are neither steps back nor a"
                                            + " text that says why not. A goose file cannot have such a text; there it is a"
                                            + " warning.",
                                    Rule.NO_LOCK,
                                    "plan.down, or plan.fallback with a sentence",
                                    """
                                    meta: { name: shop.db.2026_01_note, version: 1.0.0 }
                                    plan:
                                      up:
                                        - kind: schema
                                          sql: CREATE TABLE note (id bigint)
                                    """,
                                    """
                                    meta: { name: shop.db.2026_01_note, version: 1.0.0 }
                                    plan:
                                      up:
                                        - kind: schema
                                          sql: CREATE TABLE note (id bigint)
                                      down:
                                        - kind: schema
                                          sql: DROP TABLE note
                                    """),
                            SpecRules::noWayBack),
                    Entry.migration(
                            new Rule(
                                    "vacuous-assertion",
                                    ERROR,
                                    "The assertion can never be false, so it proves nothing. Found are constants, `x OR true`,"
                                            + " `x OR NOT x`, a value compared with itself, `count(…) >= 0`, IS NOT NULL of what"
                                            + " is never NULL, EXISTS over a query that always has a row; also inside brackets,"
                                            + " AND, OR, NOT and a scalar sub-select. COALESCE(…, true) and IS NOT FALSE, where a"
                                            + " missing answer counts as true, are a warning. Not found is whatever needs the"
                                            + " data or a definition: `total >= 0` where a CHECK says so, `length(x) >= 0`,"
                                            + " arithmetic, CASE, WITH.",
                                    Rule.NO_LOCK,
                                    "ask for something that would be false if the step had failed",
                                    """
                                    meta: { name: shop.db.2026_01_note, version: 1.0.0 }
                                    plan:
                                      up:
                                        - kind: validation
                                          assertion: SELECT count(*) >= 0 FROM users
                                      fallback: nothing to undo
                                    """,
                                    """
                                    meta: { name: shop.db.2026_01_note, version: 1.0.0 }
                                    plan:
                                      up:
                                        - kind: validation
                                          assertion: SELECT count(*) = 0 FROM users WHERE email IS NULL
                                      fallback: nothing to undo
                                    """),
                            SpecRules::vacuous),
                    Entry.migration(
                            new Rule(
                                    "key-without-timestamp",
                                    WARNING,
                                    "Keys are sorted by their bytes, so a last segment that begins with year and month keeps"
                                            + " them in the order in which they were made.",
                                    Rule.NO_LOCK,
                                    "`context.namespace.2026_01_slug`",
                                    """
                                    meta: { name: shop.db.note, version: 1.0.0 }
                                    plan:
                                      up:
                                        - kind: schema
                                          sql: CREATE TABLE note (id bigint)
                                      fallback: drop the table
                                    """,
                                    """
                                    meta: { name: shop.db.2026_01_note, version: 1.0.0 }
                                    plan:
                                      up:
                                        - kind: schema
                                          sql: CREATE TABLE note (id bigint)
                                      fallback: drop the table
                                    """),
                            SpecRules::noTimestamp),
                    Entry.migration(
                            new Rule(
                                    "unchecked-program",
                                    WARNING,
                                    "What a program or a person does cannot be seen in the plan; without a check afterwards"
                                            + " nobody knows whether it was done.",
                                    Rule.NO_LOCK,
                                    "postChecks with an expression that holds only when it was done",
                                    """
                                    meta: { name: shop.db.2026_01_keys, version: 1.0.0 }
                                    plan:
                                      up:
                                        - kind: data
                                          script: { instructions: Rotate the signing key and store its id. }
                                      fallback: nothing to undo
                                    """,
                                    """
                                    meta: { name: shop.db.2026_01_keys, version: 1.0.0 }
                                    plan:
                                      up:
                                        - kind: data
                                          script: { instructions: Rotate the signing key and store its id. }
                                          postChecks:
                                            - description: a key of this month is there
                                              expression: SELECT max(made) > now() - interval '1 month' FROM signing_key
                                      fallback: nothing to undo
                                    """),
                            SpecRules::unchecked),
                    Entry.migration(
                            new Rule(
                                    "background-schema-change",
                                    WARNING,
                                    "Nobody waits for a background migration, so code that needs its tables or columns may start"
                                            + " before they are there.",
                                    Rule.NO_LOCK,
                                    "change the schema in a migration that is waited for, fill it in one in the background",
                                    """
                                    meta: { name: shop.db.2026_01_note, version: 1.0.0 }
                                    background: true
                                    plan:
                                      up:
                                        - kind: schema
                                          sql: CREATE TABLE note (id bigint)
                                      fallback: drop the table
                                    """,
                                    """
                                    meta: { name: shop.db.2026_01_note, version: 1.0.0 }
                                    background: true
                                    plan:
                                      up:
                                        - kind: data
                                          script: { sql: UPDATE users SET note = '' WHERE note IS NULL }
                                      fallback: nothing to undo
                                    """),
                            SpecRules::background));

    private static List<Found> noWayBack(Migration migration) {
        boolean goose = migration.number().isPresent();
        return Site.when(
                migration.down().isEmpty()
                        && migration.fallback().isEmpty()
                        && !migration.up().isEmpty(),
                () ->
                        Found.of(
                                        "%s has no way back and no text that says why"
                                                .formatted(migration.key()),
                                        goose
                                                ? "add `-- +goose Down` with the statements that undo it"
                                                : "add plan.down, or plan.fallback with a sentence")
                                .as(goose ? WARNING : ERROR)
                                .at(migration.place()));
    }

    private static List<Found> vacuous(Migration migration) {
        var found = new ArrayList<Found>();
        for (int i = 0; i < migration.up().size(); i++) {
            var step = migration.up().get(i);
            int index = i;
            if (step instanceof Step.Validation(_, var assertion)) {
                VacuousAssertion.judge(assertion)
                        .ifPresent(verdict -> found.add(vacuous(verdict, "assertion", index)));
            }
            checks(step.header())
                    .forEach(check ->
                            VacuousAssertion.judge(check.expression())
                                    .ifPresent(verdict ->
                                            found.add(
                                                    vacuous(
                                                            verdict,
                                                            "check \"" + check.description() + "\"",
                                                            index))));
        }
        return found;
    }

    private static Found vacuous(VacuousAssertion.Verdict verdict, String what, int step) {
        return Found.of(
                        "this %s %s".formatted(what, verdict.reason()),
                        "ask for something that would be false if the step had failed")
                .as(verdict.certain() ? ERROR : WARNING)
                .at(verdict.place())
                .inStep(step);
    }

    private static List<Check> checks(Step.Header header) {
        var checks = new ArrayList<>(header.preChecks());
        checks.addAll(header.postChecks());
        return checks;
    }

    private static List<Found> noTimestamp(Migration migration) {
        var key = migration.key().text();
        var last = key.substring(key.lastIndexOf('.') + 1);
        return Site.when(
                migration.number().isEmpty() && !TIMESTAMP.matcher(last).matches(),
                () ->
                        Found.of(
                                        "the last segment of %s does not begin with year and month"
                                                .formatted(key),
                                        "name it like %s2026_01_%s"
                                                .formatted(
                                                        key.substring(
                                                                0, key.length() - last.length()),
                                                        last))
                                .at(migration.place()));
    }

    private static List<Found> unchecked(Migration migration) {
        var found = new ArrayList<Found>();
        for (int i = 0; i < migration.up().size(); i++) {
            if (migration.up().get(i) instanceof Step.Data(var header, var script)
                    && (script instanceof Script.Exec || script instanceof Script.Instructions)
                    && header.postChecks().isEmpty()
                    && !(i + 1 < migration.up().size()
                            && migration.up().get(i + 1) instanceof Step.Validation)) {
                found.add(
                        Found.of(
                                        "nobody checks whether this was done",
                                        "add postChecks, or a validation step after it")
                                .at(header.place())
                                .inStep(i));
            }
        }
        return found;
    }

    private static List<Found> background(Migration migration) {
        var found = new ArrayList<Found>();
        for (int i = 0; migration.background() && i < migration.up().size(); i++) {
            if (migration.up().get(i) instanceof Step.Schema(var header, _, _)) {
                found.add(
                        Found.of(
                                        "nobody waits for this change of the schema",
                                        "change the schema in a migration without `background: true`")
                                .at(header.place())
                                .inStep(i));
            }
        }
        return found;
    }
}
