package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.MigrateOutcome.Done;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.registry.Sources;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.migrate.source.FolderDigest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a run leaves written down: the schema, and the files that the database is complete for.
@ParameterizedClass
@EnumSource(Release.class)
class DriftIT {
    private static final Migration ONE = Sample.sql("a.1", "CREATE TABLE t (id int)");
    private static final Migration TWO = Sample.sql("a.2", "CREATE TABLE u (id int)");

    private final Db db;

    @TempDir private Path folder;

    DriftIT(Release release) {
        db = PostgresServer.shared(release).fresh();
    }

    private Migrations of(Migration... migrations) {
        return Migrations.of(db.url()).from(List.of(migrations));
    }

    @Test
    void whatSomebodyElseChangedIsListedUntilTheNextRunTakesItOver() throws Exception {
        assertThat(of(ONE).drift().known()).isFalse();
        of(ONE).up();
        assertThat(of(ONE).drift().known()).isTrue();
        assertThat(of(ONE).drift().differences()).isEmpty();
        assertThat(of(ONE).status())
                .containsEntry("drift", List.of())
                .extractingByKey("schema")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("known", true)
                .containsKeys("then", "now", "since");
        db.run("CREATE INDEX by_hand ON t (id); ALTER TABLE t ALTER COLUMN id TYPE bigint");
        assertThat(of(ONE).drift().differences())
                .extracting(Object::toString)
                .anyMatch("~ table public.t column id type: integer -> bigint"::equals)
                .anyMatch(line -> line.startsWith("+ ") && line.contains("by_hand"));
        assertThat(of(ONE).status().get("drift").toString())
                .contains("was=integer", "is=bigint", "by_hand");
        var told = new ArrayList<String>();
        of(ONE, TWO)
                .listening(event -> {
                    if (event instanceof MigrateEvent.Drifted(var drift)) {
                        told.add(drift.differences().toString());
                    }
                })
                .up();
        assertThat(told).singleElement().asString().contains("by_hand");
        assertThat(of(ONE, TWO).drift().differences()).isEmpty();
    }

    @Test
    void afterARunThatFailedTheSchemaIsWhatItLeft() throws Exception {
        of(ONE, Sample.of("a.2").outside("CREATE TABLE u (id int); SELECT 1/0").build()).up();
        assertThat(of(ONE).drift().known()).isTrue();
        assertThat(of(ONE).drift().differences()).isEmpty();
    }

    @Test
    void aRunThatWasKilledLeavesItUnknown() throws Exception {
        of(ONE).up();
        db.run("UPDATE fairlead.migration_state SET rows = rows - 1");
        assertThat(of(ONE).drift().known()).isFalse();
        assertThat(of(ONE, TWO).up()).isInstanceOf(Done.class);
        assertThat(of(ONE, TWO).drift().known()).isTrue();
    }

    private Migrations counted(List<String> reads) {
        return Migrations.of(db.url())
                .from(
                        () -> {
                            reads.add("read");
                            return Sources.read(folder, "app", Map.of());
                        },
                        () -> FolderDigest.of(folder, "app"));
    }

    private void write(String name, String sql) throws Exception {
        Files.writeString(folder.resolve(name), "-- +goose Up\n" + sql + ";\n");
    }

    @Test
    void filesThatTheDatabaseIsCompleteForAreNotUnderstoodAgain() throws Exception {
        write("00001_a.sql", "CREATE TABLE t (id int)");
        var reads = new ArrayList<String>();
        assertThat(counted(reads).up()).isInstanceOf(Done.class);
        assertThat(reads).hasSize(1);
        assertThat(counted(reads).up()).isInstanceOf(Done.class);
        assertThat(counted(reads).ready().satisfied()).isTrue();
        assertThat(reads).hasSize(1);
        // A comment changes the bytes: they are read once more, and then known.
        write("00001_a.sql", "-- a table\nCREATE TABLE t (id int)");
        assertThat(counted(reads).up()).isInstanceOf(Done.class);
        assertThat(reads).hasSize(2);
        assertThat(counted(reads).up()).isInstanceOf(Done.class);
        assertThat(reads).hasSize(2);
        write("00002_b.sql", "CREATE TABLE u (id int)");
        assertThat(counted(reads).ready().satisfied()).isFalse();
        assertThat(counted(reads).up())
                .isInstanceOfSatisfying(Done.class, done -> assertThat(done.applied()).hasSize(1));
        reads.clear();
        assertThat(counted(reads).up()).isInstanceOf(Done.class);
        assertThat(reads).isEmpty();
        // Whatever else is written into the history ends that.
        db.run("UPDATE fairlead.migration_head SET complete = NULL");
        counted(reads).up();
        assertThat(reads).hasSize(1);
    }

    @Test
    void filesThatUseVariablesOrLeadElsewhereAreAlwaysRead() throws Exception {
        write("00001_a.sql", "CREATE TABLE t (id int)");
        assertThat(FolderDigest.of(folder, "app"))
                .isPresent()
                .isNotEqualTo(FolderDigest.of(folder, "other"));
        Files.createSymbolicLink(folder.resolve("more"), folder);
        assertThat(FolderDigest.of(folder, "app")).isEmpty();
        Files.delete(folder.resolve("more"));
        Files.writeString(
                folder.resolve("00002_b.sql"),
                "-- +goose ENVSUB ON\n-- +goose Up\nCREATE TABLE ${NAME} (id int);\n");
        assertThat(FolderDigest.of(folder, "app")).isEmpty();
    }

    @Test
    void aLargeFileCountsToItsEnd() throws Exception {
        var large = "-- +goose Up\n" + "SELECT 1;\n".repeat(20_000);
        Files.writeString(folder.resolve("00001_a.sql"), large + "SELECT 2;\n");
        var one = FolderDigest.of(folder, "app");
        Files.writeString(folder.resolve("00001_a.sql"), large + "SELECT 3;\n");
        assertThat(one).isPresent().isNotEqualTo(FolderDigest.of(folder, "app"));
        for (int before : new int[] {65_530, 65_533, 65_536, 131_066, 200_000}) {
            Files.writeString(folder.resolve("00001_a.sql"), "x".repeat(before) + "ENVSUB" + large);
            assertThat(FolderDigest.of(folder, "app")).as("%d before", before).isEmpty();
        }
    }

    @Test
    void tablesOfAnEarlierVersionAreUsedAndCompleted() throws Exception {
        of(ONE).up();
        db.run("DROP TABLE fairlead.migration_state");
        assertThat(of(ONE).ready().satisfied()).isTrue();
        assertThat(of(ONE).drift().known()).isFalse();
        assertThat(of(ONE).plan().steps()).isEmpty();
        assertThat(of(ONE, TWO).up()).isInstanceOf(Done.class);
        assertThat(of(ONE, TWO).drift().known()).isTrue();
    }
}
