package dev.fairlead.migrate.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Expand, contract, or neither.
class CompatibilityTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    CREATE TABLE a (id bigint PRIMARY KEY, b int NOT NULL CHECK (b > 0)) | EXPAND
                    ALTER TABLE a ADD COLUMN b text | EXPAND
                    ALTER TABLE a ADD COLUMN b text NOT NULL DEFAULT '' | EXPAND
                    ALTER TABLE a ALTER b DROP NOT NULL | EXPAND
                    ALTER TABLE a DROP CONSTRAINT c | EXPAND
                    CREATE VIEW v AS SELECT 1 | EXPAND
                    ALTER TYPE m ADD VALUE 'x' | EXPAND
                    CREATE INDEX i ON a (b) | NEUTRAL
                    UPDATE a SET b = 1 | NEUTRAL
                    COMMENT ON TABLE a IS 'x' | NEUTRAL
                    CREATE TEMP TABLE t (a int) | NEUTRAL
                    DROP TRIGGER t ON a | NEUTRAL
                    DROP TABLE a | CONTRACT
                    ALTER TABLE a DROP COLUMN b | CONTRACT
                    ALTER TABLE a RENAME COLUMN b TO c | CONTRACT
                    ALTER TABLE a RENAME TO b | CONTRACT
                    ALTER TABLE a ALTER b TYPE bigint | CONTRACT
                    ALTER TABLE a ALTER b SET NOT NULL | CONTRACT
                    ALTER TABLE a ADD COLUMN b int NOT NULL | CONTRACT
                    ALTER TABLE a ADD CHECK (b > 0) NOT VALID | CONTRACT
                    CREATE UNIQUE INDEX i ON a (b) | CONTRACT
                    DROP VIEW v | CONTRACT
                    DROP FUNCTION f(int) | CONTRACT
                    REVOKE SELECT ON a FROM app | CONTRACT
                    """)
    @Covers("SPEC-07")
    void isToldFromTheStatements(String sql, Phase phase) {
        var found = Compatibility.of(Written.migrations(sql + ";\n"));
        assertThat(found.values())
                .singleElement()
                .extracting(Compatibility::phase)
                .isEqualTo(phase);
    }

    @Test
    void whatOlderCodeMayStillUseIsNamed() {
        var found =
                Compatibility.of(
                        Written.migrations(
                                "ALTER TABLE users ADD COLUMN a int;\nALTER TABLE users DROP COLUMN mail;\n"));
        assertThat(found.values())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.phase()).isEqualTo(Phase.CONTRACT);
                    assertThat(one.contracts())
                            .extracting(reason -> reason.place().line() + " " + reason.what())
                            .containsExactly("3 column users.mail is dropped");
                });
    }

    @Test
    void whatThePlanItselfMakesIsKnownToNoOlderCode() {
        var found =
                Compatibility.of(
                        Written.migrations(
                                "CREATE TABLE a (b int);\n"
                                        + Rule.NEXT
                                        + "\nALTER TABLE a DROP COLUMN b;\n"
                                        + Rule.NEXT
                                        + "\nDROP TABLE a;\n"));
        assertThat(found.values())
                .extracting(Compatibility::phase)
                .containsExactly(Phase.EXPAND, Phase.NEUTRAL, Phase.NEUTRAL);
    }
}
