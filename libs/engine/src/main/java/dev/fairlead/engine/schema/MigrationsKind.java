package dev.fairlead.engine.schema;

import dev.fairlead.deploy.kind.KindEnd;
import dev.fairlead.deploy.kind.KindPlan;
import dev.fairlead.deploy.kind.KindPlan.State;
import dev.fairlead.deploy.kind.KindWatch;
import dev.fairlead.deploy.kind.Subject;
import dev.fairlead.deploy.kind.UnitKind;
import dev.fairlead.deploy.render.Revision;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.Drift;
import dev.fairlead.deploy.target.Target.Reach;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.MigrateOptions;
import dev.fairlead.migrate.Migrations;
import dev.fairlead.migrate.await.AwaitResult;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.lint.LiveFacts;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.plan.Goal;
import dev.fairlead.migrate.plan.Planner;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Migrations units in a deploy: planned read only, run under the database's own lock, awaited by who needs the schema.
public final class MigrationsKind implements UnitKind {
    private final MigrationFiles files;
    private final String who;

    /// @param who this process, for the history and for migrators that wait for it
    public MigrationsKind(MigrationFiles files, String who) {
        this.files = files;
        this.who = who;
    }

    /// The same units on the way back to a revision: nothing is migrated, and what is there must serve it.
    public static UnitKind recorded(Revision revision) {
        return new RecordedKind(revision);
    }

    /// Whether a database still has the schema that its migrations left.
    ///
    /// @param content what was applied of the unit, with what it saw at its end
    public static List<Drift> drift(Subject subject, Map<String, Object> content) {
        return SchemaDrift.of(subject, content);
    }

    @Override
    public String name() {
        return "migrations";
    }

    @Override
    public boolean covers(Unit unit) {
        return unit.migrations().isPresent();
    }

    @Override
    public Duration timeout(Unit unit) {
        return unit.migrations().orElseThrow().timeout();
    }

    /// Which database, and of each migration what it is: a comment or a line ending changes nothing.
    @Override
    public Map<String, Object> content(Environment environment, Unit unit) {
        var migrations = unit.migrations().orElseThrow();
        var content = new LinkedHashMap<String, Object>();
        content.put("kind", name());
        content.put("owner", migrations.owner().value());
        content.put("unit", migrations.unit().value());
        content.put("database", migrations.database());
        content.put("source", migrations.source());
        var all = files.of(environment, unit.name());
        content.put("migrations", checksums(all));
        if (!all.stream().allMatch(MigrationsKind::isRepeatable)) {
            content.put(
                    "repeatable",
                    false); // a copy of what they made is not the same as running them
        }
        return content;
    }

    /// Whether a migration makes the same of the same database each time, without anybody being asked: statements do,
    /// programs and people may not.
    private static boolean isRepeatable(Migration migration) {
        return !migration.approval()
                && migration.up().stream()
                        .noneMatch(step ->
                                step instanceof Step.Data data
                                        && (data.script() instanceof Script.Exec
                                                || data.script() instanceof Script.Instructions));
    }

    private static Map<String, Object> checksums(List<Migration> migrations) {
        var checksums = new TreeMap<String, List<String>>();
        Planner.up(migrations, History.none("", ""), Goal.ALL, true)
                .steps()
                .forEach(step ->
                        checksums
                                .computeIfAbsent(
                                        step.migration().id(), _ -> new java.util.ArrayList<>())
                                .add(step.checksum().substring(0, 12)));
        var joined = new TreeMap<String, Object>();
        checksums.forEach((id, parts) -> joined.put(id, String.join(" ", parts)));
        return joined;
    }

    @Override
    public KindPlan plan(Subject subject) {
        var migrations = files.of(subject.environment(), subject.unit().name());
        var database = subject.unit().migrations().orElseThrow().database();
        try (var line = Line.to(subject)) {
            return switch (line.reach()) {
                case Reach.Never _ -> {
                    var none = History.none("", database);
                    var plan = Planner.up(migrations, none, Goal.ALL, false);
                    yield planned(subject, Guard.of(plan, migrations, LiveFacts.EMPTY, none));
                }
                case Reach.Down(var why) -> unknown(subject, migrations, why);
                case Reach.Open _ -> read(subject, migrations, line.url());
            };
        }
    }

