package dev.fairlead.migrate;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.migrate.store.Database;
import dev.fairlead.migrate.store.SqlStates;
import java.sql.SQLException;
import java.util.List;

/// What the database says to the migrator itself, as a problem.
final class Errors {
    private Errors() {}

    static ProblemException of(Database database, SQLException error) {
        if (SqlStates.of(error).equals(SqlStates.FENCED)) {
            return new ProblemException(
                    List.of(
                            Problem.error(
                                    MigrateCode.MIGRATOR_REPLACED,
                                    "another migrator took over " + database)),
                    error);
        }
        boolean away =
                SqlStates.connection(error)
                        || SqlStates.of(error).startsWith("28")
                        || SqlStates.of(error).startsWith("3D");
        var problem =
                Problem.error(
                        away ? MigrateCode.DATABASE_UNREACHABLE : MigrateCode.DATABASE_REFUSED,
                        (away ? "no connection to %s: %s" : "%s refused: %s")
                                .formatted(database, SqlStates.said(error)));
        if (SqlStates.of(error).equals("42501")) {
            problem = problem.withHint(grants(database));
        }
        if (SqlStates.of(error).equals("25006")) {
            problem =
                    problem.withHint(
                            "the server is a standby, or default_transaction_read_only is on: go to the primary, or ALTER ROLE … SET default_transaction_read_only = off for who migrates");
        }
        if (SqlStates.lock(error)) {
            problem =
                    problem.withHint(
                            "another session holds a table: try again, or see who it is: SELECT pid, application_name, query FROM pg_stat_activity WHERE pid IN (SELECT pid FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted)");
        }
        return new ProblemException(List.of(problem), error);
    }

    private static String grants(Database database) {
        var role = database.role().orElse("ROLE");
        return """
        to plan, to wait, to look: GRANT USAGE ON SCHEMA fairlead TO %1$s; GRANT SELECT ON ALL TABLES IN SCHEMA fairlead TO %1$s; \
        to migrate: as the role that owns the schema fairlead; for the first time GRANT CREATE ON DATABASE %2$s TO %1$s\
        """
                .formatted(role, database.name().orElse("NAME"));
    }
}
