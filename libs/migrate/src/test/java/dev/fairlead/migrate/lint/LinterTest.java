package dev.fairlead.migrate.lint;

import static dev.fairlead.migrate.lint.Written.lint;
import static dev.fairlead.migrate.lint.Written.lintAfter;
import static dev.fairlead.migrate.lint.Written.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Severity;
import dev.fairlead.testkit.Covers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the statements around one change about it.
class LinterTest {
    private static final String DOWN = "-- +goose Down\nSELECT pg_notify('a', 'b');\n";

    @Test
    @Covers("SPEC-07")
    void aWholeHistoryOfOrdinaryFilesHasNoError() {
        var findings =
                lint(
                        """
                        CREATE TYPE mood AS ENUM ('calm', 'angry');
                        CREATE TABLE users (id serial PRIMARY KEY, name varchar(50) NOT NULL, mail text);
                        CREATE INDEX users_name ON users (name);
                        INSERT INTO users (name) VALUES ('admin');
                        -- +goose Down
                        DROP TABLE users;
                        DROP TYPE mood;
                        -- the next migration
                        CREATE TABLE orders (id bigserial PRIMARY KEY, user_id int REFERENCES users (id));
                        ALTER TABLE users ADD COLUMN age int NOT NULL;
                        ALTER TABLE users ALTER COLUMN mail SET NOT NULL;
                        ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users (id);
                        UPDATE users SET age = 1;
                        -- +goose Down
                        DROP TABLE orders;
                        -- the next migration
                        ALTER TABLE users RENAME COLUMN mail TO email;
                        ALTER TABLE users ALTER COLUMN age TYPE bigint;
                        ALTER TABLE orders RENAME TO purchases;
                        ALTER TABLE purchases DROP COLUMN user_id;
                        CREATE UNIQUE INDEX users_email ON users (email);
                        ALTER TYPE mood ADD VALUE 'sad';
                        DROP TABLE purchases;
                        -- +goose Down
                        SELECT 1;
                        """);
        assertThat(findings).noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    @Test
    void whatRanBeforeHoldsData() {
        var made = "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20), at timestamp);\n";
        var change = "CREATE INDEX users_name ON users (name);\n" + DOWN;
        assertThat(rules(lint(made + change))).doesNotContain("require-concurrent-index-creation");
        assertThat(rules(lintAfter(made, change))).contains("require-concurrent-index-creation");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ALTER TABLE t ALTER a TYPE varchar(50) | true
                    ALTER TABLE t ALTER a TYPE text | true
                    ALTER TABLE t ALTER a TYPE character varying | true
                    ALTER TABLE t ALTER a TYPE varchar(10) | false
                    ALTER TABLE t ALTER a TYPE text USING upper(a) | false
                    ALTER TABLE t ALTER b TYPE numeric(12,2) | true
                    ALTER TABLE t ALTER b TYPE numeric | true
                    ALTER TABLE t ALTER b TYPE numeric(12,3) | false
                    ALTER TABLE t ALTER c TYPE bigint | false
                    ALTER TABLE t ALTER d TYPE timestamptz | false
                    ALTER TABLE t ALTER d TYPE timestamp(3) without time zone | false
                    ALTER TABLE t ALTER e TYPE inet | true
                    ALTER TABLE t ALTER f TYPE varchar | true
                    ALTER TABLE t ALTER f TYPE varchar(10) | false
                    """)
    void aTypeThatOnlyGrowsIsHarmless(String sql, boolean harmless) {
        var made =
                "CREATE TABLE t (a varchar(20), b decimal(10, 2), c int4, d timestamp, e cidr, f text);\n";
        assertThat(rules(lintAfter(made, sql + ";\n" + DOWN)).contains("changing-column-type"))
                .isEqualTo(!harmless);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE users ADD COLUMN a int DEFAULT 1 NOT NULL;",
                "ALTER TABLE users ADD COLUMN a timestamptz DEFAULT now();",
                "ALTER TABLE users ADD COLUMN a text; ",
                "ALTER TABLE orders ADD CONSTRAINT p PRIMARY KEY USING INDEX i;",
                "CREATE INDEX i ON ONLY orders (a);",
                "INSERT INTO users (a) SELECT 1;",
                "CREATE TEMP TABLE t (a int); UPDATE t SET a = 1; DROP TABLE t;",
                "ALTER TABLE orders VALIDATE CONSTRAINT c;",
                "COMMENT ON TABLE orders IS 'a';",
                "GRANT SELECT ON orders TO app;",
                "UPDATE orders SET a = 1 WHERE id = 3;",
            })
    void whatIsHarmlessOnALargeTableIsNoFindingButANote(String sql) {
        assertThat(lint(sql + "\n" + DOWN))
                .as(sql)
                .allMatch(finding -> finding.severity() == Severity.NOTE);
    }

    @Test
    void statementsThatAreSentAsOneQueryShareATransaction() {
        var together =
                """
                -- +goose NO TRANSACTION
                -- +goose Up
                -- +goose StatementBegin
                SELECT f(); CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (a);
                -- +goose StatementEnd
                """;
        assertThat(rules(lint(together + DOWN)))
                .contains("ban-concurrent-index-creation-in-transaction");
        var apart = together.replaceAll("-- \\+goose Statement.*\n", "").replace("; ", ";\n");
        assertThat(rules(lint(apart + DOWN)))
                .doesNotContain("ban-concurrent-index-creation-in-transaction");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ban-concurrent-index-creation-in-transaction | CREATE INDEX CONCURRENTLY i ON a (b);
                    statement-refused-in-transaction | DROP INDEX CONCURRENTLY i;
                    transaction-nesting | BEGIN; SELECT f(); COMMIT;
                    """)
    void whereTheMigratorSplitsItsOwnTransactionItIsAWarning(String rule, String sql) {
        var found =
                lint("SELECT f();\n" + sql + "\n" + DOWN).stream()
                        .filter(finding -> finding.rule().equals(rule))
                        .toList();
        assertThat(found)
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.what()).contains("the step is split here");
                });
    }

    @Test
    void betweenBeginAndCommitIsATransactionToo() {
        var file =
                """
                -- +goose NO TRANSACTION
                -- +goose Up
                BEGIN;
                ALTER TYPE mood ADD VALUE 'sad';
                UPDATE people SET mood = 'sad'::mood WHERE id = 1;
                COMMIT;
                """;
        assertThat(rules(lint(file + DOWN))).contains("enum-value-used-in-same-transaction");
        assertThat(rules(lint(file.replaceAll("BEGIN;\n|COMMIT;\n", "") + DOWN)))
                .doesNotContain("enum-value-used-in-same-transaction");
    }

    @Test
    void aNewTypesOwnValuesMayBeUsedAtOnce() {
        assertThat(
                        rules(
                                lint(
                                        "CREATE TYPE mood AS ENUM ('calm');\nALTER TYPE mood ADD VALUE 'sad';\n"
                                                + "SELECT f('sad'::mood);\n"
                                                + DOWN)))
                .doesNotContain("enum-value-used-in-same-transaction");
    }

    @Test
    void aStringThatMayBeSomethingElseThanTheValueIsAWarning() {
        assertThat(
                        lint(
                                        "ALTER TYPE mood ADD VALUE 'sad';\nINSERT INTO words VALUES ('sad');\n"
                                                + DOWN)
                                .stream()
                                .filter(finding ->
                                        finding.rule()
                                                .equals("enum-value-used-in-same-transaction")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.place().line()).isEqualTo(3);
                });
    }

    @Test
    void severitiesCanBeSet() {
        var strict =
                new LintOptions(
                        Set.of(),
                        Map.of(
                                "ban-drop-not-null", Severity.ERROR,
                                "ban-drop-table", Severity.NOTE),
                        List.of(),
                        0,
                        0);
        var findings =
                Linter.lint(
                        Written.migrations(
                                "ALTER TABLE a ALTER b DROP NOT NULL;\nDROP TABLE c;\n" + DOWN),
                        LiveFacts.NONE,
                        strict);
        assertThat(findings)
                .extracting(Finding::rule, Finding::severity)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("ban-drop-not-null", Severity.ERROR),
                        org.assertj.core.groups.Tuple.tuple("ban-drop-table", Severity.NOTE));
    }

    @Test
    void findingsAreInTheOrderOfTheRun() {
        var findings =
                lint(
                        "DROP TABLE a;\nDROP TABLE b;\n"
                                + DOWN
                                + Rule.NEXT
                                + "\nDROP TABLE c;\n"
                                + DOWN);
        assertThat(findings)
                .filteredOn(finding -> finding.rule().equals("ban-drop-table"))
                .extracting(finding -> finding.key() + ":" + finding.place().line())
                .containsExactly("shop.sql.1:2", "shop.sql.1:3", "shop.sql.2:2");
    }
}
