package dev.fairlead.migrate;

import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.migrate.await.AwaitResult;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.plan.Goal;
import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.store.Database;
import dev.fairlead.migrate.store.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/// The migrations of one database: what would run, running it, and whether it has run. Immutable; every call opens
/// connections of its own and closes them.
///
/// Every method throws {@link dev.fairlead.diagnostic.ProblemException} where the database cannot be reached or refuses
/// what the migrator itself needs; what a run does is an outcome.
///
/// ```java
/// var outcome = Migrations.of(dataSource).from(migrations).up();
/// ```
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
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
        throw new UnsupportedOperationException();
    }

    /// What {@link #up} would run. Reads only: no lock, no table is made, a role that may only read is enough.
    public MigrationPlan plan() {
        throw new UnsupportedOperationException();
    }

    /// What {@link #down} would run.
    public MigrationPlan planDown(Goal goal) {
        throw new UnsupportedOperationException();
    }

    /// Runs what is pending. Of many at once one runs it, the others see that it is done.
    public MigrateOutcome up() throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /// Undoes applied migrations, the last first.
    public MigrateOutcome down(Goal goal) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /// Runs the background migrations that are pending; they have a lock of their own, so that nobody waits for them.
    public MigrateOutcome background() throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /// Stops or continues a running or later backfill, from any process.
    ///
    /// @param migration a key, `key@version`
    public void pause(String migration, boolean paused) {
        throw new UnsupportedOperationException();
    }

    /// Records migrations as applied without running them, up to and with one.
    public MigrateOutcome baseline(Goal goal, String reason) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /// What is wrong with the history, and what was done about it.
    ///
    /// @param how for parts of which nobody knows whether they ran
    public MigrateOutcome repair(Repair how, String reason) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /// What a person decided about what {@link #plan} says cannot go on.
    ///
    /// @param acceptChanged keys of applied migrations whose new text is accepted; `*` for all
    /// @param done `key@version#step` of unfinished steps that count as done
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
        throw new UnsupportedOperationException();
    }

    /// Somebody says that the work of the instructions that a run waits for is done.
    ///
    /// @param migration a key or `key@version`
    public void approveDone(String migration, String who, String comment) {
        throw new UnsupportedOperationException();
    }

    /// Whether the history is as it was written.
    public Verification verify() {
        throw new UnsupportedOperationException();
    }

    /// Whether the database has what these migrations give, now. For a readiness check; `ready().satisfied()`.
    public AwaitResult ready() {
        throw new UnsupportedOperationException();
    }

    /// Waits until the database has what these migrations give, or the time is over. A database that cannot be reached
    /// is waited for too.
    ///
    /// @param waiting told what is waited for, whenever that changes
    public AwaitResult await(Duration atMost, java.util.function.Consumer<List<String>> waiting)
            throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /// `{database, applied[], pending[], changed[], missing[]}`, the shape of `migrate status -o json`.
    public Map<String, Object> status() {
        throw new UnsupportedOperationException();
    }
}
