package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateOutcome.Done;
import dev.fairlead.migrate.MigrateOutcome.Refused;
import dev.fairlead.migrate.MigrateOutcome.Waiting;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.plan.Goal;
import dev.fairlead.migrate.plan.PlanTree;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.testkit.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a plan says, and what it does not do.
@ParameterizedClass
@EnumSource(Release.class)
class PlanningIT {
    private final Db db;

    PlanningIT(Release release) {
        db = PostgresServer.shared(release).fresh();
    }

    private Migrations of(Migration... migrations) {
        return Migrations.of(db.url()).from(List.of(migrations));
    }

    private static Migration goose(long number, String sql) {
        return Sample.of("app.sql." + number).schema(sql).down("SELECT 1").number(number).build();
    }

    @Test
    @Covers("MIG-04")
    void theSameFilesDoNotRunAgainUnderAnotherOwnersName() throws Exception {
        var first = goose(1, "CREATE TABLE IF NOT EXISTS a (id int)");
        var second = goose(2, "INSERT INTO a VALUES (1)");
        assertThat(of(first, second).up().problems()).isEmpty();
        var other = Sample.of("billing.sql.2").schema("INSERT INTO a VALUES (1)").number(2).build();
        var again = of(other).up();

        assertThat(again.problems())
                .singleElement()
                .asString()
                .contains(
                        "MIGRATION_OTHER_OWNER billing.sql.2@1.0.0 has run here already, as a file of \"app\"")
                .contains("--owner app");
        assertThat(db.value("SELECT count(*) FROM a")).isEqualTo("1");
    }

    @Test
    void aPlanWritesNothingAndARoleThatMayOnlyReadIsEnough() throws Exception {
        db.run(
                "DO $$ BEGIN CREATE ROLE reader LOGIN PASSWORD 'correct-horse'; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        var one = goose(1, "CREATE TABLE t (id int)");
        var reading = Migrations.of(db.urlAs("reader")).from(List.of(one));
        assertThat(reading.plan().steps()).hasSize(1);
        assertThat(db.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'fairlead'"))
                .isEqualTo("0");
        of(one).up();
        assertThatThrownBy(reading::plan)
                .hasMessageContaining("DATABASE_REFUSED")
                .hasMessageContaining("GRANT USAGE ON SCHEMA fairlead");
        db.run(
                "GRANT USAGE ON SCHEMA fairlead TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA fairlead TO reader");
        assertThat(reading.plan().nothingToDo()).isTrue();
        assertThat(reading.ready().satisfied()).isTrue();
    }

    @Test
    void samePlanSameHashAndAPasswordIsNowhere() throws Exception {
        var one = goose(1, "CREATE TABLE t (id int)");
        var first = of(one).plan();
        assertThat(of(goose(1, "create   TABLE t (id int) -- the same")).plan().hash())
                .isEqualTo(first.hash());
        assertThat(of(goose(1, "CREATE TABLE t (id bigint)")).plan().hash())
                .isNotEqualTo(first.hash());
        assertThat(PlanTree.of(first).toString()).doesNotContain(PostgresServer.PASSWORD);
        assertThatThrownBy(() ->
                        Migrations.of(db.url().replace("/" + db.name(), "/nowhere"))
                                .from(List.of(one))
                                .plan())
                .hasMessageContaining("DATABASE_UNREACHABLE no connection to 127.0.0.1")
                .hasMessageNotContaining(PostgresServer.PASSWORD);
    }

    @Test
    void aChangedMigrationStopsTheRunWithADifferenceAndRepairAcceptsIt() throws Exception {
        of(goose(1, "CREATE TABLE t (id int);\nCREATE TABLE u (id int)")).up();
        var changed = goose(1, "CREATE TABLE t (id int);\nCREATE TABLE u (id bigint)");
        assertThat(of(changed).up())
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            var problem = refused.why().getFirst();
                            assertThat(problem.code()).isEqualTo(MigrateCode.MIGRATION_CHANGED);
                            assertThat(problem.evidence())
                                    .containsExactly(
                                            "  CREATE TABLE t (id int);",
                                            "- CREATE TABLE u (id int)",
                                            "+ CREATE TABLE u (id bigint)");
                        });
        of(changed)
                .repair(
                        new Migrations.Repair(List.of("app.sql.1"), List.of(), List.of(), false),
                        "the column was widened by hand");
        assertThat(of(changed).up()).isInstanceOf(Done.class);
        assertThat(
                        db.value(
                                "SELECT detail ->> 'reason' FROM fairlead.migration_history WHERE outcome = 'ACCEPTED'"))
                .isEqualTo("the column was widened by hand");
    }