    private KindPlan read(Subject subject, List<Migration> migrations, String url) {
        try {
            return planned(subject, guarded(Migrations.of(url).from(migrations), migrations));
        } catch (ProblemException e) {
            var first = e.problems().getFirst();
            if (first.code() != MigrateCode.DATABASE_UNREACHABLE) {
                throw e;
            }
            return unknown(subject, migrations, "its database cannot be reached yet");
        }
    }

    private static Guard guarded(Migrations database, List<Migration> migrations) {
        var plan = database.plan();
        return plan.steps().isEmpty()
                ? new Guard(plan, List.of(), List.of())
                : Guard.of(plan, migrations, database.live(), database.history());
    }

    private KindPlan planned(Subject subject, Guard guard) {
        var plan = guard.plan();
        return new KindPlan(
                subject.unit().name(),
                name(),
                plan.blocking().isEmpty() && plan.problems().isEmpty() ? State.DONE : State.PENDING,
                PlanLines.of(plan.with(List.of())).reason(),
                MigrationShapes.stable(plan),
                MigrationShapes.plan(plan),
                PlanLines.of(plan).lines(),
                guard.refused(),
                guard.contracts());
    }

    private KindPlan unknown(Subject subject, List<Migration> migrations, String why) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("database", subject.unit().migrations().orElseThrow().database());
        tree.put("migrations", checksums(migrations));
        return new KindPlan(
                subject.unit().name(),
                name(),
                State.UNKNOWN,
                why + ", so what is pending is seen when it runs",
                tree,
                List.of());
    }

    @Override
    public KindEnd run(Subject subject, KindWatch watch) throws InterruptedException {
        var timeout = timeout(subject.unit());
        var migrations = files.of(subject.environment(), subject.unit().name());
        try (var line = Line.to(subject)) {
            var options = MigrateOptions.DEFAULTS.withWho(who).withWait(timeout);
            var database = Migrations.of(line.url()).from(migrations).with(options);
            // Again: when the plan was made the database may not have been there.
            var guard = guarded(database, migrations);
            if (!guard.refused().isEmpty()) {
                return Ends.refused(guard.refused(), subject.unit().name());
            }
            var outcome = database.listening(new Told(watch)).up();
            var end = Ends.of(outcome, subject.unit().name());
            return end instanceof KindEnd.Done(var what, _)
                    ? new KindEnd.Done(what, SchemaDrift.seen(line.url()))
                    : end;
        }
    }

    @Override
    public Map<String, Object> seen(Subject subject) {
        try (var line = Line.to(subject)) {
            return line.reach() instanceof Reach.Open ? SchemaDrift.seen(line.url()) : Map.of();
        } catch (ProblemException e) {
            return Map.of();
        }
    }

    @Override
    public KindEnd await(Subject subject, Deadline deadline, KindWatch watch)
            throws InterruptedException {
        var name = subject.unit().name();
        var migrations = files.of(subject.environment(), name);
        try (var line = Line.to(subject)) {
            var result =
                    Migrations.of(line.url())
                            .from(migrations)
                            .awaitMigrator(
                                    deadline.left(),
                                    waits -> watch.waits(missing(name.value(), waits)));
            return switch (result) {
                case AwaitResult.Satisfied(var background) ->
                        new KindEnd.Done(
                                "the schema of "
                                        + name
                                        + " is there"
                                        + (background.isEmpty()
                                                ? ""
                                                : "; in the background "
                                                        + String.join(", ", background)));
                case AwaitResult.Waiting(var waits) ->
                        new KindEnd.Failed(missing(name.value(), waits), true);
            };
        }
    }

    private static Cause missing(String unit, List<String> waits) {
        var first = waits.isEmpty() ? "it has not run" : waits.getFirst();
        int more = waits.size() - 1;
        return new Cause(
                CauseCode.SCHEMA_MISSING,
                "requires the schema of %s: %s%s"
                        .formatted(unit, first, more > 0 ? " and " + more + " more" : ""),
                List.of(
                        "`fairlead migrate why --unit %s` shows what is wanted and what was found"
                                .formatted(unit)),
                waits.stream().limit(20).toList());
    }

    @Override
    public String remains() {
        return "its database stays as it is";
    }
}
