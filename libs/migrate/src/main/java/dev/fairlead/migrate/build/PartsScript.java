package dev.fairlead.migrate.build;

import dev.fairlead.migrate.MigrateOptions;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.plan.StepParts;
import dev.fairlead.migrate.plan.StepText;
import dev.fairlead.migrate.plan.Unfinished;
import dev.fairlead.migrate.sql.Checksum;
import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.Groups.Group;
import dev.fairlead.migrate.sql.aftermath.Aftermath;
import dev.fairlead.migrate.store.Literal;
import java.time.Duration;
import java.util.Optional;

/// A step that no single transaction holds: part by part, each with a note before it and a note after, as the executor
/// does it, so that either can go on where the other ended.
final class PartsScript {
    private final Psql script;
    private final Rows rows;
    private final PlannedStep step;

    PartsScript(Psql script, Rows rows, PlannedStep step) {
        this.script = script;
        this.rows = rows;
        this.step = step;
    }

    void write() {
        var sql = StepText.sql(step.step()).orElseThrow();
        var groups = StepParts.of(StepText.transactional(step.step()), sql, step.facts());
        for (int part = 0; part < groups.size(); part++) {
            write(part, groups.get(part));
        }
    }

    private void write(int part, Group group) {
        var checksum = Checksum.of(group.statements().stream().map(Facts::statement).toList());
        script.comment("part " + (part + 1));
        script.set(
                        """
                        SELECT coalesce(bool_or(finished IS NOT NULL), false) AS fairlead_part_done,
                            coalesce(bool_or(finished IS NULL), false) AS fairlead_part_open,
                            coalesce(bool_and(finished IS NULL OR checksum = %s), true) AS fairlead_part_same
                        FROM fairlead.migration_intent WHERE %s AND part = %d\
                        """
                                .formatted(Literal.of(checksum), Rows.of(step), part))
                .demand(
                        "fairlead_part_same",
                        "part %d of %s has run with another text".formatted(part + 1, step));
        script.line("\\if :fairlead_part_open");
        resolve(part, group);
        script.line("\\endif")
                .line("\\if :fairlead_part_done")
                .line("\\else")
                .line("\\set fairlead_rows 0");
        switch (group.run()) {
            case ONE_TRANSACTION -> {
                script.line("BEGIN;");
                group.statements().forEach(facts -> StepScript.run(script, facts));
                notes(part, checksum);
                script.line("COMMIT;");
            }
            case OWN_TRANSACTION -> ownTransaction(part, group, checksum);
            case ALONE -> alone(part, group, checksum);
        }
        script.line("\\endif");
    }

    /// A part that was begun and that nobody saw end.
    private void resolve(int part, Group group) {
        switch (Unfinished.of(step, Optional.of(group))) {
            case AGAIN -> script.comment("it left nothing, or may run twice");
            case PERSON ->
                    script.fail(
                            "part %d of %s was begun and nobody saw it end; look at the database, then: fairlead migrate repair"
                                    .formatted(part + 1, step));
            case ASK -> ask(part, group);
        }
    }

    private void ask(int part, Group group) {
        var questions =
                group.statements().stream()
                        .flatMap(facts -> facts.effects().stream())
                        .map(Aftermath::of)
                        .flatMap(Optional::stream)
                        .toList();
        script.line("SET lock_timeout = 0;").line("SET statement_timeout = 0;");
        for (var question : questions) {
            script.comment(question.meaning())
                    .line("SELECT todo FROM (")
                    .line(question.sql())
                    .line(") AS fairlead_question WHERE state = 'HALF' \\gexec");
        }
        var all =
                String.join(
                        "\nUNION ALL\n",
                        questions.stream().map(question -> "(" + question.sql() + "\n)").toList());
        script.line(
                        "SELECT bool_and(state = 'DONE') AS fairlead_part_done, NOT bool_or(state = 'BUSY') AS fairlead_part_idle FROM (")
                .line(all)
                .set(") AS fairlead_questions")
                .demand(
                        "fairlead_part_idle",
                        "another session is at part %d of %s at this moment"
                                .formatted(part + 1, step))
                .line("\\if :fairlead_part_done")
                .set("SELECT 0 AS fairlead_rows")
                .line("BEGIN;")
                .lines(StepScript.ASIDE)
                .set(rows.fence())
                .line(Rows.ends(step, part) + ";")
                .line("COMMIT;")
                .line("\\endif");
        timeouts(MigrateOptions.DEFAULTS.lockTimeout(), timeout());
    }

    private Duration timeout() {
        return step.step().header().timeout().orElse(Duration.ZERO);
    }

    private void timeouts(Duration lock, Duration statement) {
        script.line("SET lock_timeout = '" + lock.toMillis() + "ms';")
                .line("SET statement_timeout = '" + statement.toMillis() + "ms';");
    }

    private void ownTransaction(int part, Group group, String checksum) {
        var last = group.statements().getLast();
        boolean commits = last.command().equals("COMMIT") || last.command().equals("END");
        group.statements()
                .subList(0, group.statements().size() - 1)
                .forEach(facts -> StepScript.run(script, facts));
        if (commits) {
            notes(part, checksum);
        }
        StepScript.run(script, last);
        if (!commits) {
            script.line("\\set fairlead_rows 0").line("BEGIN;");
            notes(part, checksum);
            script.line("COMMIT;");
        }
    }

    private void notes(int part, String checksum) {
        script.lines(StepScript.ASIDE)
                .set(rows.fence())
                .line(rows.begins(step, part, checksum) + ";")
                .line(Rows.ends(step, part) + ";");
    }

    private void alone(int part, Group group, String checksum) {
        var facts = group.statements().getFirst();
        script.line("BEGIN;")
                .lines(StepScript.ASIDE)
                .set(rows.fence())
                .line(rows.begins(step, part, checksum) + ";")
                .line("COMMIT;");
        boolean unhurried = facts.command().contains("CONCURRENTLY");
        if (unhurried) {
            timeouts(Duration.ZERO, timeout());
        }
        StepScript.run(script, facts);
        if (unhurried) {
            timeouts(MigrateOptions.DEFAULTS.lockTimeout(), timeout());
        }
        script.line("BEGIN;")
                .lines(StepScript.ASIDE)
                .set(rows.fence())
                .line(Rows.ends(step, part) + ";")
                .line("COMMIT;");
    }
}
