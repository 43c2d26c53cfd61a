package dev.fairlead.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.history.Approval;
import dev.fairlead.migrate.history.Entry;
import dev.fairlead.migrate.history.Entry.Direction;
import dev.fairlead.migrate.history.Entry.Outcome;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.plan.Goal;
import dev.fairlead.migrate.plan.Planner;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyTest {
    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir Path folder;

    private List<Migration> files() throws IOException {
        Files.writeString(folder.resolve("0001_a.sql"), "-- +goose Up\nCREATE TABLE a (id int);\n");
        Files.writeString(folder.resolve("0002_b.sql"), "-- +goose Up\nCREATE TABLE b (id int);\n");
        Files.writeString(
                folder.resolve("shop.x.2026_01_asked.migration.yaml"),
                """
                meta: { name: shop.x.2026_01_asked, version: 1, owners: [ "@dba" ] }
                requires: approval
                dependencies: [ shop.sql.2 ]
                plan: { up: [ { kind: schema, sql: CREATE TABLE c (id int) } ], fallback: none }
                """);
        return new MigrationFiles(Map.of()).of(folder, "shop");
    }

    private static Why why(List<Migration> files, Entry... entries) {
        var history =
                new History(
                        "id",
                        "shop",
                        List.of(entries),
                        List.of(),
                        List.of(),
                        List.of(),
                        new TreeMap<>());
        return Why.of(Planner.up(files, history, Goal.ALL, false), history);
    }

    private static Entry entry(Migration of, String checksum, Outcome outcome, String detail) {
        return new Entry(
                1,
                of.key(),
                of.version(),
                Direction.UP,
                0,
                1,
                checksum,
                "plan",
                "ada",
                1,
                TEN,
                Optional.of(TEN),
                outcome,
                0,
                false,
                detail);
    }

    private static List<String> told(List<Why.Reason> reasons) {
        return reasons.stream().map(reason -> reason.code() + " " + reason.what()).toList();
    }

    @Test
    @Covers("MIG-06")
    void saysForEachPendingMigrationWhatItWaitsFor() throws IOException {
        assertThat(told(why(files()).all()))
                .containsExactly(
                        "PENDING shop.sql.1@1.0.0 has not run yet",
                        "PENDING shop.sql.2@1.0.0 has not run yet",
                        "APPROVAL_NEEDED shop.x.2026_01_asked@1.0.0 waits for an approval by @dba",
                        "PENDING shop.x.2026_01_asked@1.0.0 comes after shop.sql.2, which is pending");
    }

    @Test
    @Covers("MIG-06")
    void theLastFailureIsNamedWithItsError() throws IOException {
        var files = files();
        var failed =
                entry(files.getFirst(), "x", Outcome.FAILED, "{\"error\": \"no right to CREATE\"}");
        assertThat(told(why(files, failed).of(files, "1")))
                .containsExactly(
                        "STEP_FAILED step 1 of shop.sql.1@1.0.0 failed at 2026-11-21T10:00:00Z, run by ada: no right to CREATE");
    }

    @Test
    @Covers({"SPEC-06", "DEP-05"})
    void anApprovalMakesNoOtherPlanOfADeploy() throws IOException {
        var files = files();
        var before = Planner.up(files, History.none("id", "shop"), Goal.ALL, false);
        var approval =
                new Approval(Approval.Kind.PLAN, before.hash(), "id", "ada", TEN, "looked at it");
        var history =
                new History(
                        "id",
                        "shop",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(approval),
                        new TreeMap<>());
        var after = Planner.up(files, history, Goal.ALL, false);

        assertThat(before.unapproved()).hasSize(1);
        assertThat(after.unapproved()).isEmpty();
        assertThat(MigrationShapes.stable(after)).isEqualTo(MigrationShapes.stable(before));
        assertThat(PlanLines.of(after).reason()).isEqualTo(PlanLines.of(before).reason());
    }

    @Test
    void whatHasRunSaysWhenAndWho() throws IOException {
        var files = files();
        var checksum =
                Planner.up(files, History.none("", ""), Goal.ALL, true)
                        .steps()
                        .getFirst()
                        .checksum();
        var why = why(files, entry(files.getFirst(), checksum, Outcome.DONE, "{}"));
        assertThat(told(why.of(files, "shop.sql.1")))
                .containsExactly(
                        "APPLIED shop.sql.1@1.0.0 has run at 2026-11-21T10:00:00Z, by ada");
        assertThat(why.all()).noneMatch(reason -> reason.what().contains("shop.sql.1@"));
    }
}
