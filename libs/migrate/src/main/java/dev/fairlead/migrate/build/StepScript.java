package dev.fairlead.migrate.build;

import dev.fairlead.migrate.MigrateOptions;
import dev.fairlead.migrate.execute.Instructions;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.Token;
import dev.fairlead.migrate.store.Literal;
import java.time.Duration;
import java.util.List;

/// One step of the script.
final class StepScript {
    /// The identity of the database, as the history's reader computes it.
    static final String DATABASE =
            "(SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to((SELECT system_identifier FROM pg_catalog.pg_control_system()) || '/' || d.oid || '/' || d.datname, 'UTF8')), 'hex')"
                    + " FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())";

    /// The history is written by the migrator, whoever the step became.
    static final List<String> ASIDE =
            List.of("SET LOCAL SESSION AUTHORIZATION DEFAULT", "SET LOCAL ROLE NONE");

    /// What a step before has left in the session.
    private static final List<String> CLEAN =
            List.of(
                    "RESET SESSION AUTHORIZATION",
                    "RESET ALL",
                    "DISCARD TEMP",
                    "SET client_encoding = 'UTF8'");

    private final Psql script;
    private final Rows rows;
    private final PlannedStep step;
    private final Questions questions;

    StepScript(Psql script, Rows rows, PlannedStep step) {
        this.script = script;
        this.rows = rows;
        this.step = step;
        this.questions = new Questions(step);
    }

    void write(boolean first) {
        script.comment(
                step.step()
                        .header()
                        .description()
                        .map(text -> step + ": " + text)
                        .orElse(step.toString()));
        skipWhenDone();
        if (!first) {
            script.lines(CLEAN);
        }
        script.line("\\set fairlead_rows 0");
        if (step.step() instanceof Step.Data(_, Script.Instructions instructions)) {
            instructions(instructions);
        } else if (step.transactional()) {
            transaction();
        } else {
            parts();
        }
        script.line("\\endif");
    }

    private void skipWhenDone() {
        var key = Literal.of(step.migration().key().text());
        var version = Literal.of(step.migration().version().toString());
        script.set(
                        """
                        SELECT count(*) > 0 AS fairlead_done, coalesce(bool_and(h.checksum = %s), true) AS fairlead_same
                        FROM fairlead.migration_history h
                        WHERE h.key = %s AND h.version = %s AND h.direction = 'up' AND h.step = %d AND h.outcome <> 'FAILED'
                          AND h.id > (%s)\
                        """
                                .formatted(
                                        Literal.of(step.checksum()),
                                        key,
                                        version,
                                        step.index(),
                                        Harness.lastDown(key, version)))
                .demand("fairlead_same", "%s has run with another text".formatted(step))
                .line("\\if :fairlead_done");
        if (copiesRows()) {
            script.fail(
                    step
                            + " has run before, and psql cannot pass over its rows: go on with fairlead migrate up");
        }
        script.line("\\echo " + step + " has run before").line("\\else");
    }

    private boolean copiesRows() {
        return step.facts().stream()
                .map(facts -> facts.statement().tokens().getLast().kind())
                .anyMatch(Token.Kind.COPY_DATA::equals);
    }

    private void transaction() {
        var header = step.step().header();
        script.line("BEGIN;").lines(timeouts("SET LOCAL"));
        questions.ask(script, "pre", header.preChecks());
        step.facts().forEach(this::run);
        if (step.step() instanceof Step.Validation validation) {
            questions.ask(script, "assertion", List.of(validation.question()));
        }
        questions.ask(script, "post", header.postChecks());
        script.lines(ASIDE);
        record("pg_catalog.now()");
        script.line("COMMIT;");
    }

    private void parts() {
        var header = step.step().header();
        script.lines(timeouts("SET"));
        script.set(
                        "SELECT count(*) = 0 AS fairlead_begins FROM fairlead.migration_intent WHERE "
                                + Rows.of(step))
                .line("\\if :fairlead_begins");
        questions.ask(script, "pre", header.preChecks());
        script.line("\\endif");
        new PartsScript(script, rows, step).write();
        questions.ask(script, "post", header.postChecks());
        script.set(
                        "SELECT coalesce(sum(rows), 0) AS fairlead_rows, coalesce(min(started), pg_catalog.clock_timestamp()) AS fairlead_started FROM fairlead.migration_intent WHERE "
                                + Rows.of(step))
                .line("BEGIN;")
                .lines(ASIDE);
        record(":'fairlead_started'::pg_catalog.timestamptz");
        script.line("COMMIT;");
    }

    /// Work for a person, who has said with the command that it is done.
    private void instructions(Script.Instructions instructions) {
        script.comment(instructions.text());
        questions.ask(script, "pre", step.step().header().preChecks());
        var said =
                "FROM fairlead.migration_approval WHERE kind = 'DONE' AND subject = %s AND database = %s"
                        .formatted(Literal.of(Instructions.subject(step)), DATABASE);
        script.set("SELECT count(*) > 0 AS fairlead_said " + said)
                .demand(
                        "fairlead_said",
                        "%s is work for a person; do it, then: fairlead migrate approve --done %s"
                                .formatted(step, step.migration().key()));
        questions.ask(script, "post", step.step().header().postChecks());
        script.set(
                "SELECT given AS fairlead_given, pg_catalog.jsonb_build_object('approvedBy', who, 'comment', comment) AS fairlead_detail "
                        + said
                        + " ORDER BY given LIMIT 1");
        script.set(
                rows.record(
                        step,
                        new Rows.Row(
                                ":'fairlead_given'::pg_catalog.timestamptz",
                                "ACCEPTED",
                                "0",
                                Rows.detail(step, questions.results())
                                        + " || :'fairlead_detail'::pg_catalog.jsonb")));
    }

    private void record(String started) {
        script.set(
                rows.record(
                        step,
                        new Rows.Row(
                                started,
                                "DONE",
                                ":fairlead_rows",
                                Rows.detail(step, questions.results()))));
    }

    private List<String> timeouts(String set) {
        return List.of(
                set
                        + " lock_timeout = '"
                        + MigrateOptions.DEFAULTS.lockTimeout().toMillis()
                        + "ms'",
                set
                        + " statement_timeout = '"
                        + step.step().header().timeout().orElse(Duration.ZERO).toMillis()
                        + "ms'");
    }

    private void run(Facts facts) {
        run(script, facts);
    }

    /// A statement, and how many rows it changed.
    static void run(Psql script, Facts facts) {
        script.statement(facts.statement());
        if (countsRows(facts)) {
            script.set("SELECT :fairlead_rows + :ROW_COUNT AS fairlead_rows");
        }
    }

    /// What gives rows back does not count as a change, as with the executor.
    private static boolean countsRows(Facts facts) {
        boolean writes =
                facts.effects().stream().anyMatch(Effect.WriteRows.class::isInstance)
                        || facts.command().equals("CREATE TABLE AS");
        return writes
                && facts.statement().tokens().stream().noneMatch(token -> token.is("returning"));
    }
}
