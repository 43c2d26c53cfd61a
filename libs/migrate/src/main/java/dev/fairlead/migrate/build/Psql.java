package dev.fairlead.migrate.build;

import dev.fairlead.migrate.sql.Statement;
import dev.fairlead.migrate.sql.Token;
import dev.fairlead.migrate.store.Literal;
import java.util.List;

/// A psql script that is being written.
final class Psql {
    private final StringBuilder text = new StringBuilder();

    Psql line(String line) {
        text.append(line).append('\n');
        return this;
    }

    Psql lines(List<String> statements) {
        statements.forEach(statement -> line(statement + ";"));
        return this;
    }

    /// A comment of one or more lines.
    Psql comment(String what) {
        what.lines().forEach(line -> line(line.isEmpty() ? "--" : "-- " + line));
        return this;
    }

    /// A query whose columns become variables of psql.
    Psql set(String query) {
        return line(query + " \\gset");
    }

    /// A statement of the user's, exactly as it is written, with the rows of a COPY behind it.
    Psql statement(Statement statement) {
        line(harmless(statement) + ";");
        var last = statement.tokens().getLast();
        if (last.kind() == Token.Kind.COPY_DATA) {
            text.append(last.value());
            if (!last.value().isEmpty() && !last.value().endsWith("\n")) {
                text.append('\n');
            }
            line("\\.");
        }
        return this;
    }

    /// psql puts its variables where `:name` stands outside of quotes, as in `a[1:n]`; with a blank behind the colon it
    /// does not, and the server reads the same.
    static String harmless(Statement statement) {
        var source = statement.source().text();
        var text = new StringBuilder();
        int from = statement.start();
        for (var token : statement.tokens()) {
            int end = Math.min(token.end(), statement.end());
            boolean colon = token.kind() == Token.Kind.SYMBOL && token.value().equals(":");
            if (colon && end < statement.end() && !Character.isWhitespace(source.charAt(end))) {
                text.append(source, from, end).append(' ');
                from = end;
            }
        }
        return text.append(source, from, statement.end()).toString();
    }

    /// Ends the script with an error.
    Psql fail(String what) {
        return line(
                "DO $fairlead$ BEGIN RAISE EXCEPTION USING ERRCODE = 'FL002', MESSAGE = "
                        + Literal.of(what.replace("$fairlead$", "$ fairlead $"))
                        + "; END $fairlead$;");
    }

    /// Ends the script with an error unless a variable is true.
    Psql demand(String variable, String otherwise) {
        return line("\\if :" + variable).line("\\else").fail(otherwise).line("\\endif");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
