package dev.fairlead.migrate.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The statements that a server was sent by one application, as its log has them.
///
/// A statement that does not parse is not logged as a statement; it stands behind its error instead.
final class StatementLog {
    private static final String SENT = "LOG:  statement: ";
    private static final String FAILED = "STATEMENT:  ";

    private final List<String> statements = new ArrayList<>();
    private boolean refusedCopy;

    /// Whether the last statement is logged and has not failed yet.
    private boolean fresh;

    private StatementLog() {}

    /// The logs by application.
    static Map<String, StatementLog> read(Path file) throws IOException {
        var logs = new HashMap<String, StatementLog>();
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        for (var entry : text.split("(?:^|\n)@@|\n$", -1)) {
            var parts = entry.split("\\|", 3);
            if (parts.length == 3) {
                logs.computeIfAbsent(parts[0], _ -> new StatementLog())
                        .add(parts[2].substring(1).replace("\n\t", "\n"));
            }
        }
        return logs;
    }

    private void add(String entry) {
        if (entry.startsWith(SENT)) {
            statements.add(entry.substring(SENT.length()));
            fresh = true;
        } else if (entry.startsWith(FAILED)) {
            var statement = entry.substring(FAILED.length());
            if (!fresh || !statement.equals(statements.getLast())) {
                statements.add(statement);
            }
            fresh = false;
            refusedCopy |= statement.matches("(?is).*copy\\s.*\\sfrom\\s+std(in|out)\\b.*");
        }
    }

    List<String> statements() {
        return List.copyOf(statements);
    }

    /// Whether a COPY … FROM STDIN failed; then psql has read its rows as SQL.
    boolean refusedCopy() {
        return refusedCopy;
    }
}
