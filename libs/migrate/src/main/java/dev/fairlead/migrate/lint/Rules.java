package dev.fairlead.migrate.lint;

import dev.fairlead.diagnostic.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All rules.
public final class Rules {
    static final Rule UNKNOWN_RULE =
            new Rule(
                    "unknown-rule-in-ignore",
                    Severity.WARNING,
                    "The comment means to ignore a rule that does not exist, so it ignores nothing.",
                    Rule.NO_LOCK,
                    "the rule's name; the finding says which one is near",
                    """
                    -- fairlead:ignore ban-drop-colum: unused since 2.4
                    ALTER TABLE users DROP COLUMN mail;
                    """,
                    """
                    -- fairlead:ignore ban-drop-column: unused since 2.4
                    ALTER TABLE users DROP COLUMN mail;
                    """);
    static final Rule NO_REASON =
            new Rule(
                    "ignore-without-reason",
                    Severity.WARNING,
                    "Who reads it in a year does not know why the rule was ignored. The comment ignores nothing.",
                    Rule.NO_LOCK,
                    "`-- fairlead:ignore RULE: REASON`",
                    """
                    -- fairlead:ignore ban-drop-column
                    ALTER TABLE users DROP COLUMN mail;
                    """,
                    """
                    -- fairlead:ignore ban-drop-column: unused since 2.4
                    ALTER TABLE users DROP COLUMN mail;
                    """);
    static final Rule UNUSED =
            new Rule(
                    "unused-ignore",
                    Severity.NOTE,
                    "The comment ignores nothing: the rule finds nothing there.",
                    Rule.NO_LOCK,
                    "without the comment",
                    """
                    -- fairlead:ignore ban-drop-column: unused since 2.4
                    CREATE TABLE users (id bigint);
                    """,
                    "CREATE TABLE users (id bigint);");

    private static final List<Entry> ENTRIES =
            Stream.of(
                            IndexRules.ALL,
                            ConstraintRules.ALL,
                            ColumnRules.ALL,
                            RemovalRules.ALL,
                            RewriteRules.ALL,
                            TransactionRules.ALL,
                            DataRules.ALL,
                            SpecRules.ALL,
                            TypeRules.ALL,
                            List.of(
                                    Entry.ofPass(UNKNOWN_RULE),
                                    Entry.ofPass(NO_REASON),
                                    Entry.ofPass(UNUSED)))
                    .flatMap(List::stream)
                    .toList();

    /// Names of Squawk that mean nothing here: an ignore comment with one is no mistake.
    static final Set<String> SQUAWK_ALONE =
            Set.of(
                    "prefer-big-int",
                    "prefer-bigint-over-smallint",
                    "require-timeout-settings",
                    "require-lock-timeout",
                    "require-statement-timeout",
                    "require-enum-value-ordering",
                    "require-table-schema",
                    "syntax-error");

    /// Names that Squawk had before.
    static final Map<String, String> FORMER = Map.of("prefer-timestamp-tz", "prefer-timestamptz");

    private Rules() {}

    /// By severity, then by name.
    public static List<Rule> list() {
        return ENTRIES.stream()
                .map(Entry::rule)
                .sorted(Comparator.comparing(Rule::severity).thenComparing(Rule::name))
                .toList();
    }

    public static Optional<Rule> find(String name) {
        return ENTRIES.stream()
                .map(Entry::rule)
                .filter(rule -> rule.name().equals(name))
                .findFirst();
    }

    static List<Entry> entries() {
        return ENTRIES;
    }

    static Set<String> names() {
        return ENTRIES.stream().map(entry -> entry.rule().name()).collect(Collectors.toSet());
    }
}
