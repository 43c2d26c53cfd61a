package dev.fairlead.migrate.sql;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;

/// Splits a text of SQL into statements exactly where psql does: at a semicolon outside of quotes, comments, parentheses
/// and the `BEGIN ATOMIC … END` of a routine. Statements without a token are left out.
///
/// The rows of a `COPY … FROM STDIN` are the statement's last token, {@link Token.Kind#COPY_DATA}; they lie behind the
/// statement's `end`, because they are not part of what is sent as its text.
public final class Splitter {
    private Splitter() {}

    /// @throws ProblemException with codes of {@link SqlCode}, when something never ends or is no SQL; every psql command
    ///     of the text is named at once
    public static SqlText split(Source source) {
        var parts = Parts.of(source);
        if (!parts.problems().isEmpty()) {
            throw new ProblemException(parts.problems());
        }
        return new SqlText(source, parts.statements());
    }
}
