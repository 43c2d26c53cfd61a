package dev.fairlead.migrate.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.registry.Sources;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Drafts of migrations.
class DraftTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2025-01-02T23:04:05Z"), ZoneId.of("Asia/Tokyo"));

    @TempDir private Path folder;

    private String created(Draft.Type type, String name) {
        var file = new Draft(folder, CLOCK).create(type, name, "api");
        assertThat(file).isRegularFile();
        return file.getFileName().toString();
    }

    private void there(String... names) throws IOException {
        for (var name : names) {
            Files.writeString(folder.resolve(name), "-- +goose Up\n");
        }
    }

    @Test
    @Covers("SPEC-10")
    void theFirstGooseFileIsNumberedByTheMomentInUtc() {
        assertThat(created(Draft.Type.GOOSE, "Add users!"))
                .isEqualTo("20250102230405_add_users.sql");
    }

    @ParameterizedTest
    @CsvSource({
        "00009_a.sql, 00010_x.sql",
        "1_a.sql, 2_x.sql",
        "099_a.sql, 100_x.sql",
        "00007_a.go, 00008_x.sql",
        "20240101000000_a.sql, 20250102230405_x.sql",
        "20250102230405_a.sql, 20250102230406_x.sql",
        "20991231235959_a.sql, 21000101000000_x.sql",
        "20249999000000_a.sql, 20249999000001_x.sql",
        "notes.sql, 20250102230405_x.sql",
    })
    @Covers("SPEC-10")
    void theNumberGoesOnFromThoseThatAreThere(String there, String next) throws IOException {
        there(there);
        assertThat(created(Draft.Type.GOOSE, "x")).isEqualTo(next);
    }

    @Test
    void whereBothSortsOfNumberAreThereTheMomentIsHigher() throws IOException {
        there("00001_a.sql", "20240101000000_b.sql");
        assertThat(created(Draft.Type.GOOSE, "x")).isEqualTo("20250102230405_x.sql");
    }

    @Test
    @Covers("SPEC-10")
    void aSpecIsNamedByItsSegmentsAndTheDay() {
        assertThat(created(Draft.Type.SPEC, "core.db.add_users"))
                .isEqualTo("core.db.2025_01_02_add_users.migration.yaml");
        assertThat(created(Draft.Type.SPEC, "core.db.2024_12_Old"))
                .isEqualTo("core.db.2024_12_old.migration.yaml");
        assertThat(created(Draft.Type.SPEC, "more"))
                .isEqualTo("core.db.2025_01_02_more.migration.yaml");
    }

    @Test
    void theFirstSpecTakesTheUnitsName() {
        assertThat(created(Draft.Type.SPEC, "Add users"))
                .isEqualTo("api.db.2025_01_02_add_users.migration.yaml");
    }

    @Test
    @Covers("SPEC-10")
    void draftsAreMigrationsThatLoad() {
        created(Draft.Type.GOOSE, "a");
        created(Draft.Type.GOOSE, "b");
        created(Draft.Type.SPEC, "core.db.null");
        assertThat(Sources.read(folder, "api", Map.of()))
                .extracting(Migration::id)
                .containsExactly(
                        "core.db.2025_01_02_null@1.0.0",
                        "api.sql.20250102230405@1.0.0",
                        "api.sql.20250102230406@1.0.0")
                .doesNotHaveDuplicates();
        assertThat(Sources.read(folder, "api", Map.of()))
                .allMatch(migration -> migration.up().size() == 1 && migration.down().size() == 1);
    }

    @Test
    @Covers("SPEC-10")
    void nothingIsWrittenOverAFile() throws IOException {
        var file = folder.resolve("core.db.2025_01_02_x.migration.yaml");
        Files.writeString(file, "mine");
        assertThatThrownBy(() -> created(Draft.Type.SPEC, "core.db.x"))
                .hasMessageContaining("CREATE_EXISTS");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aNameThatSaysNothingIsRefused() {
        for (var name : new String[] {"", "!!!", "a/../b.x", "core..x", "core.db."}) {
            assertThatThrownBy(() -> created(Draft.Type.SPEC, name))
                    .as(name)
                    .hasMessageContaining("CREATE_NAME");
        }
        assertThatThrownBy(() -> created(Draft.Type.GOOSE, "__"))
                .hasMessageContaining("CREATE_NAME");
        assertThat(created(Draft.Type.GOOSE, "../x")).isEqualTo("20250102230405_x.sql");
    }

    @Test
    void theFolderIsMadeWhenItIsNotThere() {
        var file = new Draft(folder.resolve("a/b"), CLOCK).create(Draft.Type.GOOSE, "x", "api");
        assertThat(file).isRegularFile().hasParent(folder.resolve("a/b"));
    }
}
