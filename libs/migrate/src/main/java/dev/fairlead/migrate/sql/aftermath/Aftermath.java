package dev.fairlead.migrate.sql.aftermath;

import dev.fairlead.migrate.sql.Effect;
import java.util.Optional;

/// The question whether an effect has happened, for a statement that ran outside of a transaction when its process died.
///
/// @param sql a query that gives one row with one text, the name of a {@link State}
/// @param meaning what is asked, for people: `is the index users_email there and valid?`
/// @param cleanup the statement that removes what is half done, so that the statement can run again; it is run outside of
///     a transaction. Empty when nothing can be half done
/// @param finish the statement that completes what is half done, where there is one; then it is run in place of the
///     statement itself
public record Aftermath(
        String sql, String meaning, Optional<String> cleanup, Optional<String> finish) {
    /// What the query answers.
    public enum State {
        /// Nothing has happened: run the statement.
        MISSING,
        /// All of it has happened: go on.
        DONE,
        /// A carcass is left: run `cleanup` and then the statement, or `finish`.
        HALF
    }

    /// The question for an effect; empty where the catalogue cannot tell.
    public static Optional<Aftermath> of(Effect effect) {
        return Optional.empty();
    }
}
