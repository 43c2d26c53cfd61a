package dev.fairlead.migrate.sql;

import static dev.fairlead.migrate.sql.LockMode.ACCESS_EXCLUSIVE;
import static dev.fairlead.migrate.sql.LockMode.ACCESS_SHARE;
import static dev.fairlead.migrate.sql.LockMode.EXCLUSIVE;
import static dev.fairlead.migrate.sql.LockMode.ROW_EXCLUSIVE;
import static dev.fairlead.migrate.sql.LockMode.SHARE;
import static dev.fairlead.migrate.sql.LockMode.SHARE_UPDATE_EXCLUSIVE;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/// Commands on tables that are neither queries nor definitions.
final class TableRules {
    private TableRules() {}

    static void read(Words words, Draft draft) {
        switch (words.next().value()) {
            case "copy" -> copy(words, draft);
            case "truncate" -> truncate(words, draft);
            case "lock" -> lock(words, draft);
            case "refresh" -> refresh(words, draft);
            case "vacuum" -> vacuum(words, draft);
            case "cluster" -> cluster(words, draft);
            case "reindex" -> reindex(words, draft);
            case "comment", "security" -> comment(words, draft);
            default -> analyze(words, draft);
        }
    }

    private static void copy(Words words, Draft draft) {
        if (words.isSymbol("(")) {
            Queries.within(words.group(), draft);
            return;
        }
        words.take("binary");
        var table = words.name();
        words.group();
        if (words.take("from")) {
            draft.lock(table, ROW_EXCLUSIVE);
            draft.effect(new Effect.WriteRows("COPY", table, words.has("where")));
        } else {
            draft.lock(table, ACCESS_SHARE);
        }
    }

    private static void truncate(Words words, Draft draft) {
        words.take("table");
        draft.destructive();
        var list = words.until("restart", "continue", "cascade", "restrict");
        while (!list.atEnd()) {
            var table = list.item().relation();
            draft.lock(table, ACCESS_EXCLUSIVE);
            draft.effect(new Effect.Truncate(table));
        }
    }

    private static void lock(Words words, Draft draft) {
        words.take("table");
        var list = words.until("in", "nowait");
        var tables = new ArrayList<ObjectName>();
        while (!list.atEnd()) {
            tables.add(list.item().relation());
        }
        var mode = words.take("in") ? mode(words) : ACCESS_EXCLUSIVE;
        tables.forEach(table -> draft.lock(table, mode));
        draft.effect(new Effect.LockTable(tables, mode));
    }

    private static LockMode mode(Words words) {
        var name = words.until("mode").upper().replace(' ', '_');
        for (var mode : LockMode.values()) {
            if (mode.name().equals(name)) {
                return mode;
            }
        }
        throw new Words.Unreadable();
    }

    private static void refresh(Words words, Draft draft) {
        draft.command("REFRESH MATERIALIZED VIEW");
        if (!words.take("materialized", "view")) {
            throw new Words.Unreadable();
        }
        boolean concurrently = words.take("concurrently");
        draft.lock(words.name(), concurrently ? EXCLUSIVE : ACCESS_EXCLUSIVE);
    }

    private static void vacuum(Words words, Draft draft) {
        draft.refused();
        boolean full = option(words.group(), "full");
        while (words.isAny("full", "freeze", "verbose", "analyze", "analyse")) {
            full |= words.next().is("full");
        }
        tables(words, full ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE, draft);
    }

    private static void analyze(Words words, Draft draft) {
        words.group();
        words.take("verbose");
        tables(words, SHARE_UPDATE_EXCLUSIVE, draft);
    }

    private static void tables(Words words, LockMode mode, Draft draft) {
        while (!words.atEnd()) {
            draft.lock(words.item().relation(), mode);
        }
    }

    private static void cluster(Words words, Draft draft) {
        words.group();
        words.take("verbose");
        if (words.atEnd()) {
            draft.refused();
            return;
        }
        var first = words.name();
        draft.lock(words.take("on") ? words.name() : first, ACCESS_EXCLUSIVE);
    }

    private static void reindex(Words words, Draft draft) {
        boolean concurrently = option(words.group(), "concurrently");
        var what = words.next().value();
        concurrently |= words.take("concurrently");
        var name = words.isIdentifier() ? Optional.of(words.name()) : Optional.<ObjectName>empty();
        draft.command("REINDEX " + what + (concurrently ? " CONCURRENTLY" : ""));
        boolean one = what.equals("index") || what.equals("table");
        if (concurrently || !one) {
            draft.refused();
        }
        if (what.equals("table") && name.isPresent()) {
            draft.lock(name.get(), concurrently ? SHARE_UPDATE_EXCLUSIVE : SHARE);
        }
        // since 16 a database may go without its name
        draft.effect(
                new Effect.Reindex(
                        what.toUpperCase(Locale.ROOT),
                        name.orElse(new ObjectName(Optional.empty(), "")),
                        concurrently));
    }

    /// Whether an option of a list is on: `(FULL)`, `(FULL true)`, `(FULL 1)`.
    static boolean option(Words list, String name) {
        while (!list.atEnd()) {
            var option = list.item();
            if (option.take(name)) {
                option.takeSymbol("=");
                return option.atEnd() || isTrue(option.peek());
            }
        }
        return false;
    }

    static boolean isTrue(Token token) {
        return switch (token.value().toLowerCase(Locale.ROOT)) {
            case "true", "on", "1", "yes" -> true;
            default -> false;
        };
    }

    private static void comment(Words words, Draft draft) {
        if (draftsLabel(words, draft)) {
            words.until("on");
        }
        if (!words.take("on")) {
            throw new Words.Unreadable();
        }
        if (words.take("column")) {
            var parts = words.parts();
            int table = parts.size() - 2;
            if (table >= 0) {
                var schema =
                        table > 0 ? Optional.of(parts.get(table - 1)) : Optional.<String>empty();
                draft.lock(new ObjectName(schema, parts.get(table)), SHARE_UPDATE_EXCLUSIVE);
            }
        } else if (words.takeAny("table", "view", "sequence")
                || words.take("materialized", "view")
                || words.take("foreign", "table")) {
            draft.lock(words.name(), SHARE_UPDATE_EXCLUSIVE);
        } else if (words.takeAny("constraint", "trigger", "policy", "rule")) {
            words.identifier();
            if (words.take("on") && !words.is("domain")) {
                draft.lock(words.name(), ACCESS_SHARE);
            }
        }
    }

    private static boolean draftsLabel(Words words, Draft draft) {
        boolean label = words.take("label");
        draft.command(label ? "SECURITY LABEL" : "COMMENT");
        return label;
    }
}
