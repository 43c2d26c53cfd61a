package dev.fairlead.migrate.goose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Severity;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.source.SourceFolder;
import dev.fairlead.migrate.sql.SqlText;
import dev.fairlead.migrate.sql.Statement;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder of goose files.
class GooseFolderTest {
    @TempDir private Path folder;

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private List<Migration> read(Problems problems) {
        return GooseFolder.read(
                new SourceFolder(folder, "migrations"),
                "api",
                Map.of("V", "7"),
                Set.of(),
                problems);
    }

    private List<Migration> read() {
        var problems = new Problems();
        var migrations = read(problems);
        assertThat(problems.list()).isEmpty();
        return migrations;
    }

    private static SqlText sql(List<Step> steps) {
        assertThat(steps).hasSize(1);
        return ((Step.Schema) steps.getFirst()).sql();
    }

    @Test
    @Covers({"MIG-03", "SPEC-04"})
    void aFileIsAMigrationNamedByItsUnitAndNumber() throws IOException {
        file("00010_ten.sql", "-- +goose Up\nSELECT 10;\n");
        file(
                "00009_nine.sql",
                "-- +goose Up\nCREATE TABLE a (id int);\nSELECT 9;\n-- +goose Down\nDROP TABLE a;\n");
        var migrations = read();
        assertThat(migrations)
                .extracting(Migration::id)
                .containsExactly("api.sql.9@1.0.0", "api.sql.10@1.0.0");
        var nine = migrations.getFirst();
        assertThat(nine.number()).hasValue(9);
        assertThat(nine.meta().title()).contains("nine");
        assertThat(nine.place()).hasToString("migrations/00009_nine.sql:1:1");
        assertThat(sql(nine.up()).statements())
                .extracting(Statement::text)
                .containsExactly("CREATE TABLE a (id int)", "SELECT 9");
        assertThat(sql(nine.down()).statements())
                .extracting(Statement::text)
                .containsExactly("DROP TABLE a");
        assertThat(((Step.Schema) nine.up().getFirst()).transactional()).isTrue();
        assertThat(migrations.get(1).down()).isEmpty();
    }

    @Test
    void noTransactionIsKept() throws IOException {
        file(
                "1_x.sql",
                "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY i ON a (b);\n");
        assertThat(((Step.Schema) read().getFirst().up().getFirst()).transactional()).isFalse();
    }

    @Test
    void whatGooseSendsAsOneIsOneQueryOfSeveralStatements() throws IOException {
        file(
                "1_x.sql",
                "-- +goose Up\nSELECT 1; SELECT 2; -- both\n\n-- +goose StatementBegin\n/* c */ SELECT 3;\nSELECT ';'\n-- +goose StatementEnd\nSELECT 4;\n");
        var sql = sql(read().getFirst().up());
        assertThat(sql.queries())
                .extracting(SqlText.Query::text)
                .containsExactly(
                        "SELECT 1; SELECT 2; -- both",
                        "/* c */ SELECT 3;\nSELECT ';'",
                        "SELECT 4;");
        assertThat(sql.queries())
                .extracting(query -> query.statements().size())
                .containsExactly(2, 2, 1);
        assertThat(sql.statements())
                .extracting(Statement::text)
                .containsExactly("SELECT 1", "SELECT 2", "SELECT 3", "SELECT ';'", "SELECT 4");
        assertThat(sql.statements())
                .extracting(statement -> statement.place().toString())
                .containsExactly(
                        "migrations/1_x.sql:2:1",
                        "migrations/1_x.sql:2:11",
                        "migrations/1_x.sql:5:9",
                        "migrations/1_x.sql:6:1",
                        "migrations/1_x.sql:8:1");
    }

