package dev.fairlead.migrate.sql;

import static dev.fairlead.migrate.sql.LockMode.ACCESS_EXCLUSIVE;
import static dev.fairlead.migrate.sql.LockMode.ACCESS_SHARE;
import static dev.fairlead.migrate.sql.LockMode.SHARE_UPDATE_EXCLUSIVE;

/// CREATE TABLE in its four forms: with columns, of a type, as a partition, from a query.
final class CreateTables {
    private CreateTables() {}

    static void read(Words words, boolean temporary, Draft draft) {
        boolean ifNotExists = words.take("if", "not", "exists");
        var table = words.name();
        draft.effect(new Effect.CreateTable(table, ifNotExists, temporary));
        if (words.take("partition", "of")) {
            draft.lock(words.name(), ACCESS_EXCLUSIVE);
            return;
        }
        boolean typed = words.take("of");
        if (typed) {
            words.name();
        }
        var elements = words.group();
        boolean ofQuery = words.has("as") && !typed;
        if (!ofQuery && !typed) {
            while (!elements.atEnd()) {
                element(elements.item(), table, draft);
            }
        }
        if (words.take("inherits")) {
            var parents = words.group();
            while (!parents.atEnd()) {
                draft.lock(parents.item().name(), SHARE_UPDATE_EXCLUSIVE);
            }
        }
        if (ofQuery) {
            draft.command("CREATE TABLE AS");
            words.until("as");
            words.take("as");
            if (!words.is("execute")) {
                Queries.within(words.rest(), draft);
            }
        }
    }

    private static void element(Words words, ObjectName table, Draft draft) {
        if (words.take("like")) {
            draft.lock(words.name(), ACCESS_SHARE);
        } else if (Constraints.beginsHere(words)) {
            draft.effect(Constraints.read(words, table, draft));
        } else if (!words.atEnd()) {
            Columns.read(words, table, false, draft);
        }
    }
}
