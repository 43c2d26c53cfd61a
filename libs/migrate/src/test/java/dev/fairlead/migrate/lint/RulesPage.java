package dev.fairlead.migrate.lint;

import dev.fairlead.diagnostic.Severity;
import java.util.List;

/// docs/reference/migrate-lint.md.
final class RulesPage {
    private RulesPage() {}

    static String text() {
        var page =
                new StringBuilder(
                        """
                        # Rules of `fairlead migrate lint`

                        <!-- generated from the rules; do not edit -->

                        A rule has Squawk's name where it means the same. An **error** stops a deploy, unless it is ignored or approved; a
                        **warning** and a **note** do not. Tables that the pending migrations make themselves are empty and nobody uses them
                        yet, so whatever is done to them is harmless. With a database at hand its sizes count: where a lock lasts as long as
                        the table is large, a table of at most 10,000 rows in 16 MiB makes an error a warning; where data is lost, an empty
                        one does. Without a database every other table counts as large and busy.

                        A comment before a statement, in it, or behind it on its last line ignores a rule there; its reason is demanded:

                        ```sql
                        -- fairlead:ignore ban-drop-column: unused since 2.4, copied to email in 0007
                        ALTER TABLE users DROP COLUMN mail;
                        ```

                        `fairlead:ignore-file` holds for the whole file, `# fairlead:ignore …` in a MigrationSpec for its own or the next
                        line; one before the first statement also holds for what is found about the migration as a whole. Squawk's
                        `-- squawk-ignore RULE` and `-- squawk-ignore-file` count too, without a reason.

                        `--prove-down` runs every migration up, down and up again on a scratch database and compares the schema each time; a way
                        back that leaves another schema is an error of the rule `broken-down`, at the Down part of its file.

                        Every example below is run as a test, both ways.

                        """);
        for (var severity : Severity.values()) {
            section(page, severity);
        }
        return page.toString().stripTrailing() + "\n";
    }

    private static void section(StringBuilder page, Severity severity) {
        List<Rule> rules =
                Rules.list().stream().filter(rule -> rule.severity() == severity).toList();
        var word = severity.word();
        page.append("## ")
                .append(Character.toUpperCase(word.charAt(0)))
                .append(word.substring(1))
                .append("s\n\n");
        rules.forEach(rule -> rule(page, rule));
    }

    private static void rule(StringBuilder page, Rule rule) {
        page.append("### ").append(rule.name()).append("\n\n");
        page.append(rule.meaning()).append("\n\n");
        page.append("- Locks: ").append(rule.locks()).append(".\n");
        page.append("- Instead: ").append(rule.instead()).append(".\n\n");
        example(page, rule.bad());
        page.append("Better:\n\n");
        example(page, rule.good());
    }

    private static void example(StringBuilder page, String text) {
        page.append("```")
                .append(text.startsWith("meta:") ? "yaml" : "sql")
                .append('\n')
                .append(text.stripTrailing())
                .append("\n```\n\n");
    }
}
