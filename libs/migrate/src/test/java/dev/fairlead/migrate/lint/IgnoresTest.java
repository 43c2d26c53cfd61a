package dev.fairlead.migrate.lint;

import static dev.fairlead.migrate.lint.Written.lint;
import static dev.fairlead.migrate.lint.Written.rules;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Comments that ignore a rule.
class IgnoresTest {
    private static final String DOWN = "-- +goose Down\nSELECT pg_notify('a', 'b');\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- fairlead:ignore ban-drop-table: gone since 2.4\nDROP TABLE a;\n",
                "DROP TABLE a; -- fairlead:ignore ban-drop-table: gone since 2.4\n",
                "DROP TABLE -- fairlead:ignore ban-drop-table: gone since 2.4\n  a;\n",
                "/* fairlead:ignore ban-drop-table: gone since 2.4 */ DROP TABLE a;\n",
                "-- fairlead:ignore ban-drop-column, ban-drop-table: gone since 2.4\n\nDROP TABLE a;\n",
                "-- fairlead:ignore-file ban-drop-table: gone since 2.4\nSELECT f();\nDROP TABLE a;\n",
                "-- squawk-ignore ban-drop-table\nDROP TABLE a;\n",
                "-- squawk-ignore\nDROP TABLE a;\n",
                "-- squawk-ignore-file\nSELECT f();\nDROP TABLE a;\n",
                "-- squawk-ignore-file ban-drop-table\nSELECT f();\nDROP TABLE a;\n",
            })
    void ignores(String sql) {
        assertThat(rules(lint(sql + DOWN))).doesNotContain("ban-drop-table");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT f(); -- fairlead:ignore ban-drop-table: of the statement before\nDROP TABLE a;\n",
                "DROP TABLE a;\n-- fairlead:ignore ban-drop-table: after it\n",
                "-- fairlead:ignore ban-drop-table: the first only\nDROP TABLE b;\nDROP TABLE a;\n",
                "SELECT f('-- fairlead:ignore ban-drop-table: in a string'); DROP TABLE a;\n",
                "-- fairlead:ignore ban-drop-column: another rule\nDROP TABLE a;\n",
                "-- fairlead:ignore ban-drop-table\nDROP TABLE a;\n",
                "-- fairlead:ignore ban-drop-table:\nDROP TABLE a;\n",
                "-- fairlead:ignore : for no reason\nDROP TABLE a;\n",
            })
    void ignoresNothing(String sql) {
        assertThat(rules(lint(sql + DOWN))).contains("ban-drop-table");
    }

    @Test
    void aReasonIsDemandedOfOurForm() {
        var findings = lint("-- fairlead:ignore ban-drop-table\nDROP TABLE a;\n" + DOWN);
        assertThat(rules(findings))
                .containsExactlyInAnyOrder("ban-drop-table", "ignore-without-reason");
    }

    @Test
    void anUnknownRuleIsNamedWithTheOneThatWasMeant() {
        var findings =
                lint("-- fairlead:ignore ban-drop-tabel: gone since 2.4\nDROP TABLE a;\n" + DOWN);
        var complaint =
                findings.stream()
                        .filter(finding -> finding.rule().equals("unknown-rule-in-ignore"))
                        .findFirst()
                        .orElseThrow();
        assertThat(complaint.what()).isEqualTo("there is no rule \"ban-drop-tabel\"");
        assertThat(complaint.hint()).isEqualTo("did you mean \"ban-drop-table\"?");
        assertThat(complaint.place().line()).isEqualTo(2);
        assertThat(rules(findings)).contains("ban-drop-table");
    }

    @Test
    void aRuleThatOnlySquawkHasIsNoMistake() {
        assertThat(rules(lint("-- squawk-ignore require-timeout-settings\nSELECT f();\n" + DOWN)))
                .isEmpty();
    }

    @Test
    void aFormerNameOfSquawkCounts() {
        assertThat(
                        rules(
                                lint(
                                        "-- squawk-ignore prefer-timestamp-tz\nCREATE TABLE a (at timestamp);\n"
                                                + DOWN)))
                .isEmpty();
    }

    @Test
    void aCommentThatIgnoresNothingIsToldOf() {
        assertThat(rules(lint("-- fairlead:ignore ban-drop-table: gone\nSELECT f();\n" + DOWN)))
                .containsExactly("unused-ignore");
    }

    @Test
    void aCommentBeforeTheFirstStatementHoldsForTheMigration() {
        assertThat(
                        rules(
                                lint(
                                        "-- fairlead:ignore missing-down-and-fallback: data is gone anyway\nSELECT f();\n")))
                .isEmpty();
    }

    @Test
    void aCommentOfAYamlFileHoldsForItsLineOrTheNext() {
        var spec =
                """
                meta: { name: shop.db.note, version: 1.0.0 } # fairlead:ignore key-without-timestamp: older than the rule
                plan:
                  up:
                    - kind: validation
                      # fairlead:ignore vacuous-assertion: shows the shape
                      assertion: SELECT true
                  fallback: nothing to undo
                """;
        assertThat(rules(lint(spec))).isEmpty();
        assertThat(rules(lint(spec.replace("fairlead:ignore", "fairlead:see"))))
                .containsExactlyInAnyOrder("vacuous-assertion", "key-without-timestamp");
    }

    @Test
    void aCommentInTheSqlOfASpecHoldsForItsStatement() {
        assertThat(
                        rules(
                                lint(
                                        """
                                        meta: { name: shop.db.2026_01_note, version: 1.0.0 }
                                        plan:
                                          up:
                                            - kind: schema
                                              sql: |
                                                -- fairlead:ignore ban-drop-table: gone since 2.4
                                                DROP TABLE note;
                                          fallback: restore from a backup
                                        """)))
                .isEmpty();
    }
}
