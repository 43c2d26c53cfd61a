package dev.fairlead.migrate.execute;

import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.sql.Token;
import dev.fairlead.migrate.store.Literal;
import dev.fairlead.migrate.store.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The rows of a table in the order of a key, some at a time.
final class Keyset {
    private static final int MOST_COUNTED = 1_000_000;

    private final Script.Backfill backfill;
    private final List<String> columns = new ArrayList<>();
    private final List<String> types = new ArrayList<>();

    /// The end of a batch.
    ///
    /// @param upper the key of its last row, as text
    record Next(List<String> upper, long rows) {}

    Keyset(Script.Backfill backfill) {
        this.backfill = backfill;
    }

    /// Asks which types the columns of the key have.
    void learn(Session session) throws SQLException {
        columns.clear();
        types.clear();
        for (var column : backfill.key()) {
            var row =
                    session.query(
                            "SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) FROM pg_catalog.pg_attribute a"
                                    + " WHERE a.attrelid = %s::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped"
                                            .formatted(Literal.of(backfill.table()))
                                    + " AND a.attname IN (%s, pg_catalog.lower(%s)) ORDER BY a.attname = %s DESC LIMIT 1"
                                            .formatted(
                                                    Literal.of(column),
                                                    Literal.of(column),
                                                    Literal.of(column)));
            if (row.isEmpty()) {
                throw new SQLException(
                        "table %s has no column %s".formatted(backfill.table(), column), "42703");
            }
            columns.add(Literal.name(String.valueOf(row.getFirst().get(0))));
            types.add(String.valueOf(row.getFirst().get(1)));
        }
    }

    /// About how many rows there are.
    long estimate(Session session) throws SQLException {
        var known =
                session.value(
                        "SELECT reltuples::bigint FROM pg_catalog.pg_class WHERE oid = %s::pg_catalog.regclass"
                                .formatted(Literal.of(backfill.table())));
        long rows = Long.parseLong(known.orElse("-1"));
        if (rows > 0) {
            return rows;
        }
        return Long.parseLong(
                session.value(
                                "SELECT count(*) FROM (SELECT FROM %s LIMIT %d) counted"
                                        .formatted(backfill.table(), MOST_COUNTED))
                        .orElse("0"));
    }

    /// Where the next batch ends; empty when there is none.
    Optional<Next> next(Session session, Optional<List<String>> after) throws SQLException {
        var list = String.join(", ", columns);
        var shown =
                columns.stream().map(column -> column + "::text").collect(Collectors.joining(", "));
        // With the table's name: a name alone would be the text beside it, and texts have another
        // order.
        var down =
                columns.stream()
                        .map(column -> "batch." + column + " DESC")
                        .collect(Collectors.joining(", "));
        var found =
                session.query(
                        "WITH batch AS (SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT %d) SELECT %s, (SELECT count(*) FROM batch) FROM batch ORDER BY %s LIMIT 1"
                                .formatted(
                                        list,
                                        backfill.table(),
                                        condition(after, Optional.empty()),
                                        list,
                                        backfill.batch(),
                                        shown,
                                        down));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var row = found.getFirst().stream().map(String::valueOf).toList();
        return Optional.of(new Next(row.subList(0, columns.size()), Long.parseLong(row.getLast())));
    }

    /// The user's statement for the rows behind one key, up to and with another.
    String statement(Optional<List<String>> after, List<String> upper) {
        var statement = backfill.statement().statements().getFirst();
        var text = statement.source().text();
        var out = new StringBuilder();
        int at = statement.start();
        var tokens = statement.tokens();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            var colon = tokens.get(i);
            var word = tokens.get(i + 1);
            if (colon.kind() == Token.Kind.SYMBOL
                    && colon.value().equals(":")
                    && word.is("batch")
                    && word.start() == colon.end()) {
                out.append(text, at, colon.start())
                        .append('(')
                        .append(condition(after, Optional.of(upper)))
                        .append(')');
                at = word.end();
            }
        }
        return out.append(text, at, statement.end()).toString();
    }

    private String condition(Optional<List<String>> after, Optional<List<String>> upTo) {
        var parts = new ArrayList<String>();
        backfill.where().ifPresent(where -> parts.add("(" + where + "\n)"));
        after.ifPresent(key -> parts.add(row() + " > " + values(key)));
        upTo.ifPresent(key -> parts.add(row() + " <= " + values(key)));
        return parts.isEmpty() ? "true" : String.join(" AND ", parts);
    }

    private String row() {
        return "(" + String.join(", ", columns) + ")";
    }

    private String values(List<String> key) {
        var values = new ArrayList<String>();
        for (int i = 0; i < columns.size(); i++) {
            values.add(Literal.of(key.get(i)) + "::" + types.get(i));
        }
        return "(" + String.join(", ", values) + ")";
    }
}
