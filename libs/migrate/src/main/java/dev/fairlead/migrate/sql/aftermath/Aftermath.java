package dev.fairlead.migrate.sql.aftermath;

import dev.fairlead.migrate.sql.Effect;
import java.util.Optional;

/// The question whether an effect has happened, for a statement that ran outside of a transaction when its process died.
///
/// The executor asks, does what the {@link State} says, and asks again until the answer is `DONE`, or `MISSING` and the
/// statement itself has to run.
///
/// @param sql a query that gives one row with two texts: `state`, the name of a {@link State}, and `todo`, the statement
///     that helps against `HALF`, NULL with any other state. Read only
/// @param meaning what is asked, for people: `is index users_email there, and valid?`
public record Aftermath(String sql, String meaning) {
    /// What the query answers.
    public enum State {
        /// Nothing has happened, or running the statement once more does no harm: run it.
        MISSING,
        /// All of it has happened: go on.
        DONE,
        /// Something half done is left: run `todo`, outside of a transaction, and ask again.
        HALF,
        /// Another session is at it at this moment: wait and ask again.
        BUSY
    }

    /// The question for an effect; empty where the catalogue cannot tell, as with rows that were written.
    public static Optional<Aftermath> of(Effect effect) {
        return switch (effect) {
            case Effect.CreateIndex index -> Indexes.created(index);
            case Effect.DropIndex index -> Optional.of(Indexes.dropped(index));
            case Effect.Reindex reindex -> Indexes.rebuilt(reindex);
            case Effect.DetachPartition detach -> Optional.of(Tables.detached(detach));
            case Effect.AttachPartition attach -> Optional.of(Tables.attached(attach));
            case Effect.CreateTable table -> Optional.of(Tables.created(table.table()));
            case Effect.DropTable table -> Optional.of(Tables.dropped(table.table()));
            case Effect.RenameTable table -> Optional.of(Tables.renamed(table));
            case Effect.AddConstraint added -> Constraints.added(added);
            case Effect.DropConstraint dropped -> Optional.of(Constraints.dropped(dropped));
            case Effect.ValidateConstraint validated ->
                    Optional.of(Constraints.validated(validated));
            case Effect.AddColumn column -> Optional.of(Columns.added(column));
            case Effect.DropColumn column -> Optional.of(Columns.dropped(column));
            case Effect.RenameColumn column -> Optional.of(Columns.renamed(column));
            case Effect.SetNotNull column ->
                    Optional.of(Columns.notNull(column.table(), column.column(), true));
            case Effect.DropNotNull column ->
                    Optional.of(Columns.notNull(column.table(), column.column(), false));
            case Effect.AddEnumValue value -> Optional.of(Objects.enumValue(value));
            case Effect.CreateType type -> Optional.of(Objects.type(type));
            case Effect.Create made -> Objects.created(made);
            case Effect.Drop dropped -> Objects.dropped(dropped);
            case Effect.Truncate _,
                    Effect.ChangeType _,
                    Effect.SetDefault _,
                    Effect.AlterTable _,
                    Effect.WriteRows _,
                    Effect.Setting _,
                    Effect.LockTable _ ->
                    Optional.empty();
        };
    }

    /// A question that only tells done from missing.
    ///
    /// @param condition an SQL condition that holds when the effect has happened
    static Aftermath when(String condition, String meaning) {
        return new Aftermath(
                "SELECT CASE WHEN "
                        + condition
                        + " THEN 'DONE' ELSE 'MISSING' END AS state, NULL::text AS todo",
                meaning);
    }
}
