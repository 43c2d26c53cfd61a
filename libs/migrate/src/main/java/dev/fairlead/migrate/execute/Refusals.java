package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.execute.Failures.StatementFailed;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.store.Literal;
import dev.fairlead.migrate.store.Session;
import dev.fairlead.migrate.store.SqlStates;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What a server that refused a statement of a step means, with its place in the user's file.
///
/// @param session that can be asked who holds what; no transaction of it has failed
record Refusals(Session session, PlannedStep step) {
    Problem interrupted(StatementFailed failure) {
        return Problem.error(MigrateCode.INTERRUPTED, place(failure), step + " was interrupted");
    }

    Problem timedOut(StatementFailed failure) {
        var limit =
                step.step()
                        .header()
                        .timeout()
                        .map(time -> " within %d ms".formatted(time.toMillis()))
                        .orElseGet(() -> ": " + SqlStates.said(failure.error()));
        return Problem.error(
                MigrateCode.STEP_TIMED_OUT, place(failure), step + " did not end" + limit);
    }

    Problem lock(StatementFailed failure) {
        return Problem.error(
                        MigrateCode.LOCK_NOT_GRANTED,
                        place(failure),
                        "%s did not get its locks: %s"
                                .formatted(step, SqlStates.said(failure.error())))
                .withEvidence(holders());
    }

    /// Who holds the tables of the step, strongest knowledge first; a guess made after the fact.
    private List<String> holders() {
        var tables =
                step.locks().stream()
                        .map(lock ->
                                "pg_catalog.to_regclass("
                                        + Literal.of(
                                                lock.table()
                                                                .schema()
                                                                .map(s -> Literal.name(s) + ".")
                                                                .orElse("")
                                                        + Literal.name(lock.table().name()))
                                        + ")")
                        .distinct()
                        .toList();
        if (tables.isEmpty()) {
            return List.of();
        }
        try {
            var lines = new ArrayList<String>();
            for (var row :
                    session.query(
                            "SELECT l.relation::regclass, l.mode, l.pid, a.usename, a.application_name, a.state,"
                                    + " pg_catalog.left(a.query, 80) FROM pg_catalog.pg_locks l"
                                    + " JOIN pg_catalog.pg_stat_activity a USING (pid) WHERE l.granted"
                                    + " AND l.pid <> pg_catalog.pg_backend_pid() AND l.relation IN ("
                                    + String.join(", ", tables)
                                    + ") ORDER BY a.xact_start NULLS LAST LIMIT 5")) {
                lines.add(
                        "%s is held in %s by process %s (user %s, %s, %s): %s"
                                .formatted(row.toArray()));
            }
            return lines;
        } catch (SQLException _) {
            return List.of();
        }
    }

    Problem refused(StatementFailed failure) {
        var message = server(failure.error());
        var problem =
                Problem.error(
                        MigrateCode.STEP_FAILED,
                        place(failure),
                        "%s failed: %s".formatted(step, SqlStates.said(failure.error())));
        if (message == null) {
            return problem;
        }
        var evidence = new ArrayList<String>();
        Optional.ofNullable(message.getWhere())
                .ifPresent(where -> where.lines().limit(8).forEach(evidence::add));
        problem = problem.withEvidence(evidence);
        return message.getHint() == null ? problem : problem.withHint(message.getHint());
    }

    private Place place(StatementFailed failure) {
        if (failure.statement().isEmpty()) {
            return step.step().header().place();
        }
        var statement = failure.statement().get();
        var message = server(failure.error());
        int position = message == null ? 0 : message.getPosition();
        if (position < 1) {
            return statement.place();
        }
        var text = statement.text();
        int points = Math.min(position - 1, text.codePointCount(0, text.length()));
        return statement.source().at(statement.start() + text.offsetByCodePoints(0, points));
    }

    private static @Nullable ServerErrorMessage server(SQLException error) {
        return error instanceof PSQLException known ? known.getServerErrorMessage() : null;
    }
}
