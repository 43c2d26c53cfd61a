package dev.fairlead.migrate.lint.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.migrate.goose.GooseFolder;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.migrate.store.Database;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which ways back are broken, and only those.
class DownProofIT {
    private static final String[] FILES = {
        "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n-- +goose Down\nDROP TABLE users;\n",
        // leaves the index's table, but not the index
        "CREATE INDEX users_name ON users (name);\nCREATE TYPE mood AS ENUM ('a');\n-- +goose Down\nDROP INDEX users_name;\n",
        "ALTER TABLE users ADD mail text;\n-- +goose Down\nALTER TABLE users DROP mail;\n",
        // fails
        "CREATE TABLE orders (id bigint);\n-- +goose Down\nDROP TABLE purchases;\n",
        // undoes what it did not do
        "CREATE VIEW v AS SELECT 1 AS a;\n-- +goose Down\nDROP VIEW v;\nDROP TABLE orders;\n",
        "ALTER TABLE users ALTER name SET NOT NULL;\n-- +goose Down\nALTER TABLE users ALTER name DROP NOT NULL;\n",
        "CREATE TABLE last (id bigint);\n",
        // up a second time differs
        "DO $$ BEGIN IF to_regclass('seen') IS NULL THEN CREATE SEQUENCE fairlead.seen; CREATE TABLE once (a int);"
                + " ELSE CREATE TABLE once (a text); END IF; END $$;\n"
                + "-- +goose Down\nDROP TABLE once;\n",
    };

    private static List<Migration> read(Path folder, String... files) throws IOException {
        for (int i = 0; i < files.length; i++) {
            Files.writeString(
                    folder.resolve("%04d_step.sql".formatted(i + 1)), "-- +goose Up\n" + files[i]);
        }
        return GooseFolder.read(folder, "shop", Map.of());
    }

    private static List<Verdict> prove(Db db, List<Migration> migrations)
            throws InterruptedException {
        return DownProof.prove(migrations, Database.of(db.url()), "proof_" + db.name(), _ -> {});
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    @Covers("SPEC-07")
    void exactlyTheBrokenOnesAreReported(Release release, @TempDir Path folder) throws Exception {
        var db = PostgresServer.shared(release).fresh();
        var files = FILES.clone();
        files[7] = files[7].replace("to_regclass('seen')", "to_regclass('fairlead.seen')");
        var verdicts = prove(db, read(folder, files));
        assertThat(verdicts)
                .extracting(verdict -> verdict.getClass().getSimpleName())
                .containsExactly(
                        "Proved",
                        "NotUndone",
                        "Proved",
                        "Fails",
                        "NotUndone",
                        "Proved",
                        "NoWayBack",
                        "NotRepeatable");
        assertThat(((Verdict.NotUndone) verdicts.get(1)).differences())
                .extracting(Object::toString)
                .containsExactly("+ type public.mood");
        assertThat(((Verdict.NotUndone) verdicts.get(4)).differences())
                .extracting(Object::toString)
                .containsExactly("- table public.orders", "- table public.orders column id");
        assertThat(((Verdict.Fails) verdicts.get(3)).problems().getFirst().what())
                .contains("purchases");
        assertThat(((Verdict.NotRepeatable) verdicts.get(7)).differences())
                .extracting(Object::toString)
                .containsExactly("~ table public.once column a type: integer -> text");
        assertThat(verdicts.stream().filter(Verdict::broken)).hasSize(4);
        assertThat(verdicts.stream().flatMap(one -> WaysBack.finding(one).stream()))
                .extracting(finding -> finding.place() + " " + finding.what())
                .hasSize(4)
                .anySatisfy(line ->
                        assertThat(line)
                                .contains("0002_step.sql:5:1")
                                .endsWith(
                                        "down leaves another schema than there was before up: + type public.mood"));
        assertThat(db.rows("SELECT datname FROM pg_database WHERE datname LIKE 'proof_%'"))
                .as("the scratch database is gone")
                .isEmpty();
        assertThat(db.rows("SELECT nspname FROM pg_namespace WHERE nspname = 'fairlead'"))
                .as("nothing was done to the database that was named")
                .isEmpty();
    }

    @Test
    void behindAnUpThatDoesNotRunNothingIsTried(@TempDir Path folder) throws Exception {
        var db = PostgresServer.shared(Release.SYSTEM).fresh();
        var verdicts =
                prove(
                        db,
                        read(
                                folder,
                                "CREATE TABLE a (b int);\n-- +goose Down\nDROP TABLE a;\n",
                                "ALTER TABLE nowhere ADD b int;\n-- +goose Down\nSELECT 1;\n",
                                "CREATE TABLE c (b int);\n-- +goose Down\nSELECT 1;\n"));
        assertThat(verdicts)
                .extracting(verdict -> verdict.getClass().getSimpleName())
                .containsExactly("Proved", "NotTried", "NotTried");
        assertThat(((Verdict.NotTried) verdicts.get(1)).problems()).isNotEmpty();
        assertThat(((Verdict.NotTried) verdicts.get(2)).problems()).isEmpty();
    }

    @Test
    void aServerThatRefusesTheScratchDatabaseIsNamed(@TempDir Path folder) throws Exception {
        var db = PostgresServer.shared(Release.SYSTEM).fresh();
        var migrations = read(folder, "CREATE TABLE a (b int);\n");
        assertThatThrownBy(() ->
                        DownProof.prove(migrations, Database.of(db.url()), db.name(), _ -> {}))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("already exists");
        assertThat(db.value("SELECT 1")).as("and the one of that name stays").isEqualTo("1");
    }
}
