package dev.fairlead.migrate;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.execute.Instructions;
import dev.fairlead.migrate.history.Approval;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.store.HistoryWriter;
import dev.fairlead.migrate.store.Literal;

/// Writes down what people say, without a turn: a run that waits for it holds none.
final class Deciding {
    private final Reading reading;

    Deciding(Reading reading) {
        this.reading = reading;
    }

    MigrationPlan approve(MigrationPlan plan, String planHash, String who, String comment) {
        if (!plan.hash().equals(planHash)) {
            throw Problem.error(
                            MigrateCode.PLAN_STALE,
                            "the plan %s is not what would run now, that is %s"
                                    .formatted(planHash, plan.hash()))
                    .thrown();
        }
        say(Approval.Kind.PLAN, plan, planHash, who, comment);
        return plan;
    }

    void done(MigrationPlan plan, String migration, String who, String comment) {
        var step =
                plan.steps().stream()
                        .filter(one ->
                                one.migration().id().equals(migration)
                                        && one.step() instanceof Step.Data data
                                        && data.script() instanceof Script.Instructions)
                        .findFirst()
                        .orElseThrow(() ->
                                Problem.error(
                                                MigrateCode.UNKNOWN_MIGRATION,
                                                "no work of %s is left to do".formatted(migration))
                                        .thrown());
        say(Approval.Kind.DONE, plan, Instructions.subject(step), who, comment);
    }

    private void say(
            Approval.Kind kind, MigrationPlan plan, String subject, String who, String comment) {
        reading.ask(session -> {
            HistoryWriter.prepare(session);
            return session.execute(
                    "INSERT INTO fairlead.migration_approval VALUES (%s, %s, %s, %s, pg_catalog.clock_timestamp(), %s)"
                                    .formatted(
                                            Literal.of(kind.name()),
                                            Literal.of(subject),
                                            Literal.of(plan.database()),
                                            Literal.of(who),
                                            Literal.of(comment))
                            + " ON CONFLICT (kind, subject, database, who)"
                            + " DO UPDATE SET given = EXCLUDED.given, comment = EXCLUDED.comment");
        });
    }

    void pause(String migration, boolean paused) {
        reading.ask(session -> {
            HistoryWriter.prepare(session);
            return session.execute(
                    paused
                            ? "INSERT INTO fairlead.migration_pause VALUES (%s, current_user, pg_catalog.clock_timestamp()) ON CONFLICT DO NOTHING"
                                    .formatted(Literal.of(migration))
                            : "DELETE FROM fairlead.migration_pause WHERE migration = "
                                    + Literal.of(migration));
        });
    }
}
