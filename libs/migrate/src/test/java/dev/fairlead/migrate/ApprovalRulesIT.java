package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.migrate.MigrateOutcome.Done;
import dev.fairlead.migrate.MigrateOutcome.Waiting;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.testkit.Covers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who must approve what is said beside the migrations.
class ApprovalRulesIT {
    private final Db db = PostgresServer.shared(Release.SYSTEM).fresh();

    @TempDir private Path folder;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(
                folder.resolve("00001_users.sql"),
                "-- +goose Up\nCREATE TABLE users (id int, mail text);\n");
        Files.writeString(
                folder.resolve("app.mail.migration.yaml"),
                """
                meta: { name: app.mail, version: 1, owners: [ identity ], tags: [ pii ], stability: beta }
                plan:
                  up:
                    - { kind: schema, sql: "ALTER TABLE users ADD phone text" }
                  down:
                    - { kind: schema, sql: "ALTER TABLE users DROP phone" }
                dependencies: [ app.sql.1 ]
                """);
    }

    private Migrations migrations(String rules) throws Exception {
        Files.writeString(folder.resolve("approvals.yaml"), "rules:\n" + rules);
        return Migrations.of(db.url()).from(folder, "app");
    }

    private static java.util.List<String> wanted(MigrateOutcome outcome) {
        return ((Waiting) outcome).wanted().stream().map(Problem::what).toList();
    }

    @Test
    @Covers("SPEC-06")
    void aRuleMeansTheMigrationsOfItsTagOwnerAndStability() throws Exception {
        assertThat(
                        migrations(
                                        "  - { tag: other }\n  - { owner: identity, stability: stable }\n")
                                .plan()
                                .unapproved())
                .isEmpty();
        for (var rule : new String[] {"tag: pii", "owner: identity", "stability: beta"}) {
            var migrations = migrations("  - { " + rule + " }\n");
            assertThat(wanted(migrations.up()))
                    .containsExactly(
                            "identity must approve app.mail@1.0.0 (" + rule.replace(":", "") + ")");
        }
        assertThat(db.value("SELECT to_regclass('users')")).isEqualTo("null");
        var migrations = migrations("  - { tag: pii }\n");
        migrations.approve(migrations.plan().hash(), "ada", "seen");
        assertThat(migrations.up()).isInstanceOf(Done.class);
    }

    @Test
    void whereNamesAreGivenOneOfThemMustApprove() throws Exception {
        var migrations =
                migrations(
                        "  - { tag: pii, by: [ ada, grace ] }\n  - { owner: identity, by: [ bob ] }\n");
        var hash = migrations.plan().hash();
        migrations.approve(hash, "mallory", "");
        assertThat(wanted(migrations.up()))
                .containsExactly(
                        "ada or grace must approve app.mail@1.0.0 (tag pii)",
                        "bob must approve app.mail@1.0.0 (owner identity)");
        migrations.approve(hash, "grace", "");
        assertThat(wanted(migrations.up()))
                .containsExactly("bob must approve app.mail@1.0.0 (owner identity)");
        migrations.approve(hash, "bob", "");
        assertThat(migrations.up()).isInstanceOf(Done.class);
    }

    @Test
    void anApprovalEndsWithItsPlanAndItsDatabase() throws Exception {
        var migrations = migrations("  - { by: [ ada ] }\n");
        assertThat(migrations.plan().unapproved()).hasSize(2);
        migrations.approve(migrations.plan().hash(), "ada", "");
        var elsewhere = db.server().fresh();
        assertThat(Migrations.of(elsewhere.url()).from(folder, "app").up())
                .isInstanceOf(Waiting.class);
        Files.writeString(
                folder.resolve("00002_more.sql"), "-- +goose Up\nCREATE TABLE more (id int);\n");
        assertThat(Migrations.of(db.url()).from(folder, "app").up()).isInstanceOf(Waiting.class);
        Files.delete(folder.resolve("00002_more.sql"));
        assertThat(Migrations.of(db.url()).from(folder, "app").up()).isInstanceOf(Done.class);
    }

    @Test
    void whatLintFindsMayAskForAnApproval() throws Exception {
        migrations("  - { lint: error }\n").up();
        assertThat(db.value("SELECT to_regclass('users')")).isEqualTo("users");
        db.run("INSERT INTO users VALUES (1, 'a')");
        Files.writeString(
                folder.resolve("00002_drop.sql"),
                "-- +goose Up\nALTER TABLE users DROP COLUMN mail;\n-- +goose Down\nALTER TABLE users ADD mail text;\n");
        var strict = migrations("  - { lint: warning, by: [ ada ] }\n");
        assertThat(wanted(strict.up()))
                .containsExactly("ada must approve app.sql.2@1.0.0 (lint warning)");
        strict.approve(strict.plan().hash(), "ada", "");
        assertThat(strict.up()).isInstanceOf(Done.class);
    }

    @Test
    void aRuleThatNobodyUnderstandsIsRefusedWithItsPlace() throws Exception {
        var bad = migrations("  - { tga: pii }\n  - { lint: fatal }\n  - { stability: solid }\n");
        assertThatThrownBy(bad::plan)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problems())
                                        .extracting(problem -> problem.place().orElseThrow().line())
                                        .containsExactly(2, 3, 4));
    }
}
