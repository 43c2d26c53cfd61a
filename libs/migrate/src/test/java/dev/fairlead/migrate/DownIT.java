package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateOutcome.Done;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.plan.Goal;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The way back, and databases that have a past.
@ParameterizedClass
@EnumSource(Release.class)
class DownIT {
    private static final Migration ONE =
            Sample.of("app.sql.1")
                    .schema("CREATE TABLE a (id int)")
                    .down("DROP TABLE a")
                    .number(1)
                    .build();
    private static final Migration TWO =
            Sample.of("app.sql.2")
                    .schema("CREATE TABLE b (id int)")
                    .down("DROP TABLE b")
                    .number(2)
                    .build();
    private static final Migration THREE =
            Sample.of("app.sql.3")
                    .schema("CREATE TABLE c (id int)")
                    .fallback("restore the backup")
                    .number(3)
                    .build();

    private final Db db;

    DownIT(Release release) {
        db = PostgresServer.shared(release).fresh();
    }

    private Migrations of(Migration... migrations) {
        return Migrations.of(db.url()).from(List.of(migrations));
    }

    private String tables() {
        return String.join(
                " ",
                db.rows(
                        "SELECT relname FROM pg_class WHERE relname IN ('a', 'b', 'c') ORDER BY 1"));
    }

    @Test
    void theLastOnesAreUndoneFirstAndGoUpAgain() throws Exception {
        of(ONE, TWO).up();
        assertThat(of(ONE, TWO).down(new Goal.Steps(1))).isInstanceOf(Done.class);
        assertThat(tables()).isEqualTo("a");
        assertThat(of(ONE, TWO).plan().steps())
                .extracting(step -> step.migration().key().text())
                .containsExactly("app.sql.2");
        of(ONE, TWO).up();
        of(ONE, TWO).down(new Goal.To("0"));
        assertThat(tables()).isEmpty();
        of(ONE, TWO).up();
        of(ONE, TWO).down(new Goal.To("1"));
        assertThat(tables()).isEqualTo("a");
        assertThat(of(ONE, TWO).verify().intact()).isTrue();
        assertThatThrownBy(() -> of(ONE, TWO).down(Goal.ALL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMissingWayBackIsNamedWithItsFallbackAndNothingRuns() throws Exception {
        of(ONE, TWO, THREE).up();
        assertThat(of(ONE, TWO, THREE).down(new Goal.Steps(2)).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "app.sql.3.yaml:1:1 DOWN_MISSING app.sql.3@1.0.0 has no way back; its fallback says: restore the backup");
        assertThat(tables()).isEqualTo("a b c");
    }

    @Test
    void whatAnAppliedMigrationNeedsStays() throws Exception {
        var user =
                Sample.of("x.1")
                        .schema("CREATE TABLE u (id int)")
                        .down("DROP TABLE u")
                        .dependsOn("app.sql.2")
                        .build();
        var late = Sample.of("y.1").schema("SELECT 1").down("SELECT 1").build();
        of(user).repair(
                        new Migrations.Repair(List.of(), List.of(), List.of(), true),
                        "makes the tables");
        of(ONE, user, TWO, late).up();
        assertThat(of(ONE, user, TWO, late).planDown(new Goal.Steps(2)).problems())
                .extracting(Problem::what)
                .containsExactly("x.1@1.0.0 depends on app.sql.2@1.0.0 and is applied");
    }

    @Test
    void aDatabaseThatGooseLeftHalfWayIsTakenOverAndFinished() throws Exception {
        db.run(
                """
                CREATE TABLE goose_db_version (id serial PRIMARY KEY, version_id bigint NOT NULL, is_applied boolean NOT NULL,
                    tstamp timestamp DEFAULT now());
                INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, true), (1, true), (2, true), (2, false), (3, true), (3, false), (3, true);
                CREATE TABLE a (id int); CREATE TABLE c (id int)
                """);
        var all = of(ONE, TWO, THREE);
        assertThat(all.plan().outOfOrder())
                .extracting(Migration::id)
                .containsExactly("app.sql.2@1.0.0");
        assertThat(all.with(MigrateOptions.DEFAULTS.withOutOfOrder(true)).up().problems())
                .isEmpty();
        assertThat(tables()).isEqualTo("a b c");
        assertThat(db.rows("SELECT key, outcome FROM fairlead.migration_history ORDER BY id"))
                .containsExactly("app.sql.1|ACCEPTED", "app.sql.2|DONE", "app.sql.3|ACCEPTED");
        assertThat(all.plan().nothingToDo()).isTrue();
        all.down(new Goal.Steps(1));
    }

    @Test
    void aBaselineRecordsWithoutRunning() throws Exception {
        db.run("CREATE TABLE a (id int); CREATE TABLE b (id int)");
        of(ONE, TWO, THREE).baseline(new Goal.To("2"), "made before Fairlead");
        assertThat(of(ONE, TWO, THREE).up().problems()).isEmpty();
        assertThat(
                        db.rows(
                                "SELECT outcome, detail ->> 'reason' FROM fairlead.migration_history ORDER BY id"))
                .containsExactly(
                        "ACCEPTED|made before Fairlead",
                        "ACCEPTED|made before Fairlead",
                        "DONE|null");
    }
}
