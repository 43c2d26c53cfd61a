package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.MigrateOutcome.Done;
import dev.fairlead.migrate.MigrateOutcome.Stopped;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.testkit.Covers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What `up` does to a database, on the oldest and the newest PostgreSQL that there is here.
class UpIT {
    private static final List<Migration> THREE =
            List.of(
                    Sample.sql("app.1", "CREATE TABLE users (id int PRIMARY KEY, email text)"),
                    Sample.of("app.2")
                            .schema(
                                    "INSERT INTO users VALUES (1, 'a'), (2, 'b'); ALTER TABLE users ADD name text")
                            .build(),
                    Sample.of("app.3")
                            .outside("CREATE INDEX CONCURRENTLY users_email ON users (email)")
                            .build());

    private static Migrations of(Db db, List<Migration> migrations) {
        return Migrations.of(db.url()).from(migrations);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    @Covers("MIG-04")
    void runsWhatIsPendingOnceAndThenNothing(Release release) throws Exception {
        var db = PostgresServer.shared(release).fresh();
        assertThat(of(db, THREE).up())
                .isInstanceOfSatisfying(Done.class, done -> assertThat(done.applied()).hasSize(3));
        assertThat(db.value("SELECT count(*) FROM users")).isEqualTo("2");
        assertThat(
                        db.rows(
                                "SELECT key, step, outcome, rows FROM fairlead.migration_history ORDER BY id"))
                .containsExactly("app.1|0|DONE|0", "app.2|0|DONE|2", "app.3|0|DONE|0");
        assertThat(of(db, THREE).up())
                .isInstanceOfSatisfying(Done.class, done -> assertThat(done.applied()).isEmpty());
        assertThat(of(db, THREE).verify().intact()).isTrue();
        assertThat(of(db, THREE).ready().satisfied()).isTrue();
        assertThat(db.invalidIndexes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void aStepThatFailsLeavesNothingAndIsNamedWithItsPlace(Release release) throws Exception {
        var db = PostgresServer.shared(release).fresh();
        var migrations = new ArrayList<>(THREE);
        migrations.add(
                Sample.sql(
                        "app.4",
                        "CREATE TABLE t (id int);\nINSERT INTO t VALUES (1);\nSELECT nothing FROM t"));
        migrations.add(Sample.sql("app.5", "CREATE TABLE u (id int)"));
        assertThat(of(db, migrations).up())
                .isInstanceOfSatisfying(
                        Stopped.class,
                        stopped -> {
                            assertThat(stopped.applied()).hasSize(3);
                            assertThat(stopped.failed().problem().toString())
                                    .startsWith(
                                            "sample.sql:3:8 STEP_FAILED app.4@1.0.0 step 1 of 1 (schema) failed: column \"nothing\" does not exist");
                            assertThat(stopped.notTried())
                                    .extracting(Object::toString)
                                    .containsExactly("app.5");
                        });
        assertThat(db.value("SELECT to_regclass('t')")).isEqualTo("null");
        assertThat(
                        db.rows(
                                "SELECT key, outcome FROM fairlead.migration_history WHERE outcome <> 'DONE'"))
                .containsExactly("app.4|FAILED");
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void nothingThatAStepSetsReachesTheNext(Release release) throws Exception {
        var db = PostgresServer.shared(release).fresh();
        db.run(
                "DO $$ BEGIN CREATE ROLE nobody_special; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        db.run("GRANT CREATE ON SCHEMA public TO nobody_special");
        var rude =
                "SET search_path = pg_temp; SET statement_timeout = 77; SET lock_timeout = 78;"
                        + " CREATE TEMP TABLE left_over (id int); SELECT pg_catalog.set_config('work_mem', '77MB', false);"
                        + " SET ROLE nobody_special";
        var seen =
                "CREATE TABLE %s AS SELECT current_user AS who, current_setting('search_path') AS path,"
                        + " current_setting('work_mem') AS mem, current_setting('statement_timeout') AS time,"
                        + " current_setting('lock_timeout') AS lock, to_regclass('left_over') IS NULL AS clean";
        var outcome =
                of(
                                db,
                                List.of(
                                        Sample.sql("a.1", rude),
                                        Sample.sql("a.2", seen.formatted("seen_inside")),
                                        Sample.of("a.3").outside(rude).build(),
                                        Sample.of("a.4")
                                                .outside(seen.formatted("public.seen_outside"))
                                                .build()))
                        .up();
        assertThat(outcome.problems()).isEmpty();
        assertThat(db.rows("TABLE seen_inside UNION ALL TABLE seen_outside"))
                .allMatch("postgres|\"$user\", public|4MB|0|3s|t"::equals)
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void everyFormOfStatementDoesAllThatItSays(Release release) throws Exception {
        var db = PostgresServer.shared(release).fresh();
        var outcome =
                of(
                                db,
                                List.of(
                                        Sample.sql(
                                                "a.1",
                                                """
                                                CREATE TABLE t (id int, note text DEFAULT 'a?b {fn x} :name $1');
                                                CREATE FUNCTION fill(i int) RETURNS int LANGUAGE sql
                                                    BEGIN ATOMIC INSERT INTO t (id) VALUES (i) RETURNING id; END;
                                                CREATE FUNCTION body() RETURNS void LANGUAGE plpgsql AS $f$
                                                    BEGIN PERFORM 1; PERFORM ';'; END $f$;
                                                SELECT fill(i) FROM generate_series(1, 50) i;
                                                WITH more AS (SELECT fill(i) FROM generate_series(51, 60) i) SELECT count(*) FROM more;
                                                COPY t (id, note) FROM STDIN;
                                                61\tcopied
                                                62\t\\N
                                                \\.
                                                SELECT '{"a": 1}'::jsonb ? 'a'\
                                                """),
                                        Sample.of("a.2")
                                                .outside(
                                                        """
                                                        CREATE TABLE own (id int);
                                                        BEGIN; INSERT INTO own VALUES (1); INSERT INTO own VALUES (2); COMMIT;
                                                        BEGIN; INSERT INTO own VALUES (3); ROLLBACK;
                                                        CREATE PROCEDURE chunks() LANGUAGE plpgsql AS $$
                                                            BEGIN FOR i IN 10..12 LOOP INSERT INTO own VALUES (i); COMMIT; END LOOP; END $$;
                                                        CALL chunks();
                                                        VACUUM own\
                                                        """)
                                                .build()))
                        .up();
        assertThat(outcome.problems()).isEmpty();
        assertThat(db.value("SELECT count(*) || ' ' || count(note) FROM t")).isEqualTo("62 61");
        assertThat(db.rows("SELECT id FROM own ORDER BY id"))
                .containsExactly("1", "2", "10", "11", "12");
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void aFileThatMixesBothKindsRunsInPartsAndSaysSo(Release release) throws Exception {
        var db = PostgresServer.shared(release).fresh();
        var notes = new ArrayList<String>();
        var mixed =
                Sample.sql(
                        "a.1",
                        """
                        CREATE TABLE t (id int);
                        CREATE INDEX CONCURRENTLY t_id ON t (id);
                        INSERT INTO t VALUES (1);
                        CREATE TYPE mood AS ENUM ('a');
                        ALTER TABLE t ADD m mood;
                        INSERT INTO t VALUES (2)\
                        """);
        var migrations =
                of(db, List.of(mixed))
                        .listening(event -> {
                            if (event instanceof MigrateEvent.Noted noted) {
                                notes.add(noted.what());
                            }
                        });
        assertThat(migrations.plan().steps().getFirst().transactional()).isFalse();
        assertThat(migrations.up().problems()).isEmpty();
        assertThat(notes)
                .anyMatch(note ->
                        note.startsWith(
                                "runs in 3 parts, because CREATE INDEX CONCURRENTLY cannot run"));
        assertThat(db.value("SELECT count(*) FROM t")).isEqualTo("2");
        assertThat(db.value("SELECT count(*) FROM fairlead.migration_intent")).isEqualTo("0");
    }
}
