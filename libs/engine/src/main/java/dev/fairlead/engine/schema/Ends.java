package dev.fairlead.engine.schema;

import dev.fairlead.deploy.kind.KindEnd;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.MigrateOutcome;
import dev.fairlead.migrate.MigrateOutcome.AppliedStep;
import dev.fairlead.migrate.model.MigrationKey;
import java.util.ArrayList;
import java.util.List;

/// How a run ended, as the deploy has it.
final class Ends {
    private static final int MOST_LINES = 20;

    private Ends() {}

    static KindEnd of(MigrateOutcome outcome, UnitName unit) {
        return switch (outcome) {
            case MigrateOutcome.Done(_, var applied, var background) ->
                    new KindEnd.Done(done(applied, background));
            case MigrateOutcome.Stopped stopped ->
                    new KindEnd.Failed(stopped(stopped, unit), false);
            case MigrateOutcome.Busy(var holder) ->
                    new KindEnd.Failed(
                            new Cause(
                                    CauseCode.SCHEMA_LOCKED,
                                    "the database is being migrated by " + holder,
                                    List.of(CauseCode.SCHEMA_LOCKED.remedy()),
                                    List.of()),
                            true);
            case MigrateOutcome.Waiting(_, var wanted) ->
                    new KindEnd.Failed(waiting(wanted, unit), false);
            case MigrateOutcome.Refused(var why) ->
                    new KindEnd.Failed(refused(CauseCode.SCHEMA_REFUSED, why, unit), false);
        };
    }

    /// Nothing ran, because of what must not run like this.
    static KindEnd refused(List<Problem> why, UnitName unit) {
        return new KindEnd.Failed(refused(CauseCode.SCHEMA_REFUSED, why, unit), false);
    }

    private static String done(List<AppliedStep> applied, List<MigrationKey> background) {
        long count =
                applied.stream().map(step -> step.key() + "@" + step.version()).distinct().count();
        var what =
                count == 0
                        ? "the schema is there"
                        : count == 1 ? "1 migration applied" : count + " migrations applied";
        return background.isEmpty()
                ? what
                : what + "; in the background, not waited for: " + joined(background);
    }

    private static String joined(List<MigrationKey> keys) {
        return String.join(", ", keys.stream().map(MigrationKey::text).toList());
    }

    private static Cause stopped(MigrateOutcome.Stopped stopped, UnitName unit) {
        var failed = stopped.failed();
        var problem = failed.problem();
        var lines = new ArrayList<>(problem.evidence());
        failed.stays().forEach(stays -> lines.add("stays: " + stays));
        if (!stopped.notTried().isEmpty()) {
            lines.add("not tried: " + joined(stopped.notTried()));
        }
        boolean locked = problem.code() == MigrateCode.LOCK_NOT_GRANTED;
        return new Cause(
                problem.code() == MigrateCode.CHECK_FAILED
                        ? CauseCode.SCHEMA_CHECK_FAILED
                        : locked ? CauseCode.SCHEMA_LOCKED : CauseCode.SCHEMA_FAILED,
                sentence(problem)
                        + (locked && !problem.evidence().isEmpty()
                                ? "; " + problem.evidence().getFirst()
                                : ""),
                List.of(problem.advice(), see(unit)),
                lines.stream().limit(MOST_LINES).toList());
    }

    private static Cause waiting(List<Problem> wanted, UnitName unit) {
        var cause = refused(CauseCode.SCHEMA_UNAPPROVED, wanted, unit);
        boolean work = wanted.getFirst().code() == MigrateCode.WORK_NEEDED;
        return new Cause(
                cause.code(),
                cause.what(),
                List.of(
                        work
                                ? "do what the instructions say, then `fairlead migrate approve KEY --done --unit %s`"
                                        .formatted(unit)
                                : "`fairlead migrate plan --unit %s` shows the plan; an owner approves it: `fairlead migrate approve --unit %s`"
                                        .formatted(unit, unit)),
                cause.evidence());
    }

    private static Cause refused(CauseCode code, List<Problem> why, UnitName unit) {
        var lines = new ArrayList<>(why.getFirst().evidence());
        why.stream().skip(1).forEach(problem -> lines.add(sentence(problem)));
        return new Cause(
                code,
                sentence(why.getFirst()),
                List.of(why.getFirst().advice(), see(unit)),
                lines.stream().limit(MOST_LINES).toList());
    }

    private static String see(UnitName unit) {
        return "`fairlead migrate why --unit " + unit + "` shows where the database stands";
    }

    private static String sentence(Problem problem) {
        return problem.place().map(place -> place + " ").orElse("") + problem.what();
    }
}
