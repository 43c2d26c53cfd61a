package dev.fairlead.migrate;

import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.migrate.await.AwaitResult;
import dev.fairlead.migrate.execute.Repairs;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.lint.LiveFacts;
import dev.fairlead.migrate.lint.live.LiveFactsReader;
import dev.fairlead.migrate.lock.Lane;
import dev.fairlead.migrate.lock.Turn;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.plan.DownPlanner;
import dev.fairlead.migrate.plan.Goal;
import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.plan.Names;
import dev.fairlead.migrate.plan.PlanHash;
import dev.fairlead.migrate.plan.PlanTree;
import dev.fairlead.migrate.registry.Order;
import dev.fairlead.migrate.registry.Registry;
import dev.fairlead.migrate.registry.Sources;
import dev.fairlead.migrate.store.Database;
import dev.fairlead.migrate.store.Session;
import dev.fairlead.migrate.store.Verification;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/// The migrations of one database: what would run, running it, and whether it has run. Immutable; every call opens
/// connections of its own and closes them.
///
/// Every method throws {@link dev.fairlead.diagnostic.ProblemException} where the database cannot be reached or refuses
/// what the migrator itself needs; what a run does is an outcome.
///
/// ```java
/// var migrations = Migrations.of(dataSource).from(Path.of("cmd/cli/migrations"), "billing");
/// var outcome = migrations.up();
/// boolean ready = migrations.ready().satisfied();
/// ```
public final class Migrations {
    private final Database database;
    private final List<Migration> migrations;
    private final MigrateOptions options;
    private final MigrateEvents events;
    private final Cancellation cancellation;

    private Migrations(
            Database database,
            List<Migration> migrations,
            MigrateOptions options,
            MigrateEvents events,
            Cancellation cancellation) {
        this.database = database;
        this.migrations = migrations;
        this.options = options;
        this.events = events;
        this.cancellation = cancellation;
    }

    /// By its address; see {@link Database#of(String)}.
    public static Migrations of(String address) {
        return of(Database.of(address));
    }

    public static Migrations of(DataSource source) {
        return of(Database.of(source));
    }

    public static Migrations of(Database database) {
        return new Migrations(
                database,
                List.of(),
                MigrateOptions.DEFAULTS,
                MigrateEvents.NONE,
                new Cancellation());
    }

    /// @param inOrder every migration of the database, each after those that it depends on, as the registry orders them
    public Migrations from(List<Migration> inOrder) {
        return new Migrations(database, List.copyOf(inOrder), options, events, cancellation);
    }

    /// Goose files and specs of a folder.
    ///
    /// @param owner whose they are; goose files are named by it
    /// @throws dev.fairlead.diagnostic.ProblemException with everything that is wrong in the folder
    public Migrations from(Path folder, String owner) {
        return from(ordered(Sources.read(folder, owner, Map.of())));
    }

    /// Goose files and specs of a folder on the class path.
    ///
    /// @param owner whose they are; goose files are named by it
    /// @throws dev.fairlead.diagnostic.ProblemException with everything that is wrong in the folder
    public Migrations from(ClassLoader resources, String folder, String owner) {
        return from(ordered(Sources.read(resources, folder, owner, Map.of())));
    }

    private static List<Migration> ordered(List<Migration> read) {
        return Order.of(Registry.of(read)).migrations();
    }

    public Migrations with(MigrateOptions how) {
        return new Migrations(database, migrations, how, events, cancellation);
    }

    public Migrations listening(MigrateEvents listener) {
        return new Migrations(database, migrations, options, listener, cancellation);
    }

    /// A run ends after its step, or with its statement cancelled, when this is asked for.
    public Migrations until(Cancellation cancelled) {
        return new Migrations(database, migrations, options, events, cancelled);
    }

    /// What has run, read in a transaction that cannot write.
    public History history() {
        return reading().history();
    }

    /// What {@link #up} would run. Reads only: no lock, no table is made, a role that may only read is enough.
    public MigrationPlan plan() {
        return reading().plan();
    }

    /// How large the tables of the database are, for lint. Reads only; any role that may connect will do.
    public LiveFacts live() {
        try (var connection = database.open("fairlead-migrate looks")) {
            return LiveFactsReader.read(connection);
        } catch (SQLException e) {
            throw Errors.of(database, e);
        }
    }

    /// What {@link #down} would run.
    public MigrationPlan planDown(Goal goal) {
        return reading().planDown(goal);
    }

    /// Runs what is pending. Of many at once one runs it, the others see that it is done.
    public MigrateOutcome up() throws InterruptedException {
        var digest = PlanHash.ofMigrations(migrations);
        boolean everything = options.goal() instanceof Goal.All;
        boolean known = everything && migrations.stream().noneMatch(Migration::background);
        Turn.Wish pending = session -> !known || !isComplete(session, digest);
        var running = running();
        var outcome =
                running.inTurn(
                        Lane.MAIN,
                        pending,
                        stage -> {
                            var plan = reading().plan(stage.work(), stage.history());
                            var result = running.run(stage, plan, plan.blocking());
                            if (everything && result instanceof MigrateOutcome.Done) {
                                running.writer(stage, plan.under()).complete(stage.work(), digest);
                            }
                            return result;
                        });
        boolean more =
                options.background()
                        && outcome instanceof MigrateOutcome.Done done
                        && !done.background().isEmpty();
        return more ? background() : outcome;
    }

