package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.MigrateOutcome.Done;
import dev.fairlead.migrate.MigrateOutcome.Stopped;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Questions around a step: only true passes.
@ParameterizedClass
@EnumSource(Release.class)
class ChecksIT {
    private final Db db;

    ChecksIT(Release release) {
        db = PostgresServer.shared(release).fresh();
    }

    private MigrateOutcome up(Migration... migrations) throws InterruptedException {
        return Migrations.of(db.url()).from(List.of(migrations)).up();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "true; true",
                "SELECT true; true",
                "1 < 2 AND EXISTS (SELECT 1); true",
                "(SELECT true); true",
                "VALUES (true); true",
                "WITH x AS (SELECT true AS y) SELECT y FROM x; true",
                "false; false",
                "NULL; a value of type text",
                "NULL::boolean; null",
                "SELECT true WHERE false; no row",
                "SELECT true FROM generate_series(1, 2); several rows or columns",
                "SELECT true, true; several rows or columns",
                "1; a value of type int4",
                "text 'true'; a value of type text",
                "SELECT nothing; an error: column \"nothing\" does not exist [42703]"
            })
    void onlyTruePasses(String expression, String result) throws Exception {
        var outcome = up(Sample.of("a.1").validation(expression).build());
        if (result.equals("true")) {
            assertThat(outcome).isInstanceOf(Done.class);
        } else {
            assertThat(outcome.problems().getFirst().what())
                    .isEqualTo(
                            "the assertion of step 1 of a.1@1.0.0 gave %s in place of true: %s"
                                    .formatted(result, expression));
        }
        assertThat(
                        db.value(
                                "SELECT detail #>> '{checks,0,result}' FROM fairlead.migration_history"))
                .isEqualTo(result);
    }

    @Test
    void aFailedCheckBeforeAStepTouchesNothing() throws Exception {
        var outcome = up(Sample.of("a.1").pre("1 = 2").schema("CREATE TABLE t (id int)").build());
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Stopped.class,
                        stopped -> {
                            assertThat(stopped.failed().problem().code())
                                    .isEqualTo(MigrateCode.CHECK_FAILED);
                            assertThat(stopped.failed().stays()).isEmpty();
                        });
        assertThat(db.value("SELECT to_regclass('t')")).isEqualTo("null");
    }

    @Test
    void aFailedCheckAfterAStepRollsItBack() throws Exception {
        var outcome =
                up(
                        Sample.of("a.1")
                                .post("SELECT count(*) = 1 FROM t")
                                .schema("CREATE TABLE t (id int)")
                                .build());
        assertThat(outcome.problems().getFirst().what())
                .startsWith("the check after step 1 of a.1@1.0.0 gave false");
        assertThat(db.value("SELECT to_regclass('t')")).isEqualTo("null");
    }

    @Test
    void aFailedCheckAfterWhatNoTransactionHoldsSaysWhatStays() throws Exception {
        var wrong =
                Sample.of("a.1").post("false").outside("CREATE TABLE t (id int); VACUUM t").build();
        assertThat(up(wrong))
                .isInstanceOfSatisfying(
                        Stopped.class,
                        stopped ->
                                assertThat(stopped.failed().stays())
                                        .containsExactly(
                                                "CREATE TABLE (sample.sql:1:1) is done and stays",
                                                "VACUUM (sample.sql:1:26) is done and stays"));
        // The next run knows what is done: CREATE TABLE does not run again.
        var right =
                Sample.of("a.1").post("true").outside("CREATE TABLE t (id int); VACUUM t").build();
        assertThat(up(right)).isInstanceOf(Done.class);
    }

    @Test
    void everyQuestionAndItsAnswerIsInTheHistory() throws Exception {
        up(
                Sample.of("a.1")
                        .pre("to_regclass('t') IS NULL")
                        .post("to_regclass('t') IS NOT NULL")
                        .schema("CREATE TABLE t (id int)")
                        .build());
        assertThat(db.value("SELECT detail -> 'checks' FROM fairlead.migration_history"))
                .isEqualTo(
                        "[{\"phase\": \"pre\", \"result\": \"true\", \"description\": \"before\"},"
                                + " {\"phase\": \"post\", \"result\": \"true\", \"description\": \"after\"}]");
    }
}
