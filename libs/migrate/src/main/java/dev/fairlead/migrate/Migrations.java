package dev.fairlead.migrate;

import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.migrate.await.AwaitResult;
import dev.fairlead.migrate.catalogue.Catalogue;
import dev.fairlead.migrate.catalogue.Snapshot;
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
import dev.fairlead.migrate.source.FolderDigest;
import dev.fairlead.migrate.store.Database;
import dev.fairlead.migrate.store.Verification;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
    private final Origin origin;
    private final MigrateOptions options;
    private final MigrateEvents events;
    private final Cancellation cancellation;

    private Migrations(
            Database database,
            Origin origin,
            MigrateOptions options,
            MigrateEvents events,
            Cancellation cancellation) {
        this.database = database;
        this.origin = origin;
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
                Origin.of(List.of()),
                MigrateOptions.DEFAULTS,
                MigrateEvents.NONE,
                new Cancellation());
    }

    /// @param inOrder every migration of the database, each after those that it depends on, as the registry orders them
    public Migrations from(List<Migration> inOrder) {
        return from(Origin.of(List.copyOf(inOrder)));
    }

    /// Migrations that are read only when somebody needs them. Where the database is known to be complete for the files
    /// that they stand in, {@link #up}, {@link #ready} and {@link #await} do not.
    ///
    /// @param read every migration, each after those that it depends on, as the registry orders them
    /// @param files names everything that is read, as {@link FolderDigest} does; empty where nothing can
    public Migrations from(Supplier<List<Migration>> read, Supplier<Optional<String>> files) {
        return from(new Origin(read, files));
    }

    private Migrations from(Origin from) {
        return new Migrations(database, from, options, events, cancellation);
    }

    /// Goose files and specs of a folder.
    ///
    /// @param owner whose they are; goose files are named by it; what is wrong in the folder is said when it is read
    public Migrations from(Path folder, String owner) {
        return from(
                () -> ordered(Sources.read(folder, owner, Map.of())),
                () -> FolderDigest.of(folder, owner));
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
        return new Migrations(database, origin, how, events, cancellation);
    }

    public Migrations listening(MigrateEvents listener) {
        return new Migrations(database, origin, options, listener, cancellation);
    }

    /// A run ends after its step, or with its statement cancelled, when this is asked for.
    public Migrations until(Cancellation cancelled) {
        return new Migrations(database, origin, options, events, cancelled);
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

    /// The schema of the database as it is now. Reads only; any role that may connect will do.
    public Snapshot catalogue() {
        try (var connection = database.open("fairlead-migrate looks")) {
            return Catalogue.read(connection);
        } catch (SQLException e) {
            throw Errors.of(database, e);
        }
    }

    /// What {@link #down} would run.
    public MigrationPlan planDown(Goal goal) {
        return reading().planDown(goal);
    }

    /// Runs all of {@link #plan} in one transaction and rolls it back, on the database itself: its locks are real, and each
    /// statement waits for them no longer than in a run. While it lasts no migrator begins.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException when something stands against the plan, or a migrator is at work for
    ///     as long as was waited
    public Rehearsal rehearse() throws InterruptedException {
        return running()
                .rehearse(session -> {
                    var history = reading().reader(session).read(Optional.empty()).history();
                    return reading().plan(session, history);
                });
    }

    /// The same for {@link #planDown}.
    public Rehearsal rehearseDown(Goal goal) throws InterruptedException {
        return running()
                .rehearse(session -> {
                    var history = reading().reader(session).read(Optional.empty()).history();
                    return DownPlanner.down(origin.migrations(), history, goal);
                });
    }

    /// Runs what is pending. Of many at once one runs it, the others see that it is done.
    public MigrateOutcome up() throws InterruptedException {
        boolean everything = options.goal() instanceof Goal.All;
        origin.begin();
        Turn.Wish pending = session -> !everything || !reading().nothingIsLeft(session);
        var running = running();
        var outcome =
                running.inTurn(
                        Lane.MAIN,
                        pending,
                        stage -> {
                            var plan = reading().plan(stage.work(), stage.history());
                            running.tellDrift(stage, plan);
                            var result = running.run(stage, plan, plan.blocking());
                            running.remember(stage);
                            if (everything && result instanceof MigrateOutcome.Done) {
                                complete(running, stage, plan);
                            }
                            return result;
                        });
        boolean more =
                options.background()
                        && outcome instanceof MigrateOutcome.Done done
                        && !done.background().isEmpty();
        return more ? background() : outcome;
    }

    private void complete(Running running, Running.Stage stage, MigrationPlan plan)
            throws SQLException {
        var digest = PlanHash.ofMigrations(origin.migrations());
        running.writer(stage, plan.under()).complete(stage.work(), digest);
        reading().rememberFiles(stage.work(), digest);
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
                    var plan = DownPlanner.down(origin.migrations(), stage.history(), goal);
                    running.tellDrift(stage, plan);
                    return running.remembered(stage, running.run(stage, plan, plan.steps()));
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
                    return running.remembered(stage, running.run(stage, plan, plan.background()));
                });
    }

    /// Stops or continues a running or later backfill, from any process.
    ///
    /// @param migration a key, `key@version` or number
    public void pause(String migration, boolean paused) {
        var id = Names.require(origin.migrations(), migration).id();
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
                    running.remember(stage);
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
        var id = Names.require(origin.migrations(), migration).id();
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

    /// How the schema differs from what it was when the last run ended. Reads only.
    public Drift drift() {
        return reading().drift();
    }

    /// `{database, applied[], pending[], changed[], missing[], drift[], schema}`, the shape of `migrate status -o json`.
    public Map<String, Object> status() {
        var status = PlanTree.status(plan());
        drift().addTo(status);
        return status;
    }

    private Reading reading() {
        return new Reading(database, origin, options);
    }

    private Running running() {
        return new Running(database, options, events, cancellation);
    }

    private Deciding deciding() {
        return new Deciding(reading());
    }
}
