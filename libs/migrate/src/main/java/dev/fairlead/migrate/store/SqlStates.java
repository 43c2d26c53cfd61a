package dev.fairlead.migrate.store;

import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;

/// What an error of the server or the driver means for the one who tries (PostgreSQL documentation, appendix A).
public final class SqlStates {
    /// The turn of a writer is over; raised by `fairlead.migration_record`.
    public static final String FENCED = "FL001";

    private static final Set<String> LOCKS = Set.of("55P03", "40P01", "40001");
    private static final Set<String> CONNECTION =
            Set.of("57P01", "57P02", "57P03", "57P05", "53300");

    private SqlStates() {}

    public static String of(SQLException error) {
        var state = error.getSQLState();
        return state == null ? "" : state;
    }

    /// A lock was not granted in time, a deadlock, a serialization failure: the same thing may succeed a moment later.
    public static boolean lock(SQLException error) {
        return LOCKS.contains(of(error));
    }

    /// The connection is gone, or there was none.
    public static boolean connection(SQLException error) {
        return of(error).startsWith("08") || CONNECTION.contains(of(error));
    }

    /// The server takes no connection now, but may do so soon.
    public static boolean notYet(SQLException error) {
        return of(error).equals("53300") || of(error).equals("57P03");
    }

    /// The user may not, or nothing may be written here.
    public static boolean refused(SQLException error) {
        return of(error).equals("42501") || of(error).equals("25006");
    }

    /// Cancelled: by a timeout of the server, or by us.
    public static boolean cancelled(SQLException error) {
        return of(error).equals("57014");
    }

    /// What the server says, in one line, without the driver's decoration and never with the statement's text.
    public static String said(SQLException error) {
        if (error instanceof PSQLException server && server.getServerErrorMessage() != null) {
            var message = server.getServerErrorMessage();
            var text = new StringBuilder(String.valueOf(message.getMessage()));
            if (message.getDetail() != null) {
                text.append(" (").append(message.getDetail().replace('\n', ' ')).append(')');
            }
            return text.append(" [").append(of(error)).append(']').toString();
        }
        var text = String.valueOf(error.getMessage());
        return text.lines().findFirst().orElse("no message");
    }
}
