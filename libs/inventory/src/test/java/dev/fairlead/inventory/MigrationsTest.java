package dev.fairlead.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testkit.Covers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/// Migrations in a stack: who owns a schema, who waits for it.
class MigrationsTest {
    private static final String HEAD =
            """
            environments: { dev: { target: local, mode: dev }, k: { target: kubernetes, mode: dev } }
            infrastructure:
              - { name: postgres, local: { builtin: postgres, databases: [ shop, audit ] } }
              - { name: seeds, run: { builtin: task, command: [ seed, "{{ .Units.postgres.url_shop }}" ] } }
            """;
    private static final String SHOP =
            "migrations: [ { name: shop-db, owner: api, database: { unit: postgres, name: shop } } ]\n";
    private static final String API =
            """
            services:
              - name: api
                deployGroup: internal
                requiresSchema: shop-db
                run: { command: [ a ], env: { URL: "{{ .Units.postgres.url_shop }}" } }
            """;

    @TempDir Path folder;
    private Sample sample = Sample.in(Path.of("unset"));

    @BeforeEach
    void write() {
        sample =
                Sample.in(folder)
                        .file(
                                "services/internal/api/cmd/cli/migrations/0001_a.sql",
                                "-- +goose Up\nSELECT 1;\n");
    }

    @Test
    @Covers("MIG-01")
    void aMigrationsUnitKnowsItsDatabaseAndItsFiles() {
        var environment = sample.spec(HEAD + SHOP + API).evaluate(Sample.choice("dev"));
        var unit = Objects.requireNonNull(environment.units().get(new UnitName("shop-db")));
        var migrations = unit.migrations().orElseThrow();

        assertThat(migrations.source()).isEqualTo("services/internal/api/cmd/cli/migrations");
        assertThat(migrations.owner()).hasToString("api");
        assertThat(migrations.unit()).hasToString("postgres");
        assertThat(migrations.database()).isEqualTo("shop");
        assertThat(migrations.timeout()).isEqualTo(Duration.ofHours(1));
        assertThat(migrations.url()).hasToString("postgresql://local:6543/shop");
        var api = Objects.requireNonNull(environment.units().get(new UnitName("api")));
        assertThat(api.requiresSchema()).isEqualTo(new TreeSet<>(List.of(unit.name())));
    }

    @Test
    @Covers("DEP-02")
    void itWaitsForItsDatabaseAndWhoNeedsTheSchemaWaitsForIt() {
        var outline =
                sample.spec(
                                HEAD
                                        + SHOP.replace("owner: api", "owner: api, eager: true")
                                        + API.replace(
                                                "deployGroup", "eager: true\n    deployGroup"))
                        .outline(Sample.choice("dev"));
        assertThat(
                        outline.units().values().stream()
                                .map(part -> part.name() + " " + part.waitsFor()))
                .containsExactly("api [shop-db]", "postgres []", "seeds []", "shop-db [postgres]");
    }

    @Test
    void whereTheDatabaseIsAbsentThereIsNothingToMigrate() {
        var outline = sample.spec(HEAD + SHOP + API).outline(Sample.choice("k"));
        assertThat(outline.absent().toString()).contains("shop-db");
        assertThat(outline.units().keySet().toString()).doesNotContain("shop-db");
    }

    @Test
    void severalSchemasMayBeRequired() {
        var both =
                """
                migrations:
                  - { name: shop-db, owner: api, database: { unit: postgres, name: shop } }
                  - { name: audit-db, owner: api, database: { unit: postgres, name: audit } }
                """;
        var found =
                sample.spec(
                                HEAD
                                        + both
                                        + API.replace(
                                                "requiresSchema: shop-db",
                                                "requiresSchema: [ shop-db, audit-db ]"))
                        .check(Sample.choice("dev"));
        assertThat(found).isEmpty();
    }

    private static Arguments rule(String name, String migrations, String api, String expected) {
        return Arguments.of(name, migrations, api, expected);
    }

