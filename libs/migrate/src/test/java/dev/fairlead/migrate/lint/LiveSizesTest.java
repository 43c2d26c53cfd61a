package dev.fairlead.migrate.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Severity;
import dev.fairlead.testkit.Covers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the live database changes about a finding.
class LiveSizesTest {
    private static final String GROWING =
            """
            require-concurrent-index-creation | CREATE INDEX i ON orders (a)
            require-concurrent-reindex | REINDEX TABLE orders
            adding-foreign-key-constraint | ALTER TABLE orders ADD FOREIGN KEY (a) REFERENCES orders (id)
            constraint-missing-not-valid | ALTER TABLE orders ADD CHECK (a > 0)
            disallowed-unique-constraint | ALTER TABLE orders ADD UNIQUE (a)
            disallowed-unique-constraint | ALTER TABLE orders ADD PRIMARY KEY (a)
            adding-exclusion-constraint | ALTER TABLE orders ADD EXCLUDE USING gist (a WITH &&)
            adding-not-nullable-field | ALTER TABLE orders ALTER a SET NOT NULL
            adding-field-with-default | ALTER TABLE orders ADD b uuid DEFAULT gen_random_uuid()
            adding-field-with-default | ALTER TABLE orders ADD b int GENERATED ALWAYS AS (a * 2) STORED
            adding-serial-primary-key-field | ALTER TABLE orders ADD b bigserial
            adding-serial-primary-key-field | ALTER TABLE orders ADD b bigint GENERATED ALWAYS AS IDENTITY
            changing-column-type | ALTER TABLE orders ALTER a TYPE bigint
            rewriting-table | ALTER TABLE orders SET UNLOGGED
            rewriting-table | ALTER TABLE orders SET TABLESPACE fast
            prefer-repack | CLUSTER orders USING i
            update-without-where | UPDATE orders SET a = 1
            """;

    private static LiveFacts orders(long rows, long bytes) {
        return new LiveFacts(180000, Map.of("public.orders", new LiveFacts.Table(rows, bytes)));
    }

    private static Finding only(String rule, String sql, LiveFacts facts) {
        var found =
                Written.lint(sql + ";", facts).stream()
                        .filter(finding -> finding.rule().equals(rule))
                        .toList();
        assertThat(found).as("%s in %s", rule, sql).hasSize(1);
        return found.getFirst();
    }

    @ParameterizedTest
    @CsvSource(textBlock = GROWING, delimiter = '|')
    @Covers("SPEC-07")
    void aLargeTableIsAnErrorWithItsFigures(String rule, String sql) {
        var finding = only(rule, sql, orders(12_345_678, 5L << 30));
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.what()).endsWith(" (12,345,678 rows, 5.0 GiB)");
    }

    @ParameterizedTest
    @CsvSource(textBlock = GROWING, delimiter = '|')
    @Covers("SPEC-07")
    void aSmallTableIsAWarningWithItsFigures(String rule, String sql) {
        var finding = only(rule, sql, orders(42, 16384));
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what()).endsWith(" (42 rows, 16.0 KiB)");
    }

    @ParameterizedTest
    @CsvSource(textBlock = GROWING, delimiter = '|')
    void aTableThatTheDatabaseDoesNotHaveIsHarmless(String rule, String sql) {
        var elsewhere =
                new LiveFacts(180000, Map.of("public.other", new LiveFacts.Table(1L << 40, 1)));
        assertThat(Written.rules(Written.lint(sql + ";", elsewhere))).doesNotContain(rule);
    }

    @ParameterizedTest
    @CsvSource(textBlock = GROWING, delimiter = '|')
    void aTableOfTheSamePlanIsHarmless(String rule, String sql) {
        var made = "CREATE TABLE orders (id bigint PRIMARY KEY, a int);\n";
        var facts = orders(12_345_678, 5L << 30);
        assertThat(Written.rules(Written.lint(made + Rule.NEXT + "\n" + sql + ";\n")))
                .doesNotContain(rule);
        assertThat(
                        Written.rules(
                                Written.lint(
                                        made.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS")
                                                + Rule.NEXT
                                                + "\n"
                                                + sql
                                                + ";\n",
                                        facts)))
                .as("IF NOT EXISTS makes no table that is there already")
                .contains(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ban-drop-table | DROP TABLE orders
                    ban-drop-column | ALTER TABLE orders DROP COLUMN a
                    ban-truncate | TRUNCATE orders
                    delete-without-where | DELETE FROM orders
                    adding-required-field | ALTER TABLE orders ADD b int NOT NULL
                    """)
    void losingDataIsAnErrorUnlessThereIsNone(String rule, String sql) {
        assertThat(only(rule, sql, orders(1, 16384)).severity()).isEqualTo(Severity.ERROR);
        assertThat(only(rule, sql, orders(0, 8192)).severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void aNameWithoutASchemaIsLookedForInPublicFirstThenAnywhere() {
        var two =
                new LiveFacts(
                        180000,
                        Map.of(
                                "public.orders", new LiveFacts.Table(1, 1),
                                "shop.orders", new LiveFacts.Table(9_000_000, 1L << 33)));
        assertThat(only("ban-drop-table", "DROP TABLE orders", two).what()).contains("(1 rows");
        var one =
                new LiveFacts(
                        180000, Map.of("shop.orders", new LiveFacts.Table(9_000_000, 1L << 33)));
        assertThat(only("ban-drop-table", "DROP TABLE orders", one).what())
                .contains("(9,000,000 rows, 8.0 GiB)");
    }

    @Test
    void theLiveTypesSayWhichChangeOfATypeIsHarmless() {
        var facts =
                new LiveFacts(
                        180000,
                        Map.of(
                                "public.users",
                                new LiveFacts.Table(
                                        9_000_000,
                                        1L << 33,
                                        Map.of(
                                                "name",
                                                new LiveFacts.Column(
                                                        "character varying(20)", true)))));
        assertThat(Written.rules(Written.lint("ALTER TABLE users ALTER name TYPE text;", facts)))
                .doesNotContain("changing-column-type");
        assertThat(
                        only(
                                        "changing-column-type",
                                        "ALTER TABLE users ALTER name TYPE varchar(10)",
                                        facts)
                                .what())
                .contains("name becomes varchar(10), was varchar(20)");
        assertThat(Written.rules(Written.lint("ALTER TABLE users ALTER name SET NOT NULL;", facts)))
                .as("the column already is")
                .doesNotContain("adding-not-nullable-field");
    }
}