    @Test
    void outOfOrderIsAnErrorThatListsWhatWouldRun() throws Exception {
        of(goose(1, "SELECT 1"), goose(5, "SELECT 5")).up();
        var all =
                of(
                        goose(1, "SELECT 1"),
                        goose(3, "SELECT 3"),
                        goose(4, "SELECT 4"),
                        goose(5, "SELECT 5"));
        assertThat(all.up().problems())
                .extracting(Problem::what)
                .containsExactly(
                        "these would run after later numbers of their folder: app.sql.3@1.0.0, app.sql.4@1.0.0 (the last one applied is 5)");
        assertThat(all.with(MigrateOptions.DEFAULTS.withOutOfOrder(true)).up())
                .isInstanceOf(Done.class);
        assertThat(
                        db.rows(
                                "SELECT key FROM fairlead.migration_history WHERE detail @> '{\"outOfOrder\": true}' ORDER BY id"))
                .containsExactly("app.sql.3", "app.sql.4");
    }

    @Test
    void anApprovalIsForOnePlanAndOneDatabase() throws Exception {
        var wanted = Sample.of("a.1").schema("CREATE TABLE t (id int)").approval().build();
        var other = Sample.sql("a.0", "CREATE TABLE s (id int)");
        assertThat(of(wanted).up())
                .isInstanceOfSatisfying(
                        Waiting.class,
                        waiting ->
                                assertThat(waiting.wanted().getFirst().code())
                                        .isEqualTo(MigrateCode.APPROVAL_NEEDED));
        of(wanted).approve(of(wanted).plan().hash(), "ada", "looks right");
        assertThat(of(other, wanted).up()).isInstanceOf(Waiting.class);
        assertThatThrownBy(() -> of(other, wanted).approve(of(wanted).plan().hash(), "ada", ""))
                .hasMessageContaining("PLAN_STALE");
        assertThat(of(wanted).up()).isInstanceOf(Done.class);

        var elsewhere = db.server().fresh();
        var there = Migrations.of(elsewhere.url()).from(List.of(wanted));
        there.repair(
                new Migrations.Repair(List.of(), List.of(), List.of(), true), "makes the tables");
        elsewhere.run(
                "INSERT INTO fairlead.migration_approval VALUES ('PLAN', '%s', 'copied from the first database', 'ada', now(), '')"
                        .formatted(there.plan().hash()));
        assertThat(there.up()).isInstanceOf(Waiting.class);
    }

    @Test
    void anApprovedPlanThatStoppedHalfWayGoesOnWithoutAskingAgain() throws Exception {
        var first = Sample.sql("a.1", "CREATE TABLE t (id int)");
        var second =
                Sample.of("a.2")
                        .schema("CREATE TABLE u AS SELECT 1 / (SELECT count(*) FROM t)")
                        .approval()
                        .build();
        of(first, second).approve(of(first, second).plan().hash(), "ada", "");
        assertThat(of(first, second).up()).isInstanceOf(MigrateOutcome.Stopped.class);
        db.run("INSERT INTO t VALUES (1)");
        assertThat(of(first, second).up()).isInstanceOf(Done.class);
    }

    @Test
    void theRunThatWasShownIsTheRunThatHappens() throws Exception {
        var one = goose(1, "SELECT 1");
        var hash = of(one).plan().hash();
        assertThat(
                        of(one, goose(2, "SELECT 2"))
                                .with(MigrateOptions.DEFAULTS.withExpectedPlan(hash))
                                .up()
                                .problems())
                .extracting(Problem::code)
                .containsExactly(MigrateCode.PLAN_STALE);
        assertThat(of(one).with(MigrateOptions.DEFAULTS.withExpectedPlan(hash)).up())
                .isInstanceOf(Done.class);
    }

    @Test
    void goalsEndTheRun() throws Exception {
        var three = of(goose(1, "SELECT 1"), goose(2, "SELECT 2"), goose(3, "SELECT 3"));
        three.with(MigrateOptions.DEFAULTS.withGoal(new Goal.Steps(1))).up();
        assertThat(three.plan().steps()).hasSize(2);
        three.with(MigrateOptions.DEFAULTS.withGoal(new Goal.To("2"))).up();
        assertThat(three.plan().steps())
                .extracting(step -> step.migration().key().text())
                .containsExactly("app.sql.3");
        assertThatThrownBy(() ->
                        three.with(MigrateOptions.DEFAULTS.withGoal(new Goal.To("app.sql.33")))
                                .plan())
                .hasMessageContaining("did you mean \"app.sql.3\"?");
    }

    @Test
    @Covers("MIG-05")
    void readyHoldsForExactlyTheProgramsMigrations() throws Exception {
        var one = goose(1, "CREATE TABLE t (id int, old int)");
        var two = goose(2, "CREATE TABLE u (id int)");
        var contract = goose(3, "ALTER TABLE t DROP COLUMN old");
        assertThat(of(one).ready().toString()).contains("app.sql.1@1.0.0 has not run");
        of(one).up();
        assertThat(of(one).ready().satisfied()).isTrue();
        assertThat(of(one, two).ready().satisfied()).isFalse();
        assertThat(of(goose(1, "CREATE TABLE t (id bigint)")).ready().toString())
                .contains("another text");
        of(one, two).up();
        assertThat(of(one).ready().satisfied()).as("a newer schema that only adds").isTrue();
        of(one, two, contract).up();
        assertThat(of(one, two, contract).ready().satisfied()).isTrue();
        assertThat(of(one).ready().toString())
                .contains(
                        "app.sql.3@1.0.0, which this program does not know, has taken something away");
    }
}
