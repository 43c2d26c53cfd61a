package dev.fairlead.migrate.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.sql.Splitter;
import dev.fairlead.testkit.Covers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Assertions that can never be false, and those that only look like it.
class VacuousAssertionTest {
    private static java.util.Optional<VacuousAssertion.Verdict> judge(String assertion) {
        return VacuousAssertion.judge(Splitter.split(new Source("a", assertion)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "(TRUE)",
                "SELECT true",
                "SELECT 't'::boolean",
                "SELECT 1 = 1",
                "SELECT 2 > 1 AS ok",
                "1.0 = 1",
                "'a' = 'a'",
                "NOT false",
                "SELECT NOT (1 = 2)",
                "SELECT count(*) >= 0 FROM users",
                "SELECT count(*) > -1 FROM users WHERE email IS NULL",
                "SELECT 0 <= count(*) FROM users",
                "SELECT count(DISTINCT email) >= 0 FROM users",
                "SELECT (SELECT count(*) FROM users) >= 0",
                "SELECT count(*) IS NOT NULL FROM users",
                "SELECT 1 IS NOT NULL",
                "'x' IS NOT NULL",
                "SELECT max(id) = 3 OR true FROM users",
                "true OR (SELECT bool_and(ok) FROM users)",
                "SELECT (SELECT max(id) FROM users) = 3 OR NOT (SELECT max(id) FROM users) = 3",
                "(SELECT a FROM b) IS NULL OR (SELECT a FROM b) IS NOT NULL",
                "SELECT count(*) > 0 OR count(*) <= 0 FROM users",
                "SELECT max(id) = max(id) FROM users",
                "SELECT max(id) >= max(id) FROM users",
                "SELECT max(id) IS NOT DISTINCT FROM max(id) FROM users",
                "SELECT EXISTS (SELECT count(*) FROM users)",
                "EXISTS (SELECT 1)",
                "SELECT true AND 1 = 1",
                "SELECT coalesce(true, false)",
                "SELECT (true) IS TRUE",
                "SELECT (1 = 1) = true",
            })
    @Covers("SPEC-03")
    void isNeverFalse(String assertion) {
        var verdict = judge(assertion);
        assertThat(verdict).as(assertion).isPresent();
        assertThat(verdict.orElseThrow().certain()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COALESCE((SELECT ok FROM state), true)",
                "SELECT coalesce(bool_and(ok), true) FROM users",
                "SELECT (SELECT ok FROM state) IS NOT FALSE",
            })
    void takesAMissingAnswerForTrue(String assertion) {
        var verdict = judge(assertion);
        assertThat(verdict).as(assertion).isPresent();
        assertThat(verdict.orElseThrow().certain()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "SELECT 1 = 2",
                "SELECT count(*) = 0 FROM users WHERE email IS NULL",
                "SELECT count(*) > 0 FROM users",
                "SELECT count(*) >= 1 FROM users",
                "SELECT count(*) < 0 FROM users",
                "SELECT count(*) OVER () >= 0 FROM users",
                "SELECT true FROM users WHERE id = 1",
                "SELECT true FROM users LIMIT 1",
                "SELECT true WHERE EXISTS (SELECT 1 FROM users)",
                "SELECT count(*) >= 0 FROM users GROUP BY name",
                "SELECT count(*) >= 0 FROM users HAVING count(*) > 3",
                "SELECT EXISTS (SELECT 1 FROM users)",
                "SELECT NOT EXISTS (SELECT 1 FROM users WHERE email IS NULL)",
                "EXISTS (SELECT count(*) FROM users HAVING count(*) > 3)",
                "SELECT random() = random()",
                "SELECT nextval('s') >= nextval('s')",
                "SELECT max(id) IS NOT NULL FROM users",
                "SELECT coalesce(bool_and(ok), false) FROM users",
                "SELECT max(a) = max(b) FROM users",
                "SELECT (SELECT a FROM b) = (SELECT a FROM b)",
                "SELECT a = a FROM users",
                "SELECT max(id) > 0 OR false FROM users",
                "SELECT max(id) BETWEEN 1 AND 1 OR max(id) = 0 FROM users",
                "SELECT CASE WHEN true OR true THEN false ELSE true END",
                "WITH a AS (SELECT true) SELECT 1 = 2",
                "SELECT 1 = 2 UNION SELECT true",
                "SELECT length(name) >= 0 FROM users",
                "SELECT max(ok) = 't' FROM users",
                "SELECT 'true' = name FROM users",
            })
    @Covers("SPEC-03")
    void canFail(String assertion) {
        assertThat(judge(assertion)).as(assertion).isEmpty();
    }
}
