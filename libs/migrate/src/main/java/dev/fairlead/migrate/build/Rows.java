package dev.fairlead.migrate.build;

import dev.fairlead.document.Json;
import dev.fairlead.migrate.lock.Lane;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.plan.StepText;
import dev.fairlead.migrate.store.Literal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The statements that write the history, as the executor's writer sends them, but for what is only known when the script
/// runs: psql's variables `fairlead_token`, `fairlead_who`, `fairlead_rows`.
record Rows(Lane lane, String planHash) {
    /// @param started a timestamp as SQL
    /// @param rows a number as SQL
    /// @param detail JSON as SQL
    record Row(String started, String outcome, String rows, String detail) {}

    String record(PlannedStep step, Row row) {
        var migration = new LinkedHashMap<String, Object>();
        migration.put("key", step.migration().key().text());
        migration.put("version", step.migration().version().toString());
        migration.put("direction", step.direction().word());
        migration.put("step", step.index());
        migration.put("steps", step.of());
        migration.put("kind", step.kind());
        migration.put("checksum", step.checksum());
        migration.put("contract", step.contract());
        return "SELECT fairlead.migration_record("
                + String.join(
                        ", ",
                        Literal.of(lane.word()),
                        ":fairlead_token",
                        Literal.of(planHash),
                        ":'fairlead_who'",
                        Literal.of(Json.compact(migration)) + "::pg_catalog.jsonb",
                        row.started(),
                        Literal.of(row.outcome()),
                        row.rows(),
                        row.detail(),
                        Literal.of(StepText.of(step.step())))
                + ") AS fairlead_row";
    }

    /// What the row says of checks and owners.
    static String detail(PlannedStep step, List<Map<String, Object>> checks) {
        var detail = new LinkedHashMap<String, Object>();
        if (!checks.isEmpty()) {
            detail.put("checks", checks);
        }
        if (!step.migration().meta().owners().isEmpty()) {
            detail.put("owners", step.migration().meta().owners());
        }
        return Literal.of(Json.compact(detail)) + "::pg_catalog.jsonb";
    }

    /// Fails where the turn is over.
    String fence() {
        return "SELECT fairlead.migration_fence(%s, :fairlead_token) AS fairlead_fenced"
                .formatted(Literal.of(lane.word()));
    }

    String begins(PlannedStep step, int part, String checksum) {
        return "INSERT INTO fairlead.migration_intent (migration, direction, step, part, checksum, who, token, started)"
                + " VALUES (%s, %s, %d, %d, %s, :'fairlead_who', :fairlead_token, pg_catalog.clock_timestamp())"
                        .formatted(
                                Literal.of(step.migration().id()),
                                Literal.of(step.direction().word()),
                                step.index(),
                                part,
                                Literal.of(checksum))
                + " ON CONFLICT (migration, direction, step, part) DO UPDATE SET checksum = EXCLUDED.checksum,"
                + " who = EXCLUDED.who, token = EXCLUDED.token, started = EXCLUDED.started, finished = NULL";
    }

    static String ends(PlannedStep step, int part) {
        return "UPDATE fairlead.migration_intent SET finished = pg_catalog.clock_timestamp(), rows = :fairlead_rows WHERE "
                + of(step)
                + " AND part = "
                + part;
    }

    /// The condition that chooses the notes of a step.
    static String of(PlannedStep step) {
        return "migration = %s AND direction = %s AND step = %d"
                .formatted(
                        Literal.of(step.migration().id()),
                        Literal.of(step.direction().word()),
                        step.index());
    }
}
