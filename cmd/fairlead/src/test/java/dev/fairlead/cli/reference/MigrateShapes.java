package dev.fairlead.cli.reference;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.engine.schema.Findings;
import dev.fairlead.engine.schema.LintedFiles;
import dev.fairlead.engine.schema.MigrationFiles;
import dev.fairlead.engine.schema.MigrationShapes;
import dev.fairlead.engine.schema.OutcomeShape;
import dev.fairlead.migrate.Drift;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.MigrateOutcome;
import dev.fairlead.migrate.MigrateOutcome.AppliedStep;
import dev.fairlead.migrate.MigrateOutcome.StepFailure;
import dev.fairlead.migrate.Rehearsal;
import dev.fairlead.migrate.catalogue.Snapshot;
import dev.fairlead.migrate.history.Entry.Direction;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.migrate.model.Version;
import dev.fairlead.migrate.plan.Goal;
import dev.fairlead.migrate.plan.PlanTree;
import dev.fairlead.migrate.plan.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The shapes of `fairlead migrate`, made by its own code from two files.
final class MigrateShapes {
    private final List<Migration> files;

    MigrateShapes(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("0001_users.sql"),
                "-- +goose Up\nCREATE TABLE users (id bigint PRIMARY KEY);\n");
        Files.writeString(
                folder.resolve("0002_index.sql"),
                "-- +goose Up\nCREATE INDEX orders_user ON orders (user_id);\n");
        this.files = new MigrationFiles(Map.of()).of(folder, "shop");
    }

    private static Map<String, Object> versioned(Map<String, ?> shape) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("version", 1);
        tree.putAll(shape);
        return tree;
    }

    Map<String, Object> plan() {
        var plan = Planner.up(files, History.none("", "shop"), Goal.ALL, false);
        return versioned(MigrationShapes.plan(Findings.in(plan, files)));
    }

    Map<String, Object> status() {
        var plan = Planner.up(files, History.none("", "shop"), Goal.ALL, false);
        var status = PlanTree.status(plan);
        new Drift(
                        true,
                        Optional.of("9f2c…"),
                        Optional.of(Instant.parse("2026-11-30T08:00:00Z")),
                        Optional.of("41aa…"),
                        List.of(
                                new Snapshot.Difference(
                                        "table public.users column id",
                                        "type",
                                        Optional.of("integer"),
                                        Optional.of("bigint"))))
                .addTo(status);
        return versioned(MigrationShapes.sorted(status));
    }

    Map<String, Object> rehearsal() {
        var steps = Planner.up(files, History.none("", "shop"), Goal.ALL, false).steps();
        var lock = new Rehearsal.Held("public.orders", "SHARE", Duration.ofMillis(8));
        var rehearsal =
                new Rehearsal(
                        Planner.up(files, History.none("", "shop"), Goal.ALL, false),
                        List.of(
                                new Rehearsal.Rehearsed.Left(steps.get(0), "it is only recorded"),
                                new Rehearsal.Rehearsed.Ran(
                                        steps.get(1), Duration.ofMillis(12), 0, List.of(lock))));
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", 1);
        tree.put("rehearsal", MigrationShapes.rehearsal(rehearsal));
        tree.put("problems", List.of());
        return tree;
    }

    Map<String, Object> outcome() {
        var version = Version.parse("1").orElseThrow();
        var done =
                new AppliedStep(
                        new MigrationKey("shop.sql.1"),
                        version,
                        Direction.UP,
                        0,
                        0,
                        Duration.ofMillis(12),
                        false);
        var place = new Source("migrations/0002_index.sql", "\nCREATE INDEX").at(2, 1);
        var failed =
                new StepFailure(
                        new MigrationKey("shop.sql.2"),
                        version,
                        0,
                        Problem.error(
                                MigrateCode.STEP_FAILED,
                                place,
                                "relation \"orders\" does not exist"),
                        List.of());
        return versioned(
                OutcomeShape.of(new MigrateOutcome.Stopped(List.of(done), failed, List.of())));
    }

    Map<String, Object> lint() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", 1);
        tree.put("migrations", files.size());
        tree.put(
                "findings",
                LintedFiles.findings(files).stream()
                        .limit(1)
                        .map(Findings::tree)
                        .peek(finding -> finding.put("file", "migrations/0002_index.sql"))
                        .toList());
        return tree;
    }

    Map<String, Object> why() {
        var reason = new LinkedHashMap<String, Object>();
        reason.put("code", "PENDING");
        reason.put("migration", "shop.sql.2@1.0.0");
        reason.put("what", "shop.sql.2@1.0.0 has not run yet");
        reason.put("advice", List.of("`fairlead migrate up` runs it; a deploy does so by itself"));
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", 1);
        tree.put("database", "shop");
        tree.put("reasons", List.of(reason));
        return tree;
    }
}
