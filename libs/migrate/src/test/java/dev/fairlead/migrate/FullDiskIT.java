package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.migrate.MigrateOutcome.Done;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.migrate.server.SmallDisk;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A disk has no room left while a migration runs.
class FullDiskIT {
    private static final String ROWS =
            "SELECT i, repeat('x', 500) AS text FROM generate_series(1, %d) i";

    @ParameterizedTest
    @EnumSource(Release.class)
    void aTableThatFindsNoRoomLeavesNothingAndIsMadeOnceThereIsRoom(Release release)
            throws Exception {
        try (var disk = SmallDisk.of(8)) {
            var db = PostgresServer.shared(release).fresh();
            db.run("CREATE TABLESPACE small_%s LOCATION '%s'".formatted(db.name(), disk.folder()));
            var migrations =
                    Migrations.of(db.url())
                            .from(
                                    List.of(
                                            Sample.sql("a.1", "CREATE TABLE t (id int)"),
                                            Sample.sql(
                                                    "a.2",
                                                    "CREATE TABLE big TABLESPACE small_%s AS "
                                                                    .formatted(db.name())
                                                            + ROWS.formatted(40_000))));
            assertThat(migrations.up().problems().getFirst().what())
                    .contains("No space left on device");
            assertThat(db.value("SELECT to_regclass('big')")).isEqualTo("null");
            assertThat(db.rows("SELECT key, outcome FROM fairlead.migration_history ORDER BY id"))
                    .containsExactly("a.1|DONE", "a.2|FAILED");
            disk.grow(64);
            assertThat(migrations.up()).isInstanceOf(Done.class);
            assertThat(db.value("SELECT count(*) FROM big")).isEqualTo("40000");
            db.run("DROP TABLE big");
            db.run("DROP TABLESPACE small_" + db.name());
        }
    }

    /// Then the server cannot write its log either, and may end by itself.
    @ParameterizedTest
    @EnumSource(Release.class)
    void aServerWithoutRoomGoesOnWhereItWasOnceThereIsRoom(Release release) throws Exception {
        try (var disk = SmallDisk.of(120);
                var server =
                        PostgresServer.start(
                                release, Map.of("max_wal_size", "32MB"), disk.folder())) {
            var db = server.fresh();
            var migrations =
                    Migrations.of(db.url())
                            .from(
                                    List.of(
                                            Sample.sql("a.1", "CREATE TABLE t (id int)"),
                                            Sample.sql(
                                                    "a.2",
                                                    "CREATE TABLE big AS "
                                                            + ROWS.formatted(200_000))));
            assertThat(code(migrations))
                    .isIn(
                            MigrateCode.STEP_FAILED,
                            MigrateCode.DATABASE_UNREACHABLE,
                            MigrateCode.MIGRATOR_REPLACED);
            disk.grow(600);
            server.stop();
            server.start();
            assertThat(migrations.up()).isInstanceOf(Done.class);
            assertThat(db.value("SELECT count(*) FROM big")).isEqualTo("200000");
            assertThat(migrations.verify().intact()).isTrue();
        }
    }

    private static Object code(Migrations migrations) throws InterruptedException {
        try {
            return migrations.up().problems().getFirst().code();
        } catch (ProblemException e) {
            return e.problems().getFirst().code();
        }
    }
}
