package dev.fairlead.migrate.lint;

import static dev.fairlead.diagnostic.Severity.NOTE;
import static dev.fairlead.diagnostic.Severity.WARNING;

import dev.fairlead.migrate.lint.TableColumns.Column;
import dev.fairlead.migrate.sql.Token;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Choices that are cheap today and dear later. Each statement is told of once, with all its columns.
final class TypeRules {
    private static final Set<String> SMALL = Set.of("integer", "smallint", "serial", "smallserial");
    private static final int LONGEST = 63;

    private TypeRules() {}

    static final List<Entry> ALL =
            List.of(
                    new Style(
                                    "ban-char-field",
                                    "char(n) fills up with blanks, which then do not count in comparisons.",
                                    "text",
                                    "CREATE TABLE a (code char(10));",
                                    "CREATE TABLE a (code text);",
                                    column -> column.type().base().equals("char"))
                            .entry(),
                    new Style(
                                    "prefer-text-field",
                                    "The length of a varchar(n) can be shortened only by a rewrite.",
                                    "text, and a CHECK where the length matters",
                                    "CREATE TABLE a (name varchar(50));",
                                    "CREATE TABLE a (name text);",
                                    column ->
                                            column.type().base().equals("varchar")
                                                    && !column.type().arguments().isEmpty())
                            .entry(),
                    new Style(
                                    "prefer-bigint-over-int",
                                    "A key of 32 bits runs out after 2,147,483,647 rows, and a wider one writes the whole"
                                            + " table anew. (Squawk's rule looks at every column, this one at primary keys.)",
                                    "bigint",
                                    "CREATE TABLE a (id integer PRIMARY KEY);",
                                    "CREATE TABLE a (id bigint PRIMARY KEY);",
                                    column ->
                                            column.isPrimaryKey()
                                                    && SMALL.contains(column.type().base()))
                            .entry(),
                    new Style(
                                    "prefer-identity",
                                    "A serial column's sequence has rights and an owner of its own, which are forgotten.",
                                    "bigint GENERATED ALWAYS AS IDENTITY",
                                    "CREATE TABLE a (id bigserial PRIMARY KEY);",
                                    "CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);",
                                    column -> column.type().isSerial())
                            .entry(),
                    new Style(
                                    "prefer-timestamptz",
                                    "A timestamp without a time zone is another moment for every reader.",
                                    "timestamptz",
                                    "CREATE TABLE a (at timestamp);",
                                    "CREATE TABLE a (at timestamptz);",
                                    column -> column.type().base().equals("timestamp"))
                            .entry(),
                    new Style(
                                    "prefer-jsonb",
                                    "json has no equality: DISTINCT, UNION and GROUP BY over it fail.",
                                    "jsonb",
                                    "CREATE TABLE a (body json);",
                                    "CREATE TABLE a (body jsonb);",
                                    column -> column.type().base().equals("json"))
                            .entry(),
                    Entry.statement(
                            new Rule(
                                    "identifier-too-long",
                                    WARNING,
                                    "PostgreSQL cuts names off after 63 bytes, and two long names become one.",
                                    Rule.NO_LOCK,
                                    "a shorter name",
                                    "CREATE TABLE " + "x".repeat(LONGEST + 1) + " (id bigint);",
                                    "CREATE TABLE " + "x".repeat(LONGEST) + " (id bigint);"),
                            TypeRules::tooLong));

    /// A rule about the columns that a statement makes.
    private record Style(
            String name,
            String meaning,
            String instead,
            String bad,
            String good,
            Predicate<Column> disliked) {
        Entry entry() {
            return Entry.statement(
                    new Rule(name, NOTE, meaning, Rule.NO_LOCK, instead, bad, good), this::look);
        }

        private List<Found> look(Site site) {
            var columns =
                    Stream.concat(
                                    TableColumns.of(site.tokens()).stream(),
                                    TableColumns.added(site.tokens()).stream())
                            .filter(disliked)
                            .map(column -> column.name().value() + " " + column.type())
                            .distinct()
                            .collect(Collectors.joining(", "));
            return Site.when(!columns.isEmpty(), () -> Found.of(columns, "better " + instead));
        }
    }

    private static List<Found> tooLong(Site site) {
        return site.tokens().stream()
                .filter(Words::isName)
                .map(Token::value)
                .filter(name -> name.getBytes(StandardCharsets.UTF_8).length > LONGEST)
                .findFirst()
                .map(name ->
                        List.of(
                                Found.of(
                                        "the name %s is longer than 63 bytes and is cut off"
                                                .formatted(name),
                                        "choose a shorter name")))
                .orElse(List.of());
    }
}
