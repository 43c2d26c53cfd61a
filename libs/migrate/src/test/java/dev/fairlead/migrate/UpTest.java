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
class UpTest {
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
}
