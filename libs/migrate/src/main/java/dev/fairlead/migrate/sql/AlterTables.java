package dev.fairlead.migrate.sql;

import static dev.fairlead.migrate.sql.LockMode.ACCESS_EXCLUSIVE;
import static dev.fairlead.migrate.sql.LockMode.ACCESS_SHARE;
import static dev.fairlead.migrate.sql.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.fairlead.migrate.sql.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.fairlead.migrate.sql.Effect.AddConstraint;
import dev.fairlead.migrate.sql.Effect.Constraint;

/// ALTER TABLE, action by action. The modes are those of AlterTableGetLockLevel (src/backend/commands/tablecmds.c).
final class AlterTables {
    private final Words words;
    private final ObjectName table;
    private final Draft draft;

    private AlterTables(Words words, ObjectName table, Draft draft) {
        this.words = words;
        this.table = table;
        this.draft = draft;
    }

    static void read(Words words, Draft draft) {
        if (words.is("all", "in")) {
            draft.effect(
                    new Effect.AlterTable(
                            new ObjectName(java.util.Optional.empty(), "*"), words.upper()));
            return;
        }
        words.take("if", "exists");
        var table = words.relation();
        while (!words.atEnd()) {
            new AlterTables(words.item(), table, draft).action();
        }
    }

    static void readView(Words words, Draft draft) {
        words.take("if", "exists");
        draft.lock(words.name(), ACCESS_EXCLUSIVE);
    }

    private void action() {
        var all = words.left();
        var whole = new Words(words.source(), all);
        switch (words.next().value()) {
            case "add" -> add();
            case "drop" -> drop();
            case "alter" -> alter(whole);
            case "rename" -> rename();
            case "validate" -> {
                words.take("constraint");
                done(
                        SHARE_UPDATE_EXCLUSIVE,
                        new Effect.ValidateConstraint(table, words.identifier()));
            }
            case "attach" -> {
                words.take("partition");
                var partition = words.name();
                draft.lock(partition, ACCESS_EXCLUSIVE);
                done(SHARE_UPDATE_EXCLUSIVE, new Effect.AttachPartition(table, partition));
            }
            case "detach" -> detach();
            case "inherit" -> {
                draft.lock(words.name(), SHARE_UPDATE_EXCLUSIVE);
                other(ACCESS_EXCLUSIVE, whole);
            }
            case "no" -> {
                if (words.take("inherit")) {
                    draft.lock(words.name(), ACCESS_SHARE);
                }
                other(ACCESS_EXCLUSIVE, whole);
            }
            case "enable", "disable" -> {
                words.takeAny("always", "replica");
                other(words.is("trigger") ? SHARE_ROW_EXCLUSIVE : ACCESS_EXCLUSIVE, whole);
            }
            case "cluster" -> other(SHARE_UPDATE_EXCLUSIVE, whole);
            case "set", "reset" -> set(whole);
            default -> other(ACCESS_EXCLUSIVE, whole);
        }
    }

    private void done(LockMode mode, Effect effect) {
        draft.lock(table, mode);
        draft.effect(effect);
    }

    private void other(LockMode mode, Words whole) {
        done(mode, new Effect.AlterTable(table, whole.upper()));
    }

    private void add() {
        if (Constraints.beginsHere(words)) {
            AddConstraint constraint = Constraints.read(words, table, draft);
            done(
                    constraint.kind() == Constraint.FOREIGN_KEY
                            ? SHARE_ROW_EXCLUSIVE
                            : ACCESS_EXCLUSIVE,
                    constraint);
            return;
        }
        words.take("column");
        boolean ifNotExists = words.take("if", "not", "exists");
        draft.lock(table, ACCESS_EXCLUSIVE);
        Columns.read(words, table, ifNotExists, draft);
    }

    private void drop() {
        boolean constraint = words.take("constraint");
        if (!constraint) {
            words.take("column");
        }
        boolean ifExists = words.take("if", "exists");
        var name = words.identifier();
        draft.destructive();
        done(
                ACCESS_EXCLUSIVE,
                constraint
                        ? new Effect.DropConstraint(table, name, ifExists)
                        : new Effect.DropColumn(table, name, ifExists));
    }

    private void alter(Words whole) {
        if (words.take("constraint")) {
            other(ACCESS_EXCLUSIVE, whole);
            return;
        }
        words.take("column");
        if (!words.isIdentifier()) {
            other(SHARE_UPDATE_EXCLUSIVE, whole); // ALTER 1 SET STATISTICS, of an index
            return;
        }
        var column = words.identifier();
        if (words.take("type") || words.take("set", "data", "type")) {
            var type = Columns.type(words);
            done(ACCESS_EXCLUSIVE, new Effect.ChangeType(table, column, type, words.has("using")));
        } else if (words.take("set", "not", "null")) {
            done(ACCESS_EXCLUSIVE, new Effect.SetNotNull(table, column));
        } else if (words.take("drop", "not", "null")) {
            done(ACCESS_EXCLUSIVE, new Effect.DropNotNull(table, column));
        } else if (words.take("set", "default")) {
            done(ACCESS_EXCLUSIVE, new Effect.SetDefault(table, column));
        } else if (words.is("set", "statistics") || isOptions()) {
            other(SHARE_UPDATE_EXCLUSIVE, whole);
        } else {
            other(ACCESS_EXCLUSIVE, whole);
        }
    }

    /// `SET (…)` or `RESET (…)`
    private boolean isOptions() {
        return words.isAny("set", "reset") && words.peek(1).value().equals("(");
    }

    private void rename() {
        draft.lock(table, ACCESS_EXCLUSIVE);
        if (words.take("to")) {
            draft.effect(new Effect.RenameTable(table, words.identifier()));
        } else if (words.is("constraint")) {
            draft.effect(new Effect.AlterTable(table, "RENAME " + words.upper()));
        } else {
            words.take("column");
            var column = words.identifier();
            words.take("to");
            draft.effect(new Effect.RenameColumn(table, column, words.identifier()));
        }
    }

    private void detach() {
        words.take("partition");
        var partition = words.name();
        boolean concurrently = words.take("concurrently");
        boolean finishes = words.is("finalize");
        if (concurrently) {
            draft.command("ALTER TABLE DETACH PARTITION CONCURRENTLY");
            draft.refused();
        }
        draft.lock(partition, ACCESS_EXCLUSIVE);
        done(
                concurrently || finishes ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE,
                new Effect.DetachPartition(table, partition, concurrently));
    }

    private void set(Words whole) {
        boolean options = words.isSymbol("(");
        boolean light =
                words.is("without", "cluster")
                        || (options && !words.group().has("user_catalog_table"));
        other(light ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE, whole);
    }
}
