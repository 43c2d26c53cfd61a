package dev.fairlead.migrate.sql;

import java.util.List;
import java.util.Optional;

/// A change that a statement makes, in the terms of the rules and of the questions that are put to the catalogue after a
/// crash.
public sealed interface Effect {
    record CreateTable(ObjectName table, boolean ifNotExists, boolean temporary)
            implements Effect {}

    record DropTable(ObjectName table, boolean ifExists) implements Effect {}

    record RenameTable(ObjectName table, String to) implements Effect {}

    record Truncate(ObjectName table) implements Effect {}

    /// @param name empty when PostgreSQL chooses one
    record CreateIndex(
            Optional<ObjectName> name,
            ObjectName table,
            boolean unique,
            boolean concurrently,
            boolean ifNotExists)
            implements Effect {}

    record DropIndex(ObjectName index, boolean concurrently, boolean ifExists) implements Effect {}

    /// @param what `INDEX`, `TABLE`, `SCHEMA`, `DATABASE`, `SYSTEM`
    record Reindex(String what, ObjectName name, boolean concurrently) implements Effect {}

    /// @param type as written
    /// @param volatileDefault whether every row is written because of its default
    record AddColumn(
            ObjectName table,
            String column,
            String type,
            boolean notNull,
            boolean hasDefault,
            boolean volatileDefault,
            boolean ifNotExists)
            implements Effect {}

    record DropColumn(ObjectName table, String column, boolean ifExists) implements Effect {}

    record RenameColumn(ObjectName table, String column, String to) implements Effect {}

    /// @param type as written
    record ChangeType(ObjectName table, String column, String type, boolean using)
            implements Effect {}

    record SetNotNull(ObjectName table, String column) implements Effect {}

    record DropNotNull(ObjectName table, String column) implements Effect {}

    record SetDefault(ObjectName table, String column) implements Effect {}

    /// @param usingIndex whether it only takes over an index that is there
    record AddConstraint(
            ObjectName table,
            Optional<String> name,
            Constraint kind,
            Optional<ObjectName> references,
            boolean notValid,
            boolean usingIndex)
            implements Effect {}

    record ValidateConstraint(ObjectName table, String name) implements Effect {}

    record DropConstraint(ObjectName table, String name, boolean ifExists) implements Effect {}

    record AttachPartition(ObjectName table, ObjectName partition) implements Effect {}

    record DetachPartition(ObjectName table, ObjectName partition, boolean concurrently)
            implements Effect {}

    /// Any other change of a table, by its words: `SET LOGGED`, `ENABLE ROW LEVEL SECURITY`.
    record AlterTable(ObjectName table, String words) implements Effect {}

    record AddEnumValue(ObjectName type, String value, boolean ifNotExists) implements Effect {}

    record CreateType(ObjectName type, boolean isEnum) implements Effect {}

    /// Something else is made: `VIEW`, `FUNCTION`, `SCHEMA`, `EXTENSION`, `TRIGGER` …
    record Create(String what, ObjectName name, boolean orReplace, boolean ifNotExists)
            implements Effect {}

    /// Something else is dropped.
    record Drop(String what, ObjectName name, boolean ifExists, boolean cascade)
            implements Effect {}

    /// Rows are written.
    ///
    /// @param command `INSERT`, `UPDATE`, `DELETE`, `MERGE`, `COPY`
    /// @param filtered whether a WHERE limits them
    record WriteRows(String command, ObjectName table, boolean filtered) implements Effect {}

    /// A setting of the session or the transaction: `SET lock_timeout = …`.
    record Setting(String name, boolean local) implements Effect {}

    record LockTable(List<ObjectName> tables, LockMode mode) implements Effect {}

    /// The sorts of constraint.
    enum Constraint {
        PRIMARY_KEY,
        UNIQUE,
        FOREIGN_KEY,
        CHECK,
        NOT_NULL,
        EXCLUDE
    }
}