    static final List<Arguments> RULES =
            List.of(
                    rule(
                            "a database that is not made",
                            SHOP.replace("name: shop ", "name: shopp "),
                            API,
                            "services.yaml:9:80 UNKNOWN_DATABASE \"postgres\" has no database \"shopp\"; did you mean \"shop\"?"),
                    rule(
                            "a source that is not there",
                            SHOP.replace(
                                    "owner: api",
                                    "owner: api, source: services/internal/api/migrations"),
                            API,
                            "services.yaml:9:54 FILE_UNREADABLE the migrations of \"shop-db\" have no folder \"services/internal/api/migrations\"; `fairlead migrate create --source services/internal/api/migrations NAME` makes it with a first migration"),
                    rule(
                            "a source in another's folder",
                            SHOP.replace(
                                    "owner: api",
                                    "owner: api, source: services/internal/other/migrations"),
                            API,
                            "services.yaml:9:54 OWNERSHIP the source \"services/internal/other/migrations\" does not lie inside the folder of its owner \"api\"; put it into services/<zone>/api"),
                    rule(
                            "the URL without the schema",
                            SHOP,
                            API.replace("requiresSchema: shop-db", "replicas: 1"),
                            "services.yaml:14:37 SCHEMA_NOT_REQUIRED \"api\" is given the database \"shop\", which \"shop-db\" migrates; add requiresSchema: shop-db to \"api\""),
                    rule(
                            "the JDBC URL, by a detour",
                            SHOP,
                            API.replace("requiresSchema: shop-db", "replicas: 1")
                                    .replace(
                                            "{{ .Units.postgres.url_shop }}",
                                            "x={{ index .Units \\\"postgres\\\" \\\"jdbcUrl\\\" }}&y=1"),
                            "services.yaml:14:37 SCHEMA_NOT_REQUIRED \"api\" is given the database \"shop\", which \"shop-db\" migrates; add requiresSchema: shop-db to \"api\""),
                    rule(
                            "the database by its parts",
                            SHOP,
                            API.replace("requiresSchema: shop-db", "replicas: 1")
                                    .replace(
                                            "URL: \"{{ .Units.postgres.url_shop }}\"",
                                            "PGHOST: \"{{ .Units.postgres.host }}\", PGPORT: \"{{ .Units.postgres.port }}\", PGDATABASE: \"{{ .Units.postgres.database_shop }}\""),
                            "services.yaml:14:113 SCHEMA_NOT_REQUIRED \"api\" is given the database \"shop\", which \"shop-db\" migrates; add requiresSchema: shop-db to \"api\""),
                    rule(
                            "a URL put together",
                            SHOP,
                            API.replace("requiresSchema: shop-db", "replicas: 1")
                                    .replace(
                                            "{{ .Units.postgres.url_shop }}",
                                            "postgres://me@{{ .Units.postgres.host }}:{{ .Units.postgres.port }}/{{ .Units.postgres.database_shop }}?x=1"),
                            "services.yaml:14:37 SCHEMA_NOT_REQUIRED \"api\" is given the database \"shop\", which \"shop-db\" migrates; add requiresSchema: shop-db to \"api\""),
                    rule(
                            "the URL in base64",
                            SHOP,
                            API.replace("requiresSchema: shop-db", "replicas: 1")
                                    .replace("url_shop }}", "url_shop | b64enc }}"),
                            "services.yaml:14:37 SCHEMA_NOT_REQUIRED \"api\" is given the database \"shop\", which \"shop-db\" migrates; add requiresSchema: shop-db to \"api\""),
                    rule(
                            "the URL in the command",
                            SHOP,
                            API.replace("requiresSchema: shop-db", "replicas: 1")
                                    .replace(
                                            "[ a ], env: { URL: \"{{ .Units.postgres.url_shop }}\" }",
                                            "[ a, \"--db={{ .Units.postgres.url_shop }}\" ]"),
                            "services.yaml:11:13 SCHEMA_NOT_REQUIRED \"api\" is given the database \"shop\", which \"shop-db\" migrates; add requiresSchema: shop-db to \"api\""),
                    rule(
                            "the URL in a task",
                            SHOP,
                            API
                                    + "  - { name: fill, deployGroup: internal, run: { builtin: task, command: [ fill, \"{{ .Units.postgres.url_shop }}\" ] } }\n",
                            "services.yaml:15:15 SCHEMA_NOT_REQUIRED \"fill\" is given the database \"shop\", which \"shop-db\" migrates; add requiresSchema: shop-db to \"fill\""),
                    rule(
                            "the URL as another's export",
                            SHOP,
                            API
                                    + "    exports: { store: \"{{ .Units.postgres.url_shop }}\" }\n"
                                    + "  - { name: web, deployGroup: edge, run: { command: [ w ], env: { STORE: \"{{ .Units.api.store }}\" } } }\n",
                            "services.yaml:16:69 SCHEMA_NOT_REQUIRED \"web\" is given the database \"shop\", which \"shop-db\" migrates; add requiresSchema: shop-db to \"web\""),
                    rule(
                            "the URL of a component",
                            SHOP,
                            "components: { store: { run: { env: { STORE: \"{{ .Units.postgres.url_shop }}\" } } } }\n"
                                    + API.replace("requiresSchema: shop-db", "use: [ store ]")
                                            .replace(
                                                    ", env: { URL: \"{{ .Units.postgres.url_shop }}\" }",
                                                    ""),
                            "services.yaml:10:40 SCHEMA_NOT_REQUIRED \"api\" is given the database \"shop\", which \"shop-db\" migrates; add requiresSchema: shop-db to \"api\""),
                    rule(
                            "a second owner",
                            SHOP.replace(
                                    "} } ]",
                                    "} }, { name: shop-again, owner: api, database: { unit: postgres, name: shop } } ]"),
                            API,
                            "services.yaml:9:132 OWNERSHIP the database \"shop\" of \"postgres\" has a second migrations unit; the first is at services.yaml:9:56"),
                    rule(
                            "a schema that is no migrations unit",
                            SHOP,
                            API.replace("requiresSchema: shop-db", "requiresSchema: postgres"),
                            "services.yaml:13:23 OWNERSHIP \"postgres\" is not a migrations unit"));

