package dev.fairlead.migrate.sql;

import java.util.Locale;

/// The sorts of object that CREATE, ALTER and DROP name, some of them in several words.
final class Sorts {
    private static final String[][] LONG = {
        {"materialized", "view"},
        {"foreign", "table"},
        {"foreign", "data", "wrapper"},
        {"event", "trigger"},
        {"text", "search", "configuration"},
        {"text", "search", "dictionary"},
        {"text", "search", "parser"},
        {"text", "search", "template"},
        {"access", "method"},
        {"operator", "class"},
        {"operator", "family"},
        {"user", "mapping"},
        {"default", "privileges"},
        {"large", "object"},
    };

    private Sorts() {}

    /// Passes the sort, in upper case.
    static String read(Words words) {
        for (var sort : LONG) {
            if (words.take(sort)) {
                return String.join(" ", sort).toUpperCase(Locale.ROOT);
            }
        }
        words.takeAny("trusted", "procedural");
        words.take("procedural");
        return words.identifier().toUpperCase(Locale.ROOT);
    }
}
