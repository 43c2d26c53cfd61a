package dev.fairlead.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.testkit.Covers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The straight way: a stack as people write it, from its file to values.
class GuestbookTest {
    private static final String SPEC =
            """
            vars: { title: Guestbook }
            secrets:
              password: { generate: 24 }
            versions: { postgres: "18" }
            environments:
              base: { domainTemplate: "{{ .Project }}.localhost", mode: dev }
              dev: { from: base, target: local }
              ai: { from: base, target: local, slots: 10, namespaceTemplate: "{{ .Project }}-dev-{{ .Slot }}" }
              staging: { from: base, target: kubernetes, kubernetes: { context: staging }, deployOn: { branch: main } }
            templates: { partials: [ deploy/partials/*.tpl ] }
            images: { api: { type: build, context: services/internal/api, from: scratch, repository: registry.test/api } }
            components: { hot: { run: { restart: on-failure } } }
            infrastructure:
              - name: postgres
                local: { builtin: postgres, databases: [ guestbook ] }
                manifests: [ { path: deploy/postgres.yaml.tpl } ]
                exports: { url: "postgresql://postgres.{{ .Namespace }}.svc:5432/guestbook" }
            services:
              - name: api
                deployGroup: internal
                use: [ hot ]
                dependsOn: [ postgres ]
                image: api
                run:
                  command: [ java, -cp, "lib/*", src/Api.java ]
                  env: { DATABASE_URL: "{{ .Units.postgres.url }}", PORT: "{{ .Ports.http }}", PASSWORD: "pw={{ .Secrets.password }}", N: 3 }
                  ports: { http: auto }
                  ready: { http: { port: http, path: /readyz }, timeout: 60s }
                dev: { watch: [ "src/**/*.java" ], reload: restart }
                when: '{{ ne .Env "production" }}'
                overlays: { ai: { run: { env: { LOG: debug } } } }
              - name: web
                deployGroup: frontend
                run: { builtin: static, dir: public, env: {} }
            """;

    @TempDir Path folder;
    private Sample sample = Sample.in(Path.of("unset"));

    @BeforeEach
    void write() {
        sample =
                Sample.in(folder)
                        .spec(SPEC)
                        .file("services/internal/api/src/Api.java", "class Api {}")
                        .file(
                                "deploy/partials/names.tpl",
                                "{{ define \"name\" }}{{ .Project }}-db{{ end }}")
                        .file(
                                "deploy/postgres.yaml.tpl",
                                "kind: Service\nmetadata: { name: {{ include \"name\" . }} }\n");
    }

    private static Unit unit(
            dev.fairlead.inventory.environment.Environment environment, String name) {
        return Objects.requireNonNull(environment.units().get(new UnitName(name)));
    }

    @Test
    @Covers("DEP-01")
    void aStackBecomesAnEnvironmentWithEveryValue() {
        var environment = sample.evaluate(Sample.choice("dev"));

        var run = unit(environment, "api").run().orElseThrow();
        assertThat(run.work())
                .isEqualTo(
                        new Work.Command(
                                List.of(
                                        Marked.plain("java"),
                                        Marked.plain("-cp"),
                                        Marked.plain("lib/*"),
                                        Marked.plain("src/Api.java"))));
        assertThat(run.workingDir()).isEqualTo("services/internal/api");
        assertThat(run.env().toString())
                .isEqualTo(
                        "{DATABASE_URL=postgresql://local:6543/guestbook, N=3, PASSWORD=pw=${secret:password}, PORT=20000}");
        assertThat(run.ready()).isEqualTo(new Ready.Http("http", "/readyz", 200));
        assertThat(run.readyTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(run.restart().toString()).isEqualTo("on-failure");
        assertThat(run.dev().orElseThrow().watch()).containsExactly("src/**/*.java");
        assertThat(unit(environment, "web").run().orElseThrow().work())
                .isEqualTo(new Work.StaticFiles("public", false));
        var manifest = unit(environment, "postgres").manifests().getFirst();
        assertThat(manifest.path()).isEqualTo("deploy/postgres.yaml.tpl");
        assertThat(manifest.text()).hasToString("kind: Service\nmetadata: { name: shop-db }\n");
        assertThat(unit(environment, "postgres").exports().toString())
                .isEqualTo(
                        "{database_guestbook=guestbook, port=6543, url=postgresql://local:6543/guestbook, url_guestbook=postgresql://local:6543/guestbook}");
    }

    @Test
    @Covers("DEP-02")
    void unitsWaitForTheStageBeforeThem() {
        var outline = sample.outline(Sample.choice("dev"));
        assertThat(
                        outline.units().values().stream()
                                .map(part -> part.name() + " " + part.waitsFor()))
                .containsExactly("api [postgres]", "postgres []", "web [api]");
        assertThat(outline.namespace()).isEqualTo("shop-dev");
        assertThat(outline.domain()).isEqualTo("shop.localhost");
    }

    @Test
    void aSlotHasItsOwnNamespaceAndOverlay() {
        var environment = sample.evaluate(Sample.slot("ai", 2));
        assertThat(environment.outline().namespace()).isEqualTo("shop-dev-2");
        assertThat(unit(environment, "api").run().orElseThrow().env()).containsKey("LOG");
    }

    @Test
    void onKubernetesTheManifestsAreRenderedToo() {
        var environment = sample.evaluate(Sample.choice("staging"));
        assertThat(environment.units().keySet().toString()).isEqualTo("[api, postgres]");
        assertThat(unit(environment, "postgres").exports().toString())
                .isEqualTo("{url=postgresql://postgres.shop-staging.svc:5432/guestbook}");
        assertThat(environment.outline().notes()).contains("nothing to do on kubernetes for: web");
    }

    @Test
    void aCheckWithoutATargetFindsNothingWrong() {
        assertThat(sample.check(Sample.choice("dev"))).isEmpty();
    }
}
