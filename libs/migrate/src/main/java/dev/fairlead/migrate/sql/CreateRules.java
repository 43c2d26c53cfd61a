package dev.fairlead.migrate.sql;

import static dev.fairlead.migrate.sql.LockMode.ACCESS_EXCLUSIVE;
import static dev.fairlead.migrate.sql.LockMode.ACCESS_SHARE;
import static dev.fairlead.migrate.sql.LockMode.SHARE;
import static dev.fairlead.migrate.sql.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.fairlead.migrate.sql.LockMode.SHARE_UPDATE_EXCLUSIVE;

import java.util.Optional;

/// CREATE of everything.
final class CreateRules {
    private CreateRules() {}

    static void read(Words words, Draft draft) {
        words.take("create");
        boolean replace = words.take("or", "replace");
        words.takeAny("local", "global");
        boolean temporary = words.takeAny("temporary", "temp");
        words.takeAny("unlogged", "recursive");
        boolean unique = words.take("unique");
        words.take("constraint"); // TRIGGER
        words.take("default"); // CONVERSION
        var sort = Sorts.read(words);
        draft.command("CREATE " + sort);
        switch (sort) {
            case "TABLE", "FOREIGN TABLE" -> CreateTables.read(words, temporary, draft);
            case "INDEX" -> index(words, unique, draft);
            case "TRIGGER", "POLICY" -> onTable(words, sort, replace, draft);
            case "RULE" -> rule(words, replace, draft);
            case "TYPE" -> type(words, draft);
            case "VIEW", "MATERIALIZED VIEW" -> view(words, sort, replace, draft);
            case "STATISTICS" -> statistics(words, draft);
            case "SUBSCRIPTION" -> subscription(words, draft);
            case "CAST", "TRANSFORM", "USER MAPPING" -> {
                // they have no name of their own
            }
            default -> other(words, sort, replace, draft);
        }
    }

    private static void other(Words words, String sort, boolean replace, Draft draft) {
        if (sort.equals("DATABASE") || sort.equals("TABLESPACE")) {
            draft.refused();
        }
        boolean ifNotExists = words.take("if", "not", "exists");
        if (sort.equals("OPERATOR")) {
            return;
        }
        var name = words.take("authorization") || words.isIdentifier() ? words.name() : null;
        if (name == null) {
            throw new Words.Unreadable();
        }
        draft.effect(new Effect.Create(sort, name, replace, ifNotExists));
        if (sort.equals("SEQUENCE") && words.has("owned", "by")) {
            ownedBy(words, draft);
        }
    }

    /// `OWNED BY table.column`
    static void ownedBy(Words words, Draft draft) {
        words.until("owned");
        words.skip(2);
        var parts = words.parts();
        int table = parts.size() - 2;
        if (table >= 0) {
            var schema = table > 0 ? Optional.of(parts.get(table - 1)) : Optional.<String>empty();
            draft.lock(new ObjectName(schema, parts.get(table)), ACCESS_SHARE);
        }
    }

    private static void index(Words words, boolean unique, Draft draft) {
        boolean concurrently = words.take("concurrently");
        boolean ifNotExists = words.take("if", "not", "exists");
        var name = words.is("on") ? Optional.<ObjectName>empty() : Optional.of(words.name());
        if (!words.take("on")) {
            throw new Words.Unreadable();
        }
        var table = words.relation();
        if (concurrently) {
            draft.command("CREATE INDEX CONCURRENTLY");
            draft.refused();
        }
        draft.lock(table, concurrently ? SHARE_UPDATE_EXCLUSIVE : SHARE);
        draft.effect(new Effect.CreateIndex(name, table, unique, concurrently, ifNotExists));
    }

    private static void onTable(Words words, String sort, boolean replace, Draft draft) {
        var name = words.name();
        words.until("on");
        words.take("on");
        var table = words.name();
        boolean trigger = sort.equals("TRIGGER");
        draft.lock(table, trigger ? SHARE_ROW_EXCLUSIVE : ACCESS_EXCLUSIVE);
        if (trigger && words.take("from")) {
            draft.lock(words.name(), ACCESS_SHARE);
        }
        draft.effect(new Effect.Create(sort, name, replace, false));
    }

    private static void rule(Words words, boolean replace, Draft draft) {
        var name = words.name();
        words.until("to");
        words.take("to");
        draft.lock(words.name(), ACCESS_EXCLUSIVE);
        draft.effect(new Effect.Create("RULE", name, replace, false));
    }

    private static void type(Words words, Draft draft) {
        var name = words.name();
        draft.effect(new Effect.CreateType(name, words.is("as", "enum")));
    }

    private static void view(Words words, String sort, boolean replace, Draft draft) {
        boolean ifNotExists = words.take("if", "not", "exists");
        var name = words.name();
        if (replace) {
            draft.lock(name, ACCESS_EXCLUSIVE);
        }
        draft.effect(new Effect.Create(sort, name, replace, ifNotExists));
        words.group();
        words.until("as");
        words.take("as");
        Queries.within(words.rest(), draft);
    }

    private static void statistics(Words words, Draft draft) {
        boolean ifNotExists = words.take("if", "not", "exists");
        if (words.isIdentifier() && !words.is("on")) {
            draft.effect(new Effect.Create("STATISTICS", words.name(), false, ifNotExists));
        }
        words.until("from");
        if (words.take("from")) {
            draft.lock(words.relation(), SHARE_UPDATE_EXCLUSIVE);
        }
    }

    /// Making a slot elsewhere cannot be undone, so it may not stand in a transaction.
    private static void subscription(Words words, Draft draft) {
        var name = words.name();
        draft.effect(new Effect.Create("SUBSCRIPTION", name, false, false));
        words.until("with");
        words.take("with");
        var options = words.group();
        boolean makesSlot = true;
        while (!options.atEnd()) {
            var option = options.item();
            if (option.takeAny("create_slot", "connect")) {
                option.takeSymbol("=");
                makesSlot &= option.atEnd() || TableRules.isTrue(option.peek());
            }
        }
        if (makesSlot) {
            draft.refused();
        }
    }
}
