package dev.fairlead.migrate.store;

import java.io.IOException;
import java.io.StringReader;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;

/// One connection of the migrator. Transactions are begun and ended by statements; the driver stays in autocommit.
public final class Session implements AutoCloseable {
    private static final Pattern FIRST_NUMBER = Pattern.compile("\\d+");

    /// A dead client's session must not live on. Where its network is gone without a word, the server's probes miss it
    /// after 4 s; where something between them goes on answering the probes, an open transaction ends a minute after its
    /// last statement.
    private static final Map<String, String> ENDS_WITH_ITS_CLIENT =
            new TreeMap<>(
                    Map.of(
                            "tcp_keepalives_idle", "2",
                            "tcp_keepalives_interval", "1",
                            "tcp_keepalives_count", "2",
                            "tcp_user_timeout", "4000",
                            "idle_in_transaction_session_timeout", "60s"));

    private final Connection connection;
    private final boolean pooled;
    private boolean checksClient;
    private OptionalInt patienceBefore = OptionalInt.empty();

    private Session(Connection connection, boolean pooled) {
        this.connection = connection;
        this.pooled = pooled;
    }

    /// @param purpose what `application_name` says: `fairlead-migrate` and this
    public static Session open(Database database, String purpose) throws SQLException {
        var session = new Session(database.open("fairlead-migrate " + purpose), database.pooled());
        try {
            session.checksClient = session.checkClient();
            session.query("SELECT " + session.lasting(false));
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /// Only servers on Linux and the like can look whether the client is still there (`client_connection_check_interval`).
    private boolean checkClient() throws SQLException {
        try {
            query("SELECT set_config('client_connection_check_interval', '1s', false)");
            return true;
        } catch (SQLException e) {
            if (SqlStates.connection(e)) {
                throw e;
            }
            return false;
        }
    }

    /// The expressions that give this session's own settings, for the beginning of what runs in it: whatever the step
    /// before has set is gone by then.
    ///
    /// @param local whether until the end of the transaction only
    public String settings(Duration lockTimeout, Duration statementTimeout, boolean local) {
        var end = "', " + local + ")";
        return "SELECT set_config('lock_timeout', '"
                + lockTimeout.toMillis()
                + end
                + ", set_config('statement_timeout', '"
                + statementTimeout.toMillis()
                + end
                + ", set_config('synchronous_commit', 'off"
                + end
                + ", "
                + lasting(local);
    }

    private String lasting(boolean local) {
        var all = new TreeMap<>(ENDS_WITH_ITS_CLIENT);
        if (checksClient) {
            all.put("client_connection_check_interval", "1s");
        }
        return all.entrySet().stream()
                .map(one ->
                        "set_config('%s', '%s', %b)".formatted(one.getKey(), one.getValue(), local))
                .collect(Collectors.joining(", "));
    }

    /// The rows of one query, every value as text.
    public List<List<@Nullable String>> query(String sql, Object... parameters)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            var rows = new ArrayList<List<@Nullable String>>();
            boolean result = statement.execute();
            if (result) {
                try (var set = statement.getResultSet()) {
                    while (set.next()) {
                        rows.add(row(set));
                    }
                }
            }
            return rows;
        }
    }

    private static List<@Nullable String> row(ResultSet set) throws SQLException {
        int columns = set.getMetaData().getColumnCount();
        var row = new ArrayList<@Nullable String>(columns);
        for (int i = 1; i <= columns; i++) {
            row.add(set.getString(i));
        }
        return row;
    }

    /// The only value of a query's only row; empty for NULL and for no row.
    public Optional<String> value(String sql, Object... parameters) throws SQLException {
        var rows = query(sql, parameters);
        return rows.isEmpty() ? Optional.empty() : Optional.ofNullable(rows.getFirst().getFirst());
    }

    /// What a question gave back.
    public sealed interface Answer {
        record None() implements Answer {}

        /// More than one row, or more than one column.
        record Many() implements Answer {}

        /// @param type as the server names it: `bool`
        record One(String type, Optional<String> value) implements Answer {}
    }

