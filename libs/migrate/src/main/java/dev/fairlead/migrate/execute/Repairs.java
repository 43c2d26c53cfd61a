package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.MigrateOutcome.AppliedStep;
import dev.fairlead.migrate.history.Entry.Outcome;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.history.Intent;
import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.store.HistoryWriter;
import dev.fairlead.migrate.store.HistoryWriter.Row;
import dev.fairlead.migrate.store.Literal;
import dev.fairlead.migrate.store.Session;
import dev.fairlead.migrate.store.Verifier;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// What a person decided is written down, with the reason, and nothing else runs.
public final class Repairs {
    private final Session session;
    private final HistoryWriter writer;
    private final History history;
    private final String reason;
    private final List<AppliedStep> written = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();

    /// @param reason kept in the history
    public Repairs(Session session, HistoryWriter writer, History history, String reason) {
        this.session = session;
        this.writer = writer;
        this.history = history;
        this.reason = reason;
    }

    /// Records steps as applied without running them.
    public Repairs baseline(List<PlannedStep> steps) {
        for (var step : steps) {
            accept(step, "baseline", reason);
        }
        return this;
    }

    /// Accepts the new text of applied migrations.
    ///
    /// @param names keys or `key@version`, `*` for all that are changed
    public Repairs acceptChanged(MigrationPlan plan, List<String> names) {
        for (var name : names) {
            var found =
                    plan.changed().stream()
                            .filter(changed ->
                                    name.equals("*")
                                            || changed.migration().key().text().equals(name)
                                            || changed.migration().id().equals(name))
                            .toList();
            if (found.isEmpty() && !name.equals("*")) {
                throw nothing(name + " has no change to accept");
            }
            for (var changed : found) {
                accept(
                        PlannedStep.recorded(changed.migration(), changed.step()),
                        "accepted",
                        reason);
            }
        }
        return this;
    }

    /// Unfinished parts count as done.
    ///
    /// @param names `key@version#step`
    public Repairs done(List<String> names) {
        for (var name : names) {
            for (var intent : open(name)) {
                statements.add(
                        "UPDATE fairlead.migration_intent SET finished = pg_catalog.clock_timestamp() WHERE "
                                + where(intent));
            }
            note(name, "counts as done: " + reason);
        }
        return this;
    }

    /// Unfinished parts run once more.
    public Repairs again(List<String> names) {
        for (var name : names) {
            open(name).forEach(intent -> statements.add(HistoryWriter.forgets(intent)));
            note(name, "runs again: " + reason);
        }
        return this;
    }

    /// The rows of the history as they are become the valid ones.
    public Repairs chain() {
        statements.add(Verifier.rechain());
        note("chain", reason);
        return this;
    }

    /// Writes all of it, or nothing.
    ///
    /// @return the steps that are recorded now
    public List<AppliedStep> write() throws SQLException {
        if (statements.isEmpty()) {
            return List.of();
        }
        var all = new ArrayList<>(List.of("SET LOCAL synchronous_commit = on", writer.fence()));
        all.addAll(statements);
        HistoryWriter.inTransaction(session, all);
        return List.copyOf(written);
    }

    private void accept(PlannedStep step, String how, String why) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put(how, true);
        detail.put("reason", why);
        statements.add(
                writer.record(new Row(step, "pg_catalog.now()", Outcome.ACCEPTED, 0, detail)));
        written.add(
                new AppliedStep(
                        step.migration().key(),
                        step.migration().version(),
                        step.direction(),
                        step.index(),
                        0,
                        Duration.ZERO,
                        true));
    }

    private List<Intent> open(String name) {
        var found =
                history.intents().stream()
                        .filter(intent ->
                                intent.finished().isEmpty()
                                        && (intent.migration() + "#" + (intent.step() + 1))
                                                .equals(name))
                        .toList();
        if (found.isEmpty()) {
            throw nothing(name + " has no unfinished part");
        }
        return found;
    }

    private RuntimeException nothing(String what) {
        var names =
                history.intents().stream()
                        .filter(intent -> intent.finished().isEmpty())
                        .map(intent -> intent.migration() + "#" + (intent.step() + 1))
                        .toList();
        return Problem.error(MigrateCode.UNKNOWN_MIGRATION, what)
                .withHint(
                        names.isEmpty()
                                ? "nothing is unfinished here"
                                : "unfinished: " + String.join(", ", names))
                .thrown();
    }

    private static String where(Intent intent) {
        return HistoryWriter.forgets(intent).replaceFirst("^.* WHERE ", "");
    }

    /// Decisions that add no row to the history are kept beside the approvals.
    private void note(String subject, String comment) {
        statements.add(
                "INSERT INTO fairlead.migration_approval VALUES ('DONE', %s, %s, %s, pg_catalog.clock_timestamp(), %s)"
                                .formatted(
                                        Literal.of("repair " + subject),
                                        Literal.of(history.database()),
                                        Literal.of(writer.who()),
                                        Literal.of(comment))
                        + " ON CONFLICT (kind, subject, database, who) DO UPDATE SET given = EXCLUDED.given, comment = EXCLUDED.comment");
    }
}