    @Test
    void placesHoldWhereTheTextSentIsNotThatOfTheFile() throws IOException {
        file(
                "1_x.sql",
                "-- +goose Up\r\n-- +goose ENVSUB ON\r\nSELECT\r\n  1;\r\n\r\nSELECT '${V}';\r\nSELECT 2;\r\n");
        var sql = sql(read().getFirst().up());
        assertThat(sql.statements())
                .extracting(Statement::text)
                .containsExactly("SELECT\n  1", "SELECT '7'", "SELECT 2");
        assertThat(sql.statements())
                .extracting(statement -> statement.place().line())
                .containsExactly(3, 6, 7);
        assertThat(sql.queries()).extracting(SqlText.Query::text).contains("SELECT '7';");
        for (var statement : sql.statements()) {
            for (var token : statement.tokens()) {
                assertThat(statement.source().text().substring(token.start(), token.end()))
                        .containsIgnoringCase(token.value());
            }
        }
    }

    @Test
    void aFileWithoutStatementsIsAMigrationThatDoesNothing() throws IOException {
        file("1_x.sql", "-- +goose Up\n-- later\n");
        assertThat(read().getFirst().up()).isEmpty();
    }

    @Test
    @Covers("DEP-04")
    void everyProblemOfEveryFileIsReported() throws IOException {
        file("1_a.sql", "SELECT 1;\n");
        file("2_b.sql", "-- +goose Up\nSELECT 'open;\n");
        file("3_c.sql", "-- +goose Up\nSELECT 1;\n-- +goose Stop\n");
        file("03_d.sql", "-- +goose Up\n");
        file("x.sql", "");
        file("4_e.go", "package x");
        Files.write(
                folder.resolve("5_f.sql"),
                "-- +goose Up\nSELECT 'ä';".getBytes(StandardCharsets.ISO_8859_1));
        var problems = new Problems();
        read(problems);
        assertThat(problems.list())
                .extracting(problem -> problem.place().orElseThrow() + " " + problem.code().name())
                .containsExactly(
                        "migrations/1_a.sql:1:1 GOOSE_ORDER",
                        "migrations/2_b.sql:2:8 SQL_UNTERMINATED_STRING",
                        "migrations/3_c.sql:1:1 GOOSE_DUPLICATE",
                        "migrations/4_e.go:1:1 GOOSE_GO_MIGRATION",
                        "migrations/5_f.sql:1:1 FILE_UNREADABLE",
                        "migrations/x.sql:1:1 GOOSE_FILE_NAME");
    }

    @Test
    void aDownThatCannotBeReadIsNoWayBackAndNoObstacle() throws IOException {
        file("1_a.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\nDROP TABLE a\n");
        file("2_b.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 'open;\n");
        var problems = new Problems();
        var migrations = read(problems);
        assertThat(migrations).hasSize(2).allMatch(migration -> migration.down().isEmpty());
        assertThat(problems.list())
                .allMatch(problem -> problem.severity() == Severity.WARNING)
                .extracting(Problem::code)
                .containsOnly(GooseCode.GOOSE_NO_WAY_BACK)
                .hasSize(2);
    }

    @Test
    void aSecretThatWasPutInIsInNoProblem() throws IOException {
        file("1_a.sql", "-- +goose Up\n-- +goose ENVSUB ON\nSELECT '${V}', 'open;\n");
        var problems = new Problems();
        read(problems);
        var place = problems.list().getFirst().place().orElseThrow();
        assertThat(place.source().line(place.line())).isEqualTo("SELECT '${V}', 'open;");
    }

    @Test
    void aFolderThatIsNotThereIsSaidAsGooseSaysIt() {
        assertThatThrownBy(() -> GooseFolder.read(Path.of("no/such"), "api", Map.of()))
                .hasMessageContaining("no/such directory does not exist");
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsRefused(@TempDir Path elsewhere) throws IOException {
        var outside = Files.writeString(elsewhere.resolve("x.sql"), "-- +goose Up\nSELECT 1;\n");
        Files.createSymbolicLink(folder.resolve("1_x.sql"), outside);
        var inside = Files.createDirectory(folder.resolve("..data"));
        Files.writeString(inside.resolve("2_x.sql"), "-- +goose Up\nSELECT 1;\n");
        Files.createSymbolicLink(folder.resolve("2_x.sql"), Path.of("..data/2_x.sql"));
        var problems = new Problems();
        assertThat(read(problems)).extracting(Migration::id).containsExactly("api.sql.2@1.0.0");
        assertThat(problems.list())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.code().name()).isEqualTo("OUTSIDE_FOLDER"));
    }
}
