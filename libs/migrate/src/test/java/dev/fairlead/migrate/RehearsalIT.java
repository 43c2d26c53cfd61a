package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.migrate.Rehearsal.Held;
import dev.fairlead.migrate.Rehearsal.Rehearsed;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.plan.Goal;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.testkit.Covers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A plan is run and undone: what it does is known, and nothing of it stays.
@ParameterizedClass
@EnumSource(Release.class)
class RehearsalIT {
    private static final Migration TABLES =
            Sample.sql(
                    "a.1",
                    "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders (id int PRIMARY KEY, user_id int);"
                            + " INSERT INTO users VALUES (1), (2)");

    private final Db db;

    RehearsalIT(Release release) {
        db = PostgresServer.shared(release).fresh();
    }

    private Migrations of(Migration... migrations) {
        return Migrations.of(db.url()).from(List.of(migrations));
    }

    private static List<String> locks(Rehearsed step) {
        return ((Rehearsed.Ran) step)
                .locks().stream().map(held -> held.mode() + " " + held.relation()).toList();
    }

    @Test
    @Covers("SPEC-09")
    void everyStepTellsTheLocksThatItTookAndNothingStays() throws Exception {
        of(TABLES).up();
        var before = db.rows("SELECT relname FROM pg_class ORDER BY 1");
        var rehearsal =
                of(
                                TABLES,
                                Sample.of("a.2")
                                        .pre("SELECT count(*) = 2 FROM users")
                                        .post("SELECT count(*) = 3 FROM users")
                                        .schema(
                                                "ALTER TABLE users ADD COLUMN email text; INSERT INTO users VALUES (3)")
                                        .build(),
                                Sample.sql(
                                        "a.3",
                                        "ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id); CREATE TABLE fresh (id int); ALTER TABLE fresh ADD x int"),
                                Sample.sql("a.4", "ALTER TABLE users ADD COLUMN name text"))
                        .rehearse();
        assertThat(rehearsal.problems()).isEmpty();
        assertThat(rehearsal.steps()).hasSize(3).allMatch(Rehearsed.Ran.class::isInstance);
        assertThat(locks(rehearsal.steps().get(0)))
                .contains("ACCESS EXCLUSIVE public.users", "ROW EXCLUSIVE public.users");
        assertThat(((Rehearsed.Ran) rehearsal.steps().get(0)).rows()).isEqualTo(1);
        assertThat(locks(rehearsal.steps().get(1)))
                .contains("SHARE ROW EXCLUSIVE public.orders", "SHARE ROW EXCLUSIVE public.users")
                .noneMatch(lock -> lock.contains("fresh"));
        // Taken before in the same transaction, and so not seen again by the server.
        assertThat(locks(rehearsal.steps().get(2))).contains("ACCESS EXCLUSIVE public.users");
        assertThat(((Rehearsed.Ran) rehearsal.steps().get(2)).locks())
                .extracting(Held::held)
                .allMatch(Duration::isPositive);
        assertThat(db.rows("SELECT relname FROM pg_class ORDER BY 1")).isEqualTo(before);
        assertThat(db.value("SELECT count(*) FROM users")).isEqualTo("2");
        assertThat(db.value("SELECT count(*) FROM fairlead.migration_history")).isEqualTo("1");
    }

