package dev.fairlead.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.inventory.image.Image;
import dev.fairlead.inventory.image.Recipe;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testkit.Covers;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What images are made of, and the names that follow from it.
class ImagesTest {
    @TempDir Path folder;
    private Sample sample;

    @BeforeEach
    void files() {
        sample =
                Sample.in(folder)
                        .file(".git/HEAD", "ref: refs/heads/main\n")
                        .file("api/Dockerfile", "FROM scratch AS dev\nFROM scratch AS runtime\n")
                        .file("api/src/a.txt", "a")
                        .file("api/.gitignore", "out/\n")
                        .file("web.yaml.tpl", "kind: X\nimage: {{ .Images.api }}\n");
        stack("api: { type: build, context: api, target: { dev: dev, prod: runtime } }");
    }

    private void stack(String images) {
        sample.spec(
                """
                versions: { postgres: "18" }
                environments:
                  dev: { target: local }
                  staging: { target: kubernetes, mode: dev, registry: registry.test/team }
                  production: { from: staging, mode: prod }
                images:
                  %s
                services: [ { name: web, deployGroup: edge, manifests: [ { path: web.yaml.tpl } ] } ]
                """
                        .formatted(images.indent(2).strip()));
    }

    private Image.Built built(String environment) {
        var image = sample.evaluate(Sample.choice(environment)).images().get("api");
        return (Image.Built) Objects.requireNonNull(image);
    }

    @Test
    @Covers("MIG-07")
    void onlyAnImageThatFairleadMakesCanMigrate() {
        var migrated =
                """
                versions: {}
                environments: { staging: { target: kubernetes, registry: registry.test/team } }
                images: { api: %s }
                infrastructure: [ { name: db, exports: { url: "postgresql://db:5432/shop" }, manifests: [ { path: web.yaml.tpl } ] } ]
                migrations: [ { name: shop-db, owner: api, database: { unit: db, name: shop }, image: api } ]
                services: [ { name: api, path: api, deployGroup: edge, manifests: [ { path: web.yaml.tpl } ] } ]
                """;
        sample.file("api/cmd/cli/migrations/0001_a.sql", "select 1;");
        for (var made :
                List.of("{ type: build, context: api }", "{ type: external, from: \"a:1\" }")) {
            sample.spec(migrated.formatted(made));
            assertThat(sample.evaluateProblems(Sample.choice("staging")))
                    .anyMatch(line -> line.contains("no migrations unit can run from it"));
        }
        sample.spec(migrated.formatted("{ type: build, from: jdk }"));
        assertThat(((Recipe.Layered) built("staging").recipe()).layers())
                .extracting(Recipe.Layer::into)
                .containsExactly("/fairlead", "/migrations/shop-db");
        sample.spec(migrated.formatted("{ type: build, context: api, from: jdk }"));
        assertThat(((Recipe.Layered) built("staging").recipe()).layers())
                .extracting(Recipe.Layer::into)
                .as("with what is the owner's")
                .containsExactly("/fairlead", "/migrations/shop-db", "/app");
    }

    @Test
    @Covers({"CP-03", "TPL-03"})
    void theTagFollowsFromTheInputsAndManifestsSeeIt() {
        var image = built("staging");
        assertThat(image.reference())
                .isEqualTo("registry.test/team/shop/api:in-" + image.inputs().substring(0, 16));
        var web = sample.evaluate(Sample.choice("staging")).units().get(new UnitName("web"));
        assertThat(Objects.requireNonNull(web).manifests().getFirst().text().toString())
                .contains("image: " + image.reference());
    }

    @Test
    @Covers("CP-03")
    void onlyAnInputMakesAnotherTag() {
        var before = built("staging").reference();
        sample.file("api/out/made.txt", "git ignores it").file("other.txt", "not in the context");
        assertThat(built("staging").reference()).isEqualTo(before);
        sample.file("api/src/a.txt", "b");
        assertThat(built("staging").reference()).isNotEqualTo(before);
        sample.file("api/src/a.txt", "a");
        assertThat(built("staging").reference()).isEqualTo(before);
    }

    @Test
    @Covers({"PAR-03", "CP-03"})
    void theStageOfADockerfileFollowsTheMode() {
        var dev = (Recipe.Dockerfile) built("staging").recipe();
        var prod = (Recipe.Dockerfile) built("production").recipe();
        assertThat(dev.target()).contains("dev");
        assertThat(prod.target()).contains("runtime");
        assertThat(built("staging").inputs()).isNotEqualTo(built("production").inputs());
    }

    @Test
    @Covers("CP-03")
    void argumentsAreInputs() {
        stack("api: { type: build, context: api, buildArgs: { V: \"{{ .Versions.postgres }}\" } }");
        var image = built("staging");
        assertThat(((Recipe.Dockerfile) image.recipe()).arguments()).containsEntry("V", "18");
        stack("api: { type: build, context: api, buildArgs: { V: \"19\" } }");
        assertThat(built("staging").inputs()).isNotEqualTo(image.inputs());
    }

    @Test
    @Covers("CP-03")
    void withoutADockerfileFilesLieInLayersOverABase() {
        stack(
                "api: { type: build, context: api, from: \"base.test/jdk:{{ .Versions.postgres }}\", layers: [ { files: \"api/src/*\", into: /srv } ], command: [ /srv/a.txt ] }");
        assertThat(built("staging").recipe())
                .isEqualTo(
                        new Recipe.Layered(
                                folder.toAbsolutePath(),
                                folder.toAbsolutePath().resolve("api"),
                                Optional.of("base.test/jdk:18"),
                                List.of(),
                                List.of(new Recipe.Layer("api/src/*", "/srv", false)),
                                List.of("/srv/a.txt")));
    }

    @Test
    @Covers("CP-03")
    void anExternalOneIsNamedByWhereItIsTakenFrom() {
        stack("api: { type: external, from: \"postgres:{{ .Versions.postgres }}\" }");
        assertThat(reference()).isEqualTo("postgres:18");
        stack("api: { type: external, from: postgres:18, repository: registry.test/mirror }");
        assertThat(reference()).isEqualTo("registry.test/mirror:18");
    }

    private String reference() {
        var images = sample.evaluate(Sample.choice("staging")).images();
        return Objects.requireNonNull(images.get("api")).reference();
    }

    @Test
    @Covers({"DEP-04", "CP-03"})
    void whatCannotBeBuiltIsSaidWithItsPlace() {
        stack(
                """
                api: { type: build, context: nowhere }
                b: { type: build, context: . }
                c: { type: external }
                """);
        assertThat(sample.check(Sample.choice("staging")))
                .extracting(line -> line.replaceFirst(";.*", ""))
                .contains(
                        "services.yaml:11:34 FILE_UNREADABLE there is no folder \"nowhere\" to build the image \"api\" from",
                        "services.yaml:12:5 FILE_UNREADABLE the image \"b\" has neither a Dockerfile (Dockerfile) nor a base",
                        "services.yaml:13:5 BAD_VALUE the image \"c\" does not say where it comes from");
    }

    /// Nothing runs from an image there, so a Dockerfile may be missing.
    @Test
    @Covers("DEP-01")
    void onLocalNoImageIsLookedAt() {
        stack("api: { type: build, context: nowhere }");
        assertThat(sample.evaluate(Sample.choice("dev")).images()).isEmpty();
    }
}
