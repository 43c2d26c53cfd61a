package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import dev.fairlead.tests.system.world.SystemPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// `fairlead migrate` on a database that no stack has: the PostgreSQL of the system.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MigrateCommandIT {
    private final SystemPostgres postgres = SystemPostgres.start();
    private final Sandbox sandbox = Sandbox.of("vars: {}\n");
    private final Fairlead fairlead = sandbox.fairlead().with("FAIRLEAD_DATABASE", postgres.url());

    @BeforeAll
    void write() {
        sandbox.write(
                "shop/0001_users.sql",
                """
                -- +goose Up
                CREATE TABLE users (id bigint PRIMARY KEY, name text);
                INSERT INTO users SELECT g, 'n' || g FROM generate_series(1, 100) g;
                -- +goose Down
                DROP TABLE users;
                """);
    }

    @AfterAll
    void cleanUp() {
        sandbox.close();
        postgres.close();
    }

    private Fairlead.Result migrate(int exit, String command, String... more) {
        var all = new java.util.ArrayList<>(List.of("migrate", command, "--source", "shop"));
        all.addAll(List.of(more));
        return fairlead.run(all.toArray(String[]::new)).expect(exit);
    }

    private List<Map<String, Object>> pending() {
        var status = migrate(0, "status", "-o", "json").json();
        return Status.objects(status.get("pending"));
    }

    @Test
    @Order(1)
    @Covers("SPEC-10")
    void aPlanReadsOnlyAndNamesWhatWouldRun() {
        var plan = migrate(2, "plan", "--exit-code", "-o", "json").json();

        assertThat(plan).containsKeys("version", "hash", "steps");
        var step = Status.objects(plan.get("steps")).getFirst();
        assertThat(step)
                .containsEntry("key", "shop.sql.1")
                .containsEntry("kind", "schema")
                .containsEntry("transactional", true)
                .containsKeys("locks", "findings", "version", "step");
        assertThat(pending()).hasSize(1);
        migrate(4, "await", "--wait", "0s");
    }

    @Test
    @Order(2)
    @Covers("SPEC-10")
    void upRunsItOnceAndSaysSo() {
        var up = migrate(0, "up", "-o", "json").json();
        assertThat(up).containsEntry("outcome", "done");
        assertThat(Status.objects(up.get("applied"))).hasSize(1);

        assertThat(migrate(0, "up").out()).isEqualTo("nothing to do\n");
        assertThat(pending()).isEmpty();
        migrate(0, "await", "--wait", "0s");
        migrate(0, "status", "--exit-code");
    }

    @Test
    @Order(3)
    @Covers("SPEC-10")
    void createGoesOnWithTheNumbersAndAsksNothing() {
        var file = migrate(0, "create", "likes of a user").out().strip();
        assertThat(file).isEqualTo("shop/0002_likes_of_a_user.sql");
        sandbox.write(
                file,
                "-- +goose Up\nALTER TABLE users ADD COLUMN likes int;\n-- +goose Down\nALTER TABLE users DROP COLUMN likes;\n");
        assertThat(migrate(0, "why").out()).contains("PENDING: shop.sql.2@1.0.0 has not run yet");
        migrate(0, "up");
        assertThat(migrate(0, "why", "2").out()).contains("APPLIED: shop.sql.2@1.0.0 has run at");
    }

    @Test
    @Order(4)
    void downShowsAPlanAndAsks() {
        assertThat(migrate(1, "down").err()).contains("--steps 1");
        assertThat(migrate(6, "down", "--steps", "1").err())
                .contains("- shop.sql.2@1.0.0")
                .contains("--yes");
        migrate(0, "down", "--steps", "1", "--yes");
        assertThat(pending()).hasSize(1);
        migrate(0, "up");
    }

    @Test
    @Order(5)
    @Covers("MIG-06")
    void aChangedMigrationStopsTheRunUntilSomebodyAcceptsItWithAReason() {
        sandbox.replace("shop/0002_likes_of_a_user.sql", "likes int;", "likes bigint;");
        assertThat(migrate(1, "up").err()).contains("MIGRATION_CHANGED").contains("repair");
        migrate(1, "repair", "--accept", "shop.sql.2"); // without a reason
        migrate(0, "repair", "--accept", "shop.sql.2", "--reason", "widened by hand");
        assertThat(migrate(0, "up").out()).isEqualTo("nothing to do\n");
    }

    @Test
    @Order(6)
    @Covers("SPEC-09")
    void aHistoryThatSomebodyEditedIsFound() throws SQLException {
        assertThat(migrate(0, "verify").out()).contains("as they were written");
        postgres.run("UPDATE fairlead.migration_history SET who = 'nobody' WHERE id = 1");
        assertThat(migrate(1, "verify").err()).contains("HISTORY_BROKEN");
        migrate(0, "repair", "--chain", "--reason", "a test did it");
        migrate(0, "verify");
    }

    @Test
    @Order(7)
    void aFailedStepIsExitFourAndNamesItsLine() {
        sandbox.write(
                "shop/0003_bad.sql", "-- +goose Up\nALTER TABLE users ADD COLUMN name text;\n");
        assertThat(migrate(4, "up").err()).contains("STEP_FAILED").contains("shop/0003_bad.sql:2");
        assertThat(migrate(0, "why").out()).contains("failed at");
        sandbox.write("shop/0003_bad.sql", "-- +goose Up\nSELECT 1;\n");
        migrate(0, "up");
    }

    @Test
    @Order(8)
    void wrongInputAndMissingDatabasesHaveTheirExitCodes() {
        migrate(3, "plan", "--database", "postgresql://postgres:x@127.0.0.1:1/postgres");
        migrate(1, "plan", "--database", "mysql://localhost/x");
        fairlead.run("migrate", "plan", "--source", "nowhere").expect(1);
        fairlead.run("migrate", "plan", "--unit", "x", "--source", "shop").expect(1);
        assertThat(fairlead.run("migrate", "plann").expect(1).err())
                .contains("did you mean \"plan\"");
        var refused =
                fairlead.run(
                                "migrate",
                                "plan",
                                "--source",
                                "shop",
                                "--database",
                                postgres.url().replace(SystemPostgres.password(), "wr0ng-pass"))
                        .expect(3);
        assertThat(refused.all()).doesNotContain("wr0ng-pass");
    }

    @Test
    @Order(9)
    void lintNamesTheRuleThePlaceAndTheWayOut() {
        sandbox.write(
                "risky/0001_a.sql", "-- +goose Up\nCREATE INDEX users_name ON users (name);\n");
        var lint = fairlead.run("migrate", "lint", "--source", "risky", "-o", "json").expect(1);
        assertThat(Status.objects(lint.json().get("findings")))
                .anySatisfy(finding ->
                        assertThat(finding)
                                .containsEntry("rule", "require-concurrent-index-creation")
                                .containsEntry("line", 2));
    }

    @Test
    @Order(9)
    void lintTellsWhatRanBeforeFromWhatIsNew() {
        sandbox.write("grown/0001_a.sql", "-- +goose Up\nCREATE TABLE grown (a int);\n");
        sandbox.write("grown/0002_b.sql", "-- +goose Up\nCREATE INDEX grown_a ON grown (a);\n");
        fairlead.run("migrate", "lint", "--source", "grown").expect(0);
        assertThat(
                        fairlead.run("migrate", "lint", "--source", "grown", "--after", "1")
                                .expect(1)
                                .err())
                .contains("require-concurrent-index-creation")
                .contains("grown/0002_b.sql:2");
        fairlead.run("migrate", "lint", "--source", "grown", "--after", "1", "--live").expect(1);
    }

    @Test
    @Order(10)
    @Covers("SPEC-10")
    void buildWritesTheSameScriptEachTime() {
        var script = fairlead.run("migrate", "build", "2", "--source", "shop").expect(0).out();
        assertThat(script)
                .startsWith("-- shop.sql.2@1.0.0, written by fairlead migrate build")
                .contains("ON_ERROR_STOP", "ADD COLUMN likes");
        fairlead.run("migrate", "build", "shop.sql.2", "--source", "shop", "--out", "two.sql")
                .expect(0);
        assertThat(sandbox.read("two.sql")).isEqualTo(script);
        assertThat(fairlead.run("migrate", "build", "77", "--source", "shop").expect(1).err())
                .contains("UNKNOWN_MIGRATION");
    }

    @Test
    @Order(11)
    @Covers("SPEC-07")
    void lintProvesTheWaysBackOnAScratchDatabase() {
        sandbox.write(
                "ways/0001_a.sql",
                "-- +goose Up\nCREATE TABLE a (b int);\nCREATE TYPE mood AS ENUM ('x');\n-- +goose Down\nDROP TABLE a;\n");
        var lint =
                fairlead.run("migrate", "lint", "--source", "ways", "--prove-down", "-o", "json")
                        .expect(1);
        assertThat(Status.objects(lint.json().get("findings")))
                .anySatisfy(finding ->
                        assertThat(finding)
                                .containsEntry("rule", "broken-down")
                                .containsEntry("line", 5));
        sandbox.replace("ways/0001_a.sql", "DROP TABLE a;", "DROP TABLE a;\nDROP TYPE mood;");
        fairlead.run("migrate", "lint", "--source", "ways", "--prove-down").expect(0);
    }

    @Test
    @Order(30)
    @Covers("SPEC-09")
    void aRehearsalTellsTheLocksAndChangesNothing() {
        sandbox.write("shop/0004_age.sql", "-- +goose Up\nALTER TABLE users ADD COLUMN age int;\n");
        sandbox.write(
                "shop/0005_index.sql",
                "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY users_age ON users (age);\n");
        assertThat(migrate(0, "plan", "--rehearse").out())
                .contains(
                        "ACCESS EXCLUSIVE on public.users, held",
                        "not rehearsed: shop.sql.5@1.0.0 step 1 of 1 (schema): CREATE INDEX CONCURRENTLY cannot run in a transaction",
                        "1 rehearsed, 1 not rehearsed; all of it was rolled back");
        var steps =
                Status.objects(
                        migrate(2, "plan", "--rehearse", "--exit-code", "-o", "json")
                                .json()
                                .get("rehearsal"));
        assertThat(steps.getFirst())
                .containsEntry("outcome", "rehearsed")
                .containsKeys("ms", "locks", "rows");
        assertThat(pending()).hasSize(2);
        sandbox.write(
                "shop/0004_age.sql", "-- +goose Up\nALTER TABLE users ADD COLUMN name int;\n");
        assertThat(migrate(4, "plan", "--rehearse").err())
                .contains("STEP_FAILED", "shop/0004_age.sql:2");
        sandbox.write("shop/0004_age.sql", "-- +goose Up\nALTER TABLE users ADD COLUMN age int;\n");
        migrate(0, "up");
    }

    @Test
    @Order(31)
    @Covers("MIG-06")
    void whatSomebodyElseChangedShowsInTheStatus() throws SQLException {
        migrate(0, "status", "--exit-code");
        postgres.run("ALTER TABLE users ALTER COLUMN age TYPE bigint");
        assertThat(migrate(2, "status", "--exit-code").out())
                .contains("drift   ~ table public.users column age type: integer -> bigint");
        postgres.run("ALTER TABLE users ALTER COLUMN age TYPE integer");
        migrate(0, "status", "--exit-code");
    }

    @Test
    @Order(32)
    @Covers("SPEC-06")
    void aRuleBesideTheMigrationsAsksForAnApproval() {
        sandbox.write("shop/approvals.yaml", "rules:\n  - { by: [ ada ] }\n");
        sandbox.write("shop/0006_more.sql", "-- +goose Up\nCREATE TABLE more (id int);\n");
        assertThat(migrate(6, "up").err())
                .contains("APPROVAL_NEEDED", "ada must approve shop.sql.6@1.0.0");
        var hash = String.valueOf(migrate(0, "plan", "-o", "json").json().get("hash"));
        migrate(0, "approve", "--plan", hash, "--as", "bob");
        migrate(6, "up");
        migrate(0, "approve", "--plan", hash, "--as", "ada");
        migrate(0, "up");
    }

    @Test
    @Order(33)
    void aFolderWithoutMigrationsIsTheWrongFolder() {
        sandbox.write("empty/README", "nothing here");
        assertThat(fairlead.run("migrate", "up", "--source", "empty").expect(1).err())
                .contains("NO_MIGRATIONS");
    }
}