    @Test
    void onADatabaseWithoutAHistoryNotEvenTheTablesOfTheMigratorAreMade() throws Exception {
        assertThat(of(TABLES).rehearse().problems()).isEmpty();
        assertThat(db.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'fairlead'"))
                .isEqualTo("0");
        assertThat(db.value("SELECT to_regclass('users')")).isEqualTo("null");
    }

    @Test
    void whatCannotBeRehearsedSaysWhy() throws Exception {
        of(TABLES).up();
        var rehearsal =
                of(
                                TABLES,
                                Sample.of("b.1")
                                        .outside("CREATE INDEX CONCURRENTLY users_id ON users (id)")
                                        .build(),
                                Sample.of("b.2")
                                        .data(
                                                new Script.Exec(
                                                        List.of("true"), Path.of("/"), "digest"))
                                        .data(new Script.Instructions("by hand"))
                                        .data(new Script.Url("https://localhost/x", "0", true))
                                        .data(
                                                new Script.Backfill(
                                                        "users",
                                                        List.of("id"),
                                                        Sample.text(
                                                                "UPDATE users SET id = id WHERE :batch"),
                                                        Optional.empty(),
                                                        10,
                                                        Duration.ZERO))
                                        .build(),
                                Sample.sql("b.3", "ALTER INDEX users_id RENAME TO users_key"),
                                Sample.sql("b.4", "ALTER TABLE users ADD COLUMN n int"))
                        .rehearse();
        assertThat(rehearsal.problems()).isEmpty();
        assertThat(rehearsal.steps().subList(0, 6))
                .extracting(step -> ((Rehearsed.Left) step).why())
                .containsExactly(
                        "CREATE INDEX CONCURRENTLY cannot run in a transaction",
                        "it is a program",
                        "it is work for a person",
                        "its file is fetched only when it runs",
                        "a backfill has a transaction for each batch",
                        "it failed, perhaps for want of what was not rehearsed before it: b.3@1.0.0 step 1 of 1 (schema) failed: relation \"users_id\" does not exist [42P01]");
        assertThat(rehearsal.steps().getLast()).isInstanceOf(Rehearsed.Ran.class);
    }

    @Test
    void aStepThatWouldFailIsFoundWithItsPlaceAndWhatComesAfterIsNotTried() throws Exception {
        of(TABLES).up();
        var rehearsal =
                of(
                                TABLES,
                                Sample.sql("c.1", "ALTER TABLE users ADD COLUMN n int"),
                                Sample.sql(
                                        "c.2",
                                        "INSERT INTO users VALUES (9);\nSELECT x FROM users"),
                                Sample.sql("c.3", "SELECT 1"))
                        .rehearse();
        assertThat(rehearsal.problems().getFirst().toString())
                .startsWith(
                        "sample.sql:2:8 STEP_FAILED c.2@1.0.0 step 1 of 1 (schema) failed: column \"x\" does not exist");
        assertThat(rehearsal.steps().getLast()).isInstanceOf(Rehearsed.NotTried.class);
        assertThat(
                        of(TABLES, Sample.of("c.4").validation("SELECT false").build())
                                .rehearse()
                                .problems()
                                .getFirst()
                                .code())
                .isEqualTo(MigrateCode.CHECK_FAILED);
    }

    @Test
    void deferredConstraintsAreCheckedAtTheEndOfEachStep() throws Exception {
        of(TABLES).up();
        db.run(
                "ALTER TABLE orders ADD CONSTRAINT of_user FOREIGN KEY (user_id) REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED");
        var rehearsal =
                of(
                                TABLES,
                                Sample.sql(
                                        "d.1",
                                        "INSERT INTO orders VALUES (1, 7); INSERT INTO users VALUES (7)"),
                                Sample.sql("d.2", "ALTER TABLE orders ADD COLUMN n int"),
                                Sample.sql(
                                        "d.3",
                                        "INSERT INTO orders VALUES (2, 8); INSERT INTO users VALUES (8)"),
                                Sample.sql("d.4", "INSERT INTO orders VALUES (3, 99)"))
                        .rehearse();
        assertThat(rehearsal.steps().subList(0, 3)).allMatch(Rehearsed.Ran.class::isInstance);
        assertThat(rehearsal.problems().getFirst().what()).contains("of_user");
    }

    @Test
    void aLockThatIsNotGrantedNamesItsHolder() throws Exception {
        of(TABLES).up();
        try (var reader = db.connect();
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SET application_name = 'report'; SELECT * FROM users");
            var problem =
                    of(TABLES, Sample.sql("e.1", "ALTER TABLE users ADD COLUMN n int"))
                            .with(MigrateOptions.DEFAULTS.withLocks(Duration.ofMillis(50), 1))
                            .rehearse()
                            .problems()
                            .getFirst();
            assertThat(problem.code()).isEqualTo(MigrateCode.LOCK_NOT_GRANTED);
            assertThat(problem.evidence().getFirst()).contains("report");
        }
    }

    @Test
    void noMigratorIsAtWorkMeanwhileAndOneThatIsMakesItBusy() throws Exception {
        of(TABLES).up();
        try (var holder = db.connect();
                var statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + 0x666169726c656164L + ")");
            assertThatThrownBy(() ->
                            of(TABLES)
                                    .with(MigrateOptions.DEFAULTS.withWait(Duration.ZERO))
                                    .rehearse())
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e ->
                                    assertThat(e.problems().getFirst().code())
                                            .isEqualTo(MigrateCode.MIGRATOR_BUSY));
        }
    }

    @Test
    void theWayBackIsRehearsedToo() throws Exception {
        var one = Sample.of("f.1").schema("CREATE TABLE t (id int)").down("DROP TABLE t").build();
        of(one).up();
        var rehearsal = of(one).rehearseDown(new Goal.Steps(1));
        assertThat(locks(rehearsal.steps().getFirst())).contains("ACCESS EXCLUSIVE public.t");
        assertThat(db.value("SELECT to_regclass('t')")).isEqualTo("t");
    }
}
