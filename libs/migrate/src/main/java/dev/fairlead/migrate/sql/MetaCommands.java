package dev.fairlead.migrate.sql;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Source;
import java.util.Map;
import java.util.Set;

/// What to do instead of a backslash command of psql.
final class MetaCommands {
    private static final String NO_OUTPUT = "remove the line; it only shapes what psql prints";
    private static final String INCLUDE =
            "put the file's text here, or make a migration of its own of it";
    private static final String VARIABLE =
            "write the value itself; a goose file can take it from the environment by +goose ENVSUB ON";
    private static final String CONDITION =
            "use IF in a DO block, or IF [NOT] EXISTS of the statement itself";
    private static final String DYNAMIC = "use EXECUTE in a DO block";
    private static final Map<String, String> ADVICE =
            Map.ofEntries(
                    Map.entry("i", INCLUDE),
                    Map.entry("ir", INCLUDE),
                    Map.entry("include", INCLUDE),
                    Map.entry("include_relative", INCLUDE),
                    Map.entry("set", VARIABLE),
                    Map.entry("unset", VARIABLE),
                    Map.entry("getenv", VARIABLE),
                    Map.entry("prompt", VARIABLE),
                    Map.entry("gset", DYNAMIC),
                    Map.entry("gexec", DYNAMIC),
                    Map.entry("if", CONDITION),
                    Map.entry("elif", CONDITION),
                    Map.entry("else", CONDITION),
                    Map.entry("endif", CONDITION),
                    Map.entry("c", "remove the line; the database is chosen by the configuration"),
                    Map.entry(
                            "connect",
                            "remove the line; the database is chosen by the configuration"),
                    Map.entry("copy", "use COPY … FROM STDIN with the rows below it"),
                    Map.entry("g", "end the statement with a semicolon"),
                    Map.entry("gx", "end the statement with a semicolon"),
                    Map.entry(";", "write the semicolon without the backslash"),
                    Map.entry("restrict", "remove the line; pg_dump writes it for psql alone"),
                    Map.entry("unrestrict", "remove the line; pg_dump writes it for psql alone"),
                    Map.entry(
                            ".",
                            "remove the line; it ends the rows of a COPY … FROM STDIN, and there is none before it"),
                    Map.entry("echo", NO_OUTPUT),
                    Map.entry("qecho", NO_OUTPUT),
                    Map.entry("pset", NO_OUTPUT),
                    Map.entry("timing", NO_OUTPUT),
                    Map.entry("x", NO_OUTPUT),
                    Map.entry("t", NO_OUTPUT),
                    Map.entry("a", NO_OUTPUT),
                    Map.entry("o", NO_OUTPUT));

    private static final Set<String> SENDERS =
            Set.of(";", "g", "gx", "gset", "gexec", "gdesc", "crosstabview", "watch");

    private MetaCommands() {}

    /// Whether a command sends what stands before it.
    static boolean sends(String name) {
        return SENDERS.contains(name);
    }

    /// The word after the backslash.
    static String name(String text, int at) {
        int end = at + 1;
        while (end < text.length() && Lexer.isIdentifierPart(text.charAt(end))) {
            end++;
        }
        return end == at + 1 && end < text.length()
                ? text.substring(end, end + 1)
                : text.substring(at + 1, end);
    }

    static Problem problem(Source source, int at) {
        var name = name(source.text(), at);
        var problem =
                Problem.error(
                        SqlCode.SQL_META_COMMAND,
                        source.at(at),
                        "\\" + name.strip() + " is a command of psql, not SQL");
        var advice = ADVICE.get(name);
        return advice == null ? problem : problem.withHint(advice);
    }
}
