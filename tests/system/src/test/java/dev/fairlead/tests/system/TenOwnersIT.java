package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Ten owners with a database each on one server, one of which builds on another's schema.
class TenOwnersIT {
    private static final List<String> OWNERS =
            List.of(
                    "audit", "billing", "carts", "mail", "media", "prices", "search", "shop",
                    "stock", "users");

    private final Sandbox sandbox = Sandbox.of(stack());
    private final Fairlead fairlead = sandbox.fairlead();

    @AfterEach
    void cleanUp() {
        sandbox.close();
    }

    private static String stack() {
        var migrations = new StringBuilder();
        var services = new StringBuilder();
        for (var owner : OWNERS) {
            migrations.append(
                    "  - { name: %1$s-db, owner: %1$s, database: { unit: postgres, name: %1$s }%2$s }\n"
                            .formatted(
                                    owner,
                                    owner.equals("billing") ? ", dependsOn: [ users-db ]" : ""));
            services.append(
                    """
                      - name: %1$s
                        deployGroup: internal
                        requiresSchema: %1$s-db
                        run: { command: [ sleep, "1000" ], ready: { exec: [ "true" ], timeout: 60s } }
                    """
                            .formatted(owner));
        }
        return """
        environments: { dev: { target: local, mode: dev } }
        infrastructure:
          - { name: postgres, local: { builtin: postgres, databases: [ %s ] } }
        migrations:
        %sservices:
        %s\
        """
                .formatted(String.join(", ", OWNERS), migrations, services);
    }

    private void write(String owner, String file, String text) {
        sandbox.write("services/internal/%s/cmd/cli/migrations/%s".formatted(owner, file), text);
    }

    private static String unit(String owner) {
        return owner + "-db";
    }

    private List<Object> migrations(String owner, String which) {
        var status = fairlead.done("migrate", "status", "--unit", unit(owner), "-o", "json").json();
        return Status.objects(status.get(which)).stream()
                .map(one -> one.get("key"))
                .collect(Collectors.toList());
    }

    @Test
    @Covers({"MIG-01", "MIG-02", "SPEC-04"})
    void eachHasADatabaseOfItsOwnAndTheFailureOfOneStaysItsOwn() {
        for (var owner : OWNERS) {
            write(
                    owner,
                    "0001_first.sql",
                    "-- +goose Up\nCREATE TABLE %1$s (id bigint PRIMARY KEY, note text);\n-- +goose Down\nDROP TABLE %1$s;\n"
                            .formatted(owner));
            write(
                    owner,
                    "0002_index.sql",
                    "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY by_note ON %s (note);\n-- +goose Down\nDROP INDEX by_note;\n"
                            .formatted(owner));
        }
        write(
                "billing",
                "payer.migration.yaml",
                """
                meta: { name: billing.db.2026_01_payer, version: 1, owners: [ billing ] }
                dependencies: [ users-db.sql.2, billing-db.sql.2 ]
                plan:
                  up: [ { kind: schema, sql: ALTER TABLE billing ADD COLUMN payer bigint } ]
                  down: [ { kind: schema, sql: ALTER TABLE billing DROP COLUMN payer } ]
                """);

        fairlead.done("up", "--detach");
        for (var owner : OWNERS) {
            assertThat(migrations(owner, "applied"))
                    .contains(unit(owner) + ".sql.1", unit(owner) + ".sql.2")
                    .hasSize(owner.equals("billing") ? 3 : 2);
        }
        fairlead.done("migrate", "verify", "--unit", "billing-db");
        assertThat(fairlead.done("up", "--detach").err()).contains("No change");

        write("mail", "0003_wrong.sql", "-- +goose Up\nALTER TABLE letters ADD COLUMN x int;\n");
        write("shop", "0003_right.sql", "-- +goose Up\nALTER TABLE shop ADD COLUMN x int;\n");
        assertThat(fairlead.run("up", "--detach").expect(4).err())
                .contains("SCHEMA_FAILED", "mail-db.sql.3@1.0.0", "0003_wrong.sql:2:1");
        assertThat(migrations("mail", "pending")).containsExactly("mail-db.sql.3");
        assertThat(migrations("shop", "pending")).isEmpty();
        assertThat(Status.of(fairlead).unit("mail-db").state()).isEqualTo("failed");
        assertThat(Status.of(fairlead).unit("shop-db").state()).isEqualTo("ready");

        write("mail", "0003_wrong.sql", "-- +goose Up\nALTER TABLE mail ADD COLUMN x int;\n");
        fairlead.done("up", "--detach");
        assertThat(migrations("mail", "pending")).isEmpty();
    }
}