    @ParameterizedTest(name = "{0}")
    @FieldSource("RULES")
    @Covers("MIG-02")
    void refuses(String name, String migrations, String api, String expected) {
        var found = new TreeSet<String>();
        sample.spec(HEAD + migrations + api);
        found.addAll(sample.problems());
        if (found.isEmpty()) {
            found.addAll(sample.check(Sample.choice("dev")));
        }
        assertThat(found).as(name).containsExactly(expected);
    }

    @Test
    @Covers("MIG-02")
    void aSecondOwnerIsFoundBehindAnotherNameToo() {
        sample.spec(
                HEAD.replace(
                                "  - { name: seeds",
                                "  - { name: alias, run: { command: [ proxy ] }, exports: { url: \"{{ .Units.postgres.url_shop }}\" } }\n  - { name: seeds")
                        + SHOP.replace(
                                "} } ]",
                                "} }, { name: shop-again, owner: api, database: { unit: alias, name: mine } } ]")
                        + API.replace(
                                "requiresSchema: shop-db",
                                "requiresSchema: [ shop-db, shop-again ]"));
        assertThat(sample.check(Sample.choice("dev")))
                .singleElement()
                .asString()
                .contains(
                        "OWNERSHIP the database \"shop\" of \"postgres\" is the one that \"shop-again\" migrates: their URLs lead to the same; let one unit migrate it, for its one owner");
    }

    @Test
    @Covers("MIG-01")
    void aLinkDoesNotLeadOutOfTheOwnersFolder() throws java.io.IOException {
        sample.file("elsewhere/0001_a.sql", "-- +goose Up\nSELECT 1;\n");
        java.nio.file.Files.createSymbolicLink(
                folder.resolve("services/internal/api/migrations"), folder.resolve("elsewhere"));
        sample.spec(
                HEAD
                        + SHOP.replace(
                                "owner: api",
                                "owner: api, source: services/internal/api/migrations")
                        + API);
        assertThat(sample.check(Sample.choice("dev")))
                .singleElement()
                .asString()
                .contains("OWNERSHIP the source \"services/internal/api/migrations\" leads out");
    }

    @Test
    void anotherDatabaseOfTheSameServerNeedsNoSchema() {
        var found =
                sample.spec(
                                HEAD
                                        + SHOP
                                        + API.replace("requiresSchema: shop-db", "replicas: 1")
                                                .replace("url_shop", "url_audit"))
                        .check(Sample.choice("dev"));
        assertThat(found).isEmpty();
    }
}
