package dev.fairlead.migrate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Severity;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.source.SourceFolder;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Folders with both kinds of migration, on disk and on the class path.
class SourcesTest {
    private static final String SPEC =
            "meta: { name: api.db.%s, version: 1 }\nplan: { up: [ { kind: data, script: { file: %s } } ] }\ndependencies: [ api.sql.1 ]\n";

    @TempDir private Path folder;

    private static void fill(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("scripts"));
        Files.writeString(folder.resolve("00001_a.sql"), "-- +goose Up\nSELECT 1;\n");
        Files.writeString(folder.resolve("00002_b.sql"), "-- +goose Up\nSELECT 2;\n");
        Files.writeString(
                folder.resolve("api.db.c.migration.yaml"), SPEC.formatted("c", "fill.sql"));
        Files.writeString(
                folder.resolve("d.migration.yml"), SPEC.formatted("d", "./scripts/e.sql"));
        Files.writeString(
                folder.resolve("e.migration.json"),
                "{\"meta\": {\"name\": \"api.db.e\", \"version\": 1}, \"plan\": {\"up\": [{\"kind\": \"validation\", \"assertion\": \"true\"}]}}");
        Files.writeString(folder.resolve("fill.sql"), "UPDATE a SET b = 1;");
        Files.writeString(folder.resolve("scripts/e.sql"), "UPDATE a SET b = 2;");
        Files.writeString(folder.resolve("README.md"), "read me");
    }

    private static List<String> ids(List<Migration> migrations) {
        return migrations.stream().map(Migration::id).toList();
    }

    @Test
    @Covers({"SPEC-04", "SPEC-08"})
    void bothKindsAreReadFromOneFolder() throws IOException {
        fill(folder);
        var migrations = Sources.read(folder, "api", Map.of());
        assertThat(ids(migrations))
                .containsExactly(
                        "api.db.c@1.0.0",
                        "api.db.d@1.0.0",
                        "api.db.e@1.0.0",
                        "api.sql.1@1.0.0",
                        "api.sql.2@1.0.0");
        assertThat(ids(Order.of(Registry.of(migrations)).migrations()))
                .containsExactly(
                        "api.db.e@1.0.0",
                        "api.sql.1@1.0.0",
                        "api.db.c@1.0.0",
                        "api.db.d@1.0.0",
                        "api.sql.2@1.0.0");
    }

    @Test
    void aFolderOfTheClassPathIsReadFromAJarAndFromDisk() throws IOException {
        var jar = folder.resolve("a b.jar");
        try (var files =
                FileSystems.newFileSystem(
                        URI.create("jar:" + jar.toUri()), Map.of("create", "true"))) {
            fill(files.getPath("/db/migrations"));
        }
        var disk = folder.resolve("classes/db/migrations");
        fill(disk);
        for (var root : List.of(jar, folder.resolve("classes"))) {
            try (var loader = new URLClassLoader(new URL[] {root.toUri().toURL()}, null)) {
                for (int twice = 0; twice < 2; twice++) {
                    var migrations = Sources.read(loader, "db/migrations", "api", Map.of());
                    assertThat(migrations).hasSize(5);
                    assertThat(migrations.getFirst().place())
                            .hasToString("db/migrations/api.db.c.migration.yaml:1:15");
                }
                assertThatThrownBy(() -> Sources.read(loader, "db/none", "api", Map.of()))
                        .hasMessageContaining("MIGRATIONS_NOT_FOUND")
                        .hasMessageContaining("db/none");
            }
        }
    }

    @Test
    void aProgramCannotBeRunFromAJar() throws IOException {
        var jar = folder.resolve("x.jar");
        try (var files =
                FileSystems.newFileSystem(
                        URI.create("jar:" + jar.toUri()), Map.of("create", "true"))) {
            var root = Files.createDirectories(files.getPath("/m"));
            Files.writeString(
                    root.resolve("a.migration.yaml"),
                    "meta: { name: a, version: 1 }\nplan: { up: [ { kind: data, script: { exec: [ psql ] } } ] }\n");
            var problems = new Problems();
            assertThat(Sources.read(new SourceFolder(root, "m"), "api", Map.of(), problems))
                    .isEmpty();
            assertThat(problems.list())
                    .singleElement()
                    .asString()
                    .contains("m/a.migration.yaml:2:", "only from a folder on disk");
        }
    }

    @Test
    @Covers("DEP-04")
    void theProblemsOfAllFilesComeTogether() throws IOException {
        fill(folder);
        Files.writeString(folder.resolve("00003_x.sql"), "SELECT 1");
        Files.writeString(folder.resolve("f.migration.yaml"), "meta: {}\n");
        Files.write(folder.resolve("g.migration.yaml"), new byte[] {(byte) 0xFF});
        assertThatThrownBy(() -> Sources.read(folder, "api", Map.of()))
                .hasMessageContaining("00003_x.sql:1:1 GOOSE_ORDER")
                .hasMessageContaining("f.migration.yaml:1:7 SPEC_NAME")
                .hasMessageContaining("g.migration.yaml:1:1 FILE_UNREADABLE");
    }

    @Test
    void aFolderWithoutMigrationsIsWarnedOf() {
        var problems = new Problems();
        assertThat(Sources.read(new SourceFolder(folder, "m"), "api", Map.of(), problems))
                .isEmpty();
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.severity()).isEqualTo(Severity.WARNING);
                    assertThat(problem.what()).isEqualTo("no migration files found");
                });
        assertThatThrownBy(() -> Sources.read(folder.resolve("none"), "api", Map.of()))
                .hasMessageContaining("none directory does not exist");
    }
}
