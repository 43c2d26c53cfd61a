package dev.fairlead.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.kind.KindEnd;
import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.MigrateOutcome;
import dev.fairlead.migrate.MigrateOutcome.StepFailure;
import dev.fairlead.migrate.lock.Holder;
import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.migrate.model.Version;
import dev.fairlead.testkit.Covers;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// How a run of migrations ended, in the codes and sentences that `explain` has.
class EndsTest {
    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    private static MigrateOutcome stopped(MigrateCode code, String what, String... stays) {
        var place = new Source("migrations/0002_b.sql", "\nx").at(2, 1);
        var failure =
                new StepFailure(
                        new MigrationKey("shop.sql.2"),
                        Version.parse("1").orElseThrow(),
                        0,
                        Problem.error(code, place, what),
                        List.of(stays));
        return new MigrateOutcome.Stopped(
                List.of(), failure, List.of(new MigrationKey("shop.sql.3")));
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(
                        stopped(MigrateCode.CHECK_FAILED, "the check \"users\" gave false"),
                        "SCHEMA_CHECK_FAILED migrations/0002_b.sql:2:1 the check \"users\" gave false [not tried: shop.sql.3] false"),
                Arguments.of(
                        stopped(MigrateCode.STEP_TIMED_OUT, "took longer than 5 s", "an index"),
                        "SCHEMA_FAILED migrations/0002_b.sql:2:1 took longer than 5 s [stays: an index, not tried: shop.sql.3] false"),
                Arguments.of(
                        new MigrateOutcome.Busy(new Holder("ada@laptop (pid 7)", TEN, TEN, 3)),
                        "SCHEMA_LOCKED the database is being migrated by ada@laptop (pid 7) since 2026-11-21T10:00:00Z [] true"),
                Arguments.of(
                        new MigrateOutcome.Waiting(
                                List.of(),
                                List.of(
                                        Problem.error(
                                                        MigrateCode.WORK_NEEDED,
                                                        "shop.files waits for work by hand")
                                                .withEvidence(List.of("move the files")))),
                        "SCHEMA_UNAPPROVED shop.files waits for work by hand [move the files] false"),
                Arguments.of(
                        new MigrateOutcome.Refused(
                                List.of(
                                        Problem.error(
                                                MigrateCode.MIGRATION_CHANGED,
                                                "shop.sql.1 has another text"),
                                        Problem.error(
                                                MigrateCode.MIGRATION_OUT_OF_ORDER,
                                                "shop.sql.2 comes late"))),
                        "SCHEMA_REFUSED shop.sql.1 has another text [shop.sql.2 comes late] false"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    @Covers("DEP-04")
    void isACauseWithASentence(MigrateOutcome outcome, String expected) {
        var end = Ends.of(outcome, new UnitName("shop-db"));
        assertThat(end)
                .isInstanceOfSatisfying(
                        KindEnd.Failed.class,
                        failed -> {
                            var cause = failed.cause();
                            Code code = cause.code();
                            assertThat(
                                            code.name()
                                                    + " "
                                                    + cause.what()
                                                    + " "
                                                    + cause.evidence()
                                                    + " "
                                                    + failed.timedOut())
                                    .isEqualTo(expected);
                            assertThat(cause.advice()).isNotEmpty();
                        });
    }
}