    /// Asks a question that should give one value.
    public Answer ask(String sql) throws SQLException {
        try (var statement = raw()) {
            statement.setMaxRows(2);
            if (!statement.execute(sql)) {
                return new Answer.None();
            }
            try (var set = statement.getResultSet()) {
                if (!set.next()) {
                    return new Answer.None();
                }
                var type = set.getMetaData().getColumnTypeName(1);
                var value = Optional.ofNullable(set.getString(1));
                return set.getMetaData().getColumnCount() > 1 || set.next()
                        ? new Answer.Many()
                        : new Answer.One(type, value);
            }
        }
    }

    /// Runs one statement exactly as it is written, whatever it gives back.
    ///
    /// @return how many rows it changed; rows that it only read do not count
    public long execute(String sql) throws SQLException {
        try (var statement = raw()) {
            long changed = 0;
            boolean rows = statement.execute(sql);
            while (true) {
                if (rows) {
                    statement.getResultSet().close(); // all rows are here already
                } else {
                    long count = statement.getLargeUpdateCount();
                    if (count < 0) {
                        return changed;
                    }
                    changed += count;
                }
                rows = statement.getMoreResults();
            }
        }
    }

    /// Sends several statements in one go. Only for statements that give no rows back, or one: of a SELECT sent this way
    /// the driver asks for one row, and a function in it would be called once.
    ///
    /// @return how many rows they changed together
    public long batch(List<String> statements) throws BatchFailure {
        try (var statement = raw()) {
            for (var sql : statements) {
                statement.addBatch(sql);
            }
            long changed = 0;
            for (long count : statement.executeLargeBatch()) {
                changed += Math.max(0, count);
            }
            return changed;
        } catch (BatchUpdateException e) {
            var said = e.getNextException();
            throw new BatchFailure(index(e), said == null ? e : said);
        } catch (SQLException e) {
            throw new BatchFailure(-1, e);
        }
    }

    /// `Batch entry 3 ALTER … was aborted`: the driver tells it only here, in the language of the machine.
    private static int index(BatchUpdateException error) {
        var number = FIRST_NUMBER.matcher(String.valueOf(error.getMessage()));
        return number.find() ? Integer.parseInt(number.group()) : -1;
    }

    private Statement raw() throws SQLException {
        var statement = connection.createStatement();
        statement.setEscapeProcessing(false); // braces are SQL here, not JDBC's
        return statement;
    }

    /// Rows for a `COPY … FROM STDIN`.
    public long copy(String sql, String rows) throws SQLException {
        try {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(sql, new StringReader(rows));
        } catch (IOException e) {
            throw new SQLException(
                    "the rows of a COPY could not be sent: " + e.getMessage(), "08006", e);
        }
    }

    /// Ends what is open and forgets what the session was set to.
    public void reset() throws SQLException {
        if (inTransaction()) {
            execute("ROLLBACK");
        }
        execute("RESET SESSION AUTHORIZATION");
        execute("RESET ALL");
        execute("DISCARD TEMP");
    }

    /// Whether a transaction block is open, failed or not.
    public boolean inTransaction() throws SQLException {
        return connection.unwrap(PgConnection.class).getTransactionState() != TransactionState.IDLE;
    }

    /// The connection itself, for what reads much.
    Connection connection() {
        return connection;
    }

    /// The process that serves it, for others that look who blocks whom.
    public int backend() throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    /// How long an answer may take before the connection counts as broken; for a session that only asks short questions.
    public void answersWithin(Duration atMost) throws SQLException {
        if (patienceBefore.isEmpty()) {
            patienceBefore = OptionalInt.of(connection.getNetworkTimeout());
        }
        connection.setNetworkTimeout(Runnable::run, (int) atMost.toMillis());
    }

    /// Asks the server to stop the running statement; from any thread.
    public void cancel() throws SQLException {
        connection.unwrap(PgConnection.class).cancelQuery();
    }

    /// Breaks the connection at once; from any thread. What runs there fails.
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException _) {
            // then it is broken already
        }
    }

    public boolean isOpen() {
        try {
            return !connection.isClosed();
        } catch (SQLException _) {
            return false;
        }
    }

    @Override
    public void close() {
        try (connection) {
            if (pooled && !connection.isClosed()) {
                reset();
                execute("SELECT pg_advisory_unlock_all()");
                if (patienceBefore.isPresent()) {
                    connection.setNetworkTimeout(Runnable::run, patienceBefore.getAsInt());
                }
            }
        } catch (SQLException _) {
            // it is given up anyway; the server ends what was open
        }
    }
}
