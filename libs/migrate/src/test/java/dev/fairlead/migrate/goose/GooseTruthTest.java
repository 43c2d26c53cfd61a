package dev.fairlead.migrate.goose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The parser against the real goose, which runs the same files against a driver that writes down what is sent.
class GooseTruthTest {
    private static final int CASES = 100_000;
    private static final List<String> PIECES =
            List.of(
                    "-- +goose Up\n",
                    "-- +goose Down\n",
                    "-- +goose StatementBegin\n",
                    "-- +goose StatementEnd\n",
                    "-- +goose NO TRANSACTION\n",
                    "-- +goose ENVSUB ON\n",
                    "-- +goose ENVSUB OFF\n",
                    "--+gooseUP\n",
                    " -- +goose Up\n",
                    "-- +goose\n",
                    "-- +goose nothing\n",
                    "-- a comment;\n",
                    "\n",
                    "  \t\n",
                    "\r\n",
                    "SELECT 1;\n",
                    "SELECT 1; SELECT 2; -- both\n",
                    "SELECT 1\n",
                    "SELECT 'a\n",
                    "b;';\r\n",
                    "SELECT $NAME, ${NAME}, ${NAME:-x}, ${ABSENT-y};\n",
                    "${ABSENT?needed};\n",
                    "${NAME:1:2}${UNICODE:-3}${NAME: -2};\n",
                    "$$ \\$ \\\\ $( $",
                    "${",
                    "}",
                    ":",
                    "\u00a0;\n",
                    "\ufeff",
                    "\u2028",
                    "ä€😀;\n",
                    ";",
                    "--",
                    "+goose",
                    " ");

    @TempDir private static Path folder;
    private static @org.jspecify.annotations.Nullable RealGoose started;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        started = RealGoose.start(folder);
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
    }

    private static RealGoose goose() {
        return java.util.Objects.requireNonNull(started);
    }

    @Test
    void theGoldensAreWhatTheRealGooseSays(@TempDir Path copies) throws Exception {
        for (var file : sorted(GooseParserTest.CASES, ".sql")) {
            Files.copy(file, copies.resolve(file.getFileName().toString()));
        }
        goose().goldens(copies);
        for (var golden : sorted(copies, ".golden")) {
            var committed = GooseParserTest.CASES.resolve(golden.getFileName().toString());
            if (Boolean.getBoolean("regenerate")) {
                Files.copy(golden, committed, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            assertThat(golden).hasSameTextualContentAs(committed);
        }
    }

    /// goose's own test data: the statements and errors are those that its own tests ask for, too.
    @Test
    @Covers("MIG-03")
    void gooseOwnTestDataGivesTheSame() throws Exception {
        var data = RealGoose.module().resolve("internal/sqlparser/testdata");
        var env =
                Map.of(
                        "GOOSE_ENV_REGION", "us_east_",
                        "GOOSE_ENV_SET_BUT_EMPTY_VALUE", "",
                        "GOOSE_ENV_NAME", "foo");
        int statements = 0;
        int refused = 0;
        for (var file : sorted(data, ".sql")) {
            if (file.toString().endsWith(".golden.sql")) {
                continue;
            }
            var sql = Files.readString(file);
            var outcome = Outcome.of(sql, env);
            assertThat(outcome.agreesWith(goose().parse(sql, env))).as(file.toString()).isTrue();
            statements += goldens(file, "up", outcome.up()) + goldens(file, "down", outcome.down());
            refused += outcome.errors().size();
        }
        assertThat(statements).isGreaterThan(25);
        assertThat(refused).isGreaterThanOrEqualTo(4);
    }

    /// Compares with the golden files beside a file of goose's test data.
    ///
    /// @return how many there are
    private static int goldens(Path file, String direction, List<String> statements)
            throws IOException {
        int count = 0;
        for (var golden : sorted(file.resolveSibling(""), "." + direction + ".golden.sql")) {
            int index = Integer.parseInt(golden.getFileName().toString().substring(0, 2)) - 1;
            assertThat(statements.get(index))
                    .as(golden.toString())
                    .isEqualTo(Files.readString(golden));
            count++;
        }
        return count;
    }

    private static List<Path> sorted(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }

    @Test
    @Covers("MIG-03")
    void randomFilesGiveTheSame() throws IOException {
        var random = Seeds.generator("GooseTruthTest");
        int accepted = 0;
        for (int i = 0; i < Scale.of(CASES); i++) {
            var sql = random(random);
            var outcome = Outcome.of(sql, Outcome.ENV);
            var goose = goose().parse(sql, Outcome.ENV);
            assertThat(outcome.agreesWith(goose))
                    .as("%s%nours:  %s%ngoose: %s", sql, outcome, goose)
                    .isTrue();
            accepted += outcome.errors().isEmpty() ? 1 : 0;
        }
        assertThat(accepted).isPositive();
    }

    private static String random(RandomGenerator random) {
        var sql = new StringBuilder(random.nextInt(10) == 0 ? "" : "-- +goose Up\n");
        if (random.nextInt(3) == 0) {
            sql.append("-- +goose ENVSUB ON\n");
        }
        for (int i = random.nextInt(12); i > 0; i--) {
            sql.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        for (int i = random.nextInt(4) - 2; i > 0 && !sql.isEmpty(); i--) {
            int at = random.nextInt(sql.length());
            if (!Character.isSurrogate(sql.charAt(at))) {
                sql.deleteCharAt(at);
            }
        }
        return sql.toString();
    }

    @Test
    void theNamesOfFilesAreJudgedAsGooseJudgesThem(@TempDir Path empty) throws Exception {
        var folders =
                List.of(
                        List.of("00001_a.sql", "2_b.sql", "+3_c.sql", "README.md", "helper.go"),
                        List.of("001_foo.sql", "01_bar.sql"),
                        List.of("1_a.sql", "x.sql"),
                        List.of("1_a.sql", "x_a.sql"),
                        List.of("0_a.sql", "1_a.sql"),
                        List.of("-1_a.sql", "1_a.sql"),
                        List.of("1_a.sql", "99999999999999999999_a.sql"),
                        List.of("1_a.sql", "2_b.go", "3_c.go", "4_d_test.go"),
                        List.of("1_a.sql", "1_b.go"),
                        List.of("1_a.sql", "１_a.sql"));
        for (var names : folders) {
            var wanted = goose().collect(names);
            var said = new ArrayList<String>();
            var root = Files.createTempDirectory(empty, "names");
            for (var name : names) {
                Files.writeString(root.resolve(name), "-- +goose Up\nSELECT 1;\n");
            }
            try {
                assertThat(GooseFolder.read(root, "api", Map.of())).isNotEmpty();
            } catch (dev.fairlead.diagnostic.ProblemException e) {
                e.problems().forEach(problem -> said.add(problem.what()));
            }
            if (wanted.isEmpty()) {
                assertThat(said).as(names.toString()).isEmpty();
            } else {
                assertThat(said)
                        .as(names.toString())
                        .anyMatch(what -> wanted.replaceFirst("^error: ", "").startsWith(what));
            }
        }
    }
}
