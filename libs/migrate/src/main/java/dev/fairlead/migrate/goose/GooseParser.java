package dev.fairlead.migrate.goose;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import java.util.List;
import java.util.Map;

/// goose's parser: what goose v3.29 sends for a file, and what it says of a file that it refuses. Behaviour: package
/// `internal/sqlparser` of github.com/pressly/goose; the tests compare with the real one.
///
/// It works by lines and knows no SQL: a statement ends at a line whose last word before `--` ends in a semicolon, even
/// inside of a string.
public final class GooseParser {
    /// Which part of a file is meant. The other part is read too, and its annotations must be right.
    public enum Direction {
        UP,
        DOWN;

        @Override
        public String toString() {
            return this == UP ? "up" : "down";
        }
    }

    /// @param transactional whether no line says NO TRANSACTION; it holds for both directions
    /// @param warnings what goose does silently and nobody can want
    public record Parsed(
            List<GooseStatement> statements, boolean transactional, List<Problem> warnings) {
        public Parsed {
            statements = List.copyOf(statements);
            warnings = List.copyOf(warnings);
        }
    }

    private GooseParser() {}

    /// @param env the variables that ENVSUB may use
    /// @throws ProblemException with goose's first error
    public static Parsed parse(Source source, Direction direction, Map<String, String> env) {
        return new Scan(unified(source), direction, env).run();
    }

    /// The text with every line break as one line feed; lines and columns are the same.
    static Source unified(Source source) {
        var text = source.text();
        if (text.indexOf('\r') < 0) {
            return source;
        }
        var unified = text.replace("\r\n", "\n");
        return new Source(
                source.name(),
                unified.endsWith("\r") ? unified.substring(0, unified.length() - 1) : unified);
    }
}