    private boolean isComplete(Session session, String digest) throws SQLException {
        return reading()
                .reader(session)
                .read(Optional.of(digest))
                .complete()
                .equals(Optional.of(digest));
    }

    /// Undoes applied migrations, the last first.
    ///
    /// @param goal never {@link Goal.All}
    public MigrateOutcome down(Goal goal) throws InterruptedException {
        var running = running();
        return running.inTurn(
                Lane.MAIN,
                _ -> true,
                stage -> {
                    var plan = DownPlanner.down(migrations, stage.history(), goal);
                    return running.run(stage, plan, plan.steps());
                });
    }

    /// Runs the background migrations that are pending; they have a lane of their own, so that nobody waits for them.
    public MigrateOutcome background() throws InterruptedException {
        var running = running();
        return running.inTurn(
                Lane.BACKGROUND,
                _ -> true,
                stage -> {
                    var plan = reading().plan(stage.work(), stage.history());
                    return running.run(stage, plan, plan.background());
                });
    }

    /// Stops or continues a running or later backfill, from any process.
    ///
    /// @param migration a key, `key@version` or number
    public void pause(String migration, boolean paused) {
        var id = Names.require(migrations, migration).id();
        deciding().pause(id, paused);
    }

    /// Records migrations as applied without running them, up to and with the goal.
    public MigrateOutcome baseline(Goal goal, String reason) throws InterruptedException {
        return repairing(
                reason,
                (repairs, plan) -> repairs.baseline(plan.steps()),
                with(options.withGoal(goal).withOutOfOrder(true)).reading());
    }

    /// Writes down what a person decided about what {@link #plan} says cannot go on.
    public MigrateOutcome repair(Repair how, String reason) throws InterruptedException {
        return repairing(
                reason,
                (repairs, plan) -> {
                    repairs.acceptChanged(plan, how.acceptChanged())
                            .done(how.done())
                            .again(how.again());
                    return how.chain() ? repairs.chain() : repairs;
                },
                reading());
    }

    private interface Decision {
        Repairs on(Repairs repairs, MigrationPlan plan);
    }

    private MigrateOutcome repairing(String reason, Decision decision, Reading by)
            throws InterruptedException {
        var running = running();
        return running.inTurn(
                Lane.MAIN,
                _ -> true,
                stage -> {
                    var plan = by.plan(stage.work(), stage.history());
                    var writer = running.writer(stage, plan.hash());
                    var repairs = new Repairs(stage.work(), writer, stage.history(), reason);
                    var written = decision.on(repairs, plan).write();
                    return new MigrateOutcome.Done(plan.hash(), written, List.of());
                });
    }

    /// What a person decided.
    ///
    /// @param acceptChanged keys of applied migrations whose new text is accepted; `*` for all
    /// @param done `key@version#step` (from 1) of unfinished steps that count as done
    /// @param again `key@version#step` of unfinished steps that run once more
    /// @param chain whether the history's rows as they are become the valid ones
    public record Repair(
            List<String> acceptChanged, List<String> done, List<String> again, boolean chain) {
        public Repair {
            acceptChanged = List.copyOf(acceptChanged);
            done = List.copyOf(done);
            again = List.copyOf(again);
        }
    }

    /// Somebody approves exactly this plan for exactly this database.
    ///
    /// @return the plan that was approved
    /// @throws dev.fairlead.diagnostic.ProblemException `PLAN_STALE` when another plan would run now
    public MigrationPlan approve(String planHash, String who, String comment) {
        return deciding().approve(reading().plan(), planHash, who, comment);
    }

    /// Somebody says that the work of the instructions that a run waits for is done.
    ///
    /// @param migration a key, `key@version` or number
    public void approveDone(String migration, String who, String comment) {
        var id = Names.require(migrations, migration).id();
        deciding().done(reading().plan(), id, who, comment);
    }

    /// Whether the history is as it was written.
    public Verification verify() {
        return reading().verify();
    }

    /// Whether the database has what these migrations give, now. For a readiness check: `ready().satisfied()`.
    public AwaitResult ready() {
        return reading().ready();
    }

    /// Waits until the database has what these migrations give, or the time is over. A database that cannot be reached
    /// is waited for too.
    ///
    /// @param waiting told what is waited for, whenever that changes
    public AwaitResult await(Duration atMost, Consumer<List<String>> waiting)
            throws InterruptedException {
        return reading().await(atMost, waiting);
    }

    /// The same for whoever knows that nobody will begin to migrate for it: waits only as long as a migrator is at work, or
    /// the database cannot be reached.
    public AwaitResult awaitMigrator(Duration atMost, Consumer<List<String>> waiting)
            throws InterruptedException {
        return reading().awaitMigrator(atMost, waiting);
    }

    /// `{database, applied[], pending[], changed[], missing[]}`, the shape of `migrate status -o json`.
    public Map<String, Object> status() {
        return PlanTree.status(plan());
    }

    private Reading reading() {
        return new Reading(database, migrations, options);
    }

    private Running running() {
        return new Running(database, options, events, cancellation);
    }

    private Deciding deciding() {
        return new Deciding(reading());
    }
}
