package dev.fairlead.migrate.goose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.goose.GooseParser.Direction;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// goose's parser: the committed goldens are what the real goose says ({@link GooseTruthTest} holds that).
class GooseParserTest {
    static final Path CASES =
            Repository.root()
                    .resolve("libs/migrate/src/test/resources/dev/fairlead/migrate/goose/cases");

    @TestFactory
    @Covers("MIG-03")
    Stream<DynamicTest> sendsAndRefusesAsGooseDoes() throws IOException {
        try (var files = Files.list(CASES)) {
            return files
                    .filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .map(file ->
                            DynamicTest.dynamicTest(
                                    file.getFileName().toString(), () -> holdsItsGolden(file)))
                    .toList()
                    .stream();
        }
    }

    private static void holdsItsGolden(Path file) throws IOException {
        var golden =
                Files.readString(
                        file.resolveSibling(
                                file.getFileName().toString().replace(".sql", ".golden")));
        var outcome = Outcome.of(Files.readString(file), Outcome.ENV);
        var wanted = Outcome.of(golden);
        if (wanted.errors().isEmpty()) {
            assertThat(outcome).isEqualTo(wanted);
        } else {
            assertThat(outcome.errors()).containsAll(wanted.errors());
        }
    }

    private static Problem refusal(String sql) {
        var thrown =
                org.assertj.core.api.Assertions.catchThrowableOfType(
                        ProblemException.class,
                        () ->
                                GooseParser.parse(
                                        new Source("m/1_x.sql", sql), Direction.UP, Map.of()));
        return thrown.problems().getFirst();
    }

    @Test
    void anUnfinishedStatementIsShownWhereItBegins() {
        var problem = refusal("-- +goose Up\nSELECT 1;\n\n  SELECT 2\n  , 3\n-- +goose Down\n");
        assertThat(problem.code()).isEqualTo(GooseCode.GOOSE_UNFINISHED);
        assertThat(problem.place().orElseThrow()).hasToString("m/1_x.sql:4:3");
        assertThat(problem.advice()).contains("semicolon").contains("StatementBegin");
    }

    @Test
    void aMisspeltAnnotationNamesTheNearest() {
        var problem = refusal("-- +goose Up\n-- +goose StatmentBegin\n");
        assertThat(problem.code()).isEqualTo(GooseCode.GOOSE_ANNOTATION);
        assertThat(problem.place().orElseThrow()).hasToString("m/1_x.sql:2:1");
        assertThat(problem.hint()).contains("did you mean \"StatementBegin\"?");
    }

    @Test
    void annotationsOutOfOrderSayWhatToDo() {
        assertThat(refusal("SELECT 1;\n").hint()).contains("begin the file with -- +goose Up");
        assertThat(refusal("\uFEFF-- +goose Up\n").hint().orElseThrow())
                .contains("byte order mark");
        assertThat(refusal("-- +goose Down\n").hint())
                .contains("put -- +goose Up before -- +goose Down");
        assertThat(refusal("-- +goose Up\n-- +goose StatementBegin\n-- +goose Down\n").hint())
                .contains("put -- +goose StatementEnd before -- +goose Down");
        assertThat(refusal("-- +goose Up\n-- +goose StatementBegin\n").code())
                .isEqualTo(GooseCode.GOOSE_UNFINISHED);
    }

    @Test
    void aVariableThatIsAskedForAndNotSetIsAnError() {
        var problem = refusal("-- +goose Up\n-- +goose ENVSUB ON\nSELECT 1,\n ${A?set it to x};\n");
        assertThat(problem.code()).isEqualTo(GooseCode.GOOSE_SUBSTITUTION);
        assertThat(problem.what())
                .isEqualTo("variable substitution failed: $A: set it to x:\n ${A?set it to x};");
        assertThat(problem.place().orElseThrow()).hasToString("m/1_x.sql:4:1");
    }

    @Test
    void aLineOfFourMebibytesIsTooLongForGoose() {
        var head = "-- +goose Up\nSELECT '";
        var longest = "a".repeat(4 * 1024 * 1024 - 1 - "SELECT '';".length());
        assertThat(
                        GooseParser.parse(
                                        new Source("1_x.sql", head + longest + "';\n"),
                                        Direction.UP,
                                        Map.of())
                                .statements())
                .hasSize(1);
        var problem = refusal(head + longest + "a';\n");
        assertThat(problem.code()).isEqualTo(GooseCode.GOOSE_LINE_TOO_LONG);
        assertThat(problem.what())
                .isEqualTo("failed to scan migration: bufio.Scanner: token too long");
    }

    @Test
    void aLineThatGooseDropsIsWarnedOf() {
        var parsed =
                GooseParser.parse(
                        new Source(
                                "1_x.sql",
                                "-- +goose Up\n-- +goose StatementBegin\n-- +goose StatementEnd\nDROP TABLE a;\n"),
                        Direction.UP,
                        Map.of());
        assertThat(parsed.statements()).extracting(GooseStatement::text).containsExactly("");
        assertThat(parsed.warnings())
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.code()).isEqualTo(GooseCode.GOOSE_LOST_LINE);
                    assertThat(warning.place().orElseThrow()).hasToString("1_x.sql:4:1");
                    assertThat(warning.what()).contains("DROP TABLE a;");
                });
    }

    @Test
    void onlyTheMapGivesVariables() {
        assertThatThrownBy(() ->
                        GooseParser.parse(
                                new Source(
                                        "1_x.sql",
                                        "-- +goose ENVSUB ON\n-- +goose Up\nSELECT '${PATH?x}';\n"),
                                Direction.UP,
                                Map.of()))
                .hasMessageContaining("$PATH: x");
    }
}
