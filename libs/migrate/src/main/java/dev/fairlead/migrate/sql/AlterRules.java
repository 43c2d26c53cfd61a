package dev.fairlead.migrate.sql;

import static dev.fairlead.migrate.sql.LockMode.ACCESS_EXCLUSIVE;
import static dev.fairlead.migrate.sql.LockMode.SHARE_ROW_EXCLUSIVE;

import dev.fairlead.migrate.sql.Token.Kind;

/// ALTER of everything; tables have rules of their own.
final class AlterRules {
    private AlterRules() {}

    static void read(Words words, Draft draft) {
        words.take("alter");
        var sort = Sorts.read(words);
        draft.command("ALTER " + sort);
        switch (sort) {
            case "TABLE", "FOREIGN TABLE" -> AlterTables.read(words, draft);
            case "VIEW", "MATERIALIZED VIEW" -> AlterTables.readView(words, draft);
            case "SEQUENCE" -> sequence(words, draft);
            case "TYPE" -> type(words, draft);
            case "DATABASE" -> {
                words.name();
                if (words.is("set", "tablespace")) {
                    draft.refused();
                }
            }
            case "SYSTEM" -> draft.refused();
            case "SUBSCRIPTION" -> subscription(words, draft);
            case "POLICY", "TRIGGER", "RULE" -> {
                words.name();
                if (words.take("on")) {
                    draft.lock(words.name(), ACCESS_EXCLUSIVE);
                }
            }
            default -> {
                // No table is locked, and nothing happens that a rule asks for.
            }
        }
    }

    private static void sequence(Words words, Draft draft) {
        words.take("if", "exists");
        var name = words.name();
        boolean asTable =
                words.isAny("rename", "owner")
                        || words.is("set", "schema")
                        || words.is("set", "logged")
                        || words.is("set", "unlogged");
        draft.lock(name, asTable ? ACCESS_EXCLUSIVE : SHARE_ROW_EXCLUSIVE);
        if (words.has("owned", "by")) {
            CreateRules.ownedBy(words, draft);
        }
    }

    private static void type(Words words, Draft draft) {
        var name = words.name();
        if (!words.take("add", "value")) {
            return;
        }
        draft.command("ALTER TYPE ADD VALUE");
        boolean ifNotExists = words.take("if", "not", "exists");
        if (words.peek().kind() == Kind.STRING) {
            draft.effect(new Effect.AddEnumValue(name, words.next().value(), ifNotExists));
        }
    }

    /// What asks the other server, or makes or drops a slot there, may not stand in a transaction.
    private static void subscription(Words words, Draft draft) {
        words.name();
        if (words.is("refresh", "publication")) {
            draft.refused();
        } else if (words.isAny("set", "add", "drop") && words.peek(1).is("publication")) {
            words.until("with");
            words.take("with");
            if (!isOff(words.group(), "refresh")) {
                draft.refused();
            }
        } else if (words.take("set")) {
            var options = words.group();
            while (!options.atEnd()) {
                // failover since 17, two_phase since 18: elsewhere the server knows no such option
                // here
                if (options.item().isAny("failover", "two_phase")) {
                    draft.refused();
                }
            }
        }
    }

    private static boolean isOff(Words options, String name) {
        while (!options.atEnd()) {
            var option = options.item();
            if (option.take(name) && option.takeSymbol("=")) {
                return !TableRules.isTrue(option.peek());
            }
        }
        return false;
    }
}
