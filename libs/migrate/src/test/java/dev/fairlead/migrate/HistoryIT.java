package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.testkit.Covers;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The history finds out when somebody rewrites it.
@ParameterizedClass
@EnumSource(Release.class)
class HistoryIT {
    private static final List<Migration> FOUR =
            List.of(
                    Sample.sql("a.1", "CREATE TABLE a (id int)"),
                    Sample.sql("a.2", "CREATE TABLE b (id int)"),
                    Sample.sql("a.3", "CREATE TABLE c (id int)"),
                    Sample.sql("a.4", "CREATE TABLE d (id int)"));

    private final Db db;

    HistoryIT(Release release) {
        db = PostgresServer.shared(release).fresh();
        migrations = Migrations.of(db.url()).from(FOUR);
    }

    private final Migrations migrations;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "UPDATE fairlead.migration_history SET who = 'me' WHERE id = 2; row 2 (",
                "UPDATE fairlead.migration_history SET detail = '{\"x\": 1}' WHERE id = 4; row 4 (",
                "UPDATE fairlead.migration_history SET finished = finished + interval '1 microsecond' WHERE id = 1; row 1 (",
                "DELETE FROM fairlead.migration_history WHERE id = 2; row 2 was removed",
                "DELETE FROM fairlead.migration_history WHERE id = 4; row 4 was removed, at the end of the history",
                "DELETE FROM fairlead.migration_history; rows 1 to 4 were removed, at the end of the history",
                "INSERT INTO fairlead.migration_history SELECT 5, key, version, direction, step, steps, kind, checksum, plan_hash, who, token, started, finished, outcome, rows, contract, detail, hash, 'made up' FROM fairlead.migration_history WHERE id = 4; row 5 (",
            })
    void aRowThatIsChangedRemovedOrPutInIsFound(String crime, String found) throws Exception {
        migrations.up();
        assertThat(migrations.verify().broken()).isEmpty();
        db.run(crime);
        assertThat(migrations.verify().broken()).singleElement().asString().startsWith(found);
    }

    @Test
    void aLastRowThatIsReplacedByAValidOneIsFound() throws Exception {
        migrations.up();
        db.run("UPDATE fairlead.migration_history SET who = 'me' WHERE id = 4");
        db.run(
                "UPDATE fairlead.migration_history h SET hash = fairlead.migration_row_hash(h) WHERE id = 4");
        assertThat(migrations.verify().broken())
                .containsExactly("the last row is not the one that the head names");
    }

    @Test
    void repairMakesTheRowsAsTheyAreTheValidOnes() throws Exception {
        migrations.up();
        db.run("DELETE FROM fairlead.migration_history WHERE id = 2");
        db.run("DROP TABLE b");
        migrations.repair(
                new Migrations.Repair(List.of(), List.of(), List.of(), true),
                "b was dropped by hand");
        assertThat(migrations.verify().intact()).isTrue();
        assertThat(migrations.up()).isInstanceOf(MigrateOutcome.Done.class);
        assertThat(db.value("SELECT to_regclass('b')")).isEqualTo("b");
        assertThat(db.value("SELECT comment FROM fairlead.migration_approval"))
                .isEqualTo("b was dropped by hand");
    }

    @Test
    @Covers("MIG-04")
    void sixtyFourProcessesMayMakeTheTablesAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all =
                    java.util.stream.IntStream.range(0, 64)
                            .mapToObj(i ->
                                    threads.submit(() -> {
                                        migrations.pause("a.1", i % 2 == 0);
                                        return true;
                                    }))
                            .toList();
            for (var one : all) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(db.value("SELECT rows FROM fairlead.migration_head")).isEqualTo("0");
    }

    @Test
    void aNewerFormatIsRefused() throws Exception {
        migrations.up();
        db.run("UPDATE fairlead.migration_head SET format = 99");
        org.assertj.core.api.Assertions.assertThatThrownBy(migrations::plan)
                .hasMessageContaining(
                        "HISTORY_TOO_NEW the history has format 99, this version knows 1");
    }
}
