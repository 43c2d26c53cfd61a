package dev.fairlead.migrate.sql;

import static dev.fairlead.migrate.sql.LockMode.ACCESS_EXCLUSIVE;

import java.util.Set;

/// DROP of everything.
final class DropRules {
    private static final Set<String> OUTSIDE = Set.of("DATABASE", "TABLESPACE", "SUBSCRIPTION");
    private static final Set<String> RELATIONS =
            Set.of("VIEW", "MATERIALIZED VIEW", "SEQUENCE", "FOREIGN TABLE");
    private static final Set<String> ON_TABLE = Set.of("TRIGGER", "POLICY", "RULE");
    private static final Set<String> NAMELESS =
            Set.of("CAST", "TRANSFORM", "USER MAPPING", "OPERATOR", "OWNED");

    private DropRules() {}

    static void read(Words words, Draft draft) {
        words.take("drop");
        var sort = Sorts.read(words);
        draft.command("DROP " + sort);
        draft.destructive();
        if (OUTSIDE.contains(sort)) {
            draft.refused();
        }
        if (NAMELESS.contains(sort)) {
            return;
        }
        boolean concurrently = sort.equals("INDEX") && words.take("concurrently");
        if (concurrently) {
            draft.command("DROP INDEX CONCURRENTLY");
            draft.refused();
        }
        boolean ifExists = words.take("if", "exists");
        boolean cascade = words.has("cascade");
        if (ON_TABLE.contains(sort)) {
            var name = words.name();
            if (words.take("on")) {
                draft.lock(words.name(), ACCESS_EXCLUSIVE);
            }
            draft.effect(new Effect.Drop(sort, name, ifExists, cascade));
            return;
        }
        do {
            var name = words.name();
            draft.effect(effect(new Effect.Drop(sort, name, ifExists, cascade), concurrently));
            if (sort.equals("TABLE") || RELATIONS.contains(sort)) {
                draft.lock(name, ACCESS_EXCLUSIVE);
            }
            words.group(); // a routine's arguments
        } while (words.takeSymbol(","));
    }

    private static Effect effect(Effect.Drop drop, boolean concurrently) {
        return switch (drop.what()) {
            case "TABLE" -> new Effect.DropTable(drop.name(), drop.ifExists());
            case "INDEX" -> new Effect.DropIndex(drop.name(), concurrently, drop.ifExists());
            default -> drop;
        };
    }
}
