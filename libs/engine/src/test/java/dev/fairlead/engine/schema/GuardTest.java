package dev.fairlead.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.engine.EngineCode;
import dev.fairlead.migrate.history.Approval;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.lint.LiveFacts;
import dev.fairlead.migrate.plan.Goal;
import dev.fairlead.migrate.plan.Planner;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
    private static final LiveFacts LARGE =
            new LiveFacts(
                    180_000,
                    Map.of(
                            "public.users",
                            new LiveFacts.Table(5_000_000, 1L << 30),
                            "public.tags",
                            new LiveFacts.Table(12, 8_192)));

    @TempDir Path folder;

    private Guard guard(LiveFacts live, String sql, Approval... approvals) throws IOException {
        Files.writeString(folder.resolve("0001_a.sql"), "-- +goose Up\n" + sql);
        var files = new MigrationFiles(Map.of()).of(folder, "shop");
        var history =
                new History(
                        "id",
                        "shop",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(approvals),
                        new TreeMap<>());
        return Guard.of(Planner.up(files, history, Goal.ALL, false), files, live, history);
    }

    private static List<String> lines(List<Problem> problems) {
        return problems.stream()
                .map(one ->
                        one.code().name()
                                + " "
                                + one.place().orElseThrow().line()
                                + " "
                                + one.what())
                .toList();
    }

    @Test
    @Covers("DEP-05")
    void theSizesOfTheDatabaseDecideWhatIsAnError() throws IOException {
        var sql = "CREATE INDEX u ON users (id);\nCREATE INDEX t ON tags (id);\n";
        assertThat(lines(guard(LARGE, sql).refused()))
                .containsExactly(
                        "MIGRATION_REFUSED 2 require-concurrent-index-creation: nobody can write to users while index u is built (5,000,000 rows, 1.0 GiB)");
        assertThat(guard(LARGE, sql).plan().steps().getFirst().findings())
                .as("the small one is a warning in the plan")
                .filteredOn(finding -> finding.rule().equals("require-concurrent-index-creation"))
                .hasSize(2);
        assertThat(guard(LiveFacts.EMPTY, sql).refused()).isEmpty();
    }

    @Test
    void whatTakesAwayIsKnownApart() throws IOException {
        var sql =
                "ALTER TABLE users RENAME COLUMN mail TO email;\nALTER TABLE users ADD CHECK (id > 0) NOT VALID;\nDROP TABLE tags;\nDROP TABLE nowhere;\n";
        assertThat(lines(guard(LARGE, sql).contracts()))
                .containsExactly(
                        "CONTRACT_TOO_EARLY 2 column users.mail is renamed",
                        "CONTRACT_TOO_EARLY 4 table tags is dropped");
    }

    @Test
    @Covers("SPEC-06")
    void anApprovalOfExactlyThisPlanLetsItPass() throws IOException {
        var sql = "DROP TABLE users;\n";
        var open = guard(LARGE, sql);
        assertThat(open.refused())
                .hasSize(1)
                .allMatch(one -> one.code() == EngineCode.MIGRATION_REFUSED);
        assertThat(open.contracts()).hasSize(1);
        var hash = open.plan().hash();
        var database = open.plan().database();
        var passed = guard(LARGE, sql, approval(hash, database));
        assertThat(passed.refused()).isEmpty();
        assertThat(passed.contracts()).isEmpty();
        assertThat(guard(LARGE, sql, approval(hash, "another")).refused()).hasSize(1);
        assertThat(guard(LARGE, sql, approval("another", database)).refused()).hasSize(1);
    }

    private static Approval approval(String plan, String database) {
        return new Approval(
                Approval.Kind.PLAN,
                plan,
                database,
                "Ada",
                Instant.parse("2026-11-21T10:00:00Z"),
                "");
    }
}
