package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What needs no process.
class EngineTest {
    private static final String PAGE =
            """
            apiVersion: fairlead.dev/v1alpha1
            kind: ServiceStack
            metadata: { name: page }
            spec:
              secrets:
                token: { env: PAGE_TOKEN }
              services:
                - name: web
                  path: .
                  deployGroup: frontend
                  run: { command: [ serve ], env: { TITLE: "a page" } }
                  manifests: [ { path: web.yaml.tpl } ]
            """;

    @TempDir Path folder;
    private Workbench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Workbench(folder);
    }

    @Test
    @Covers("DEP-04")
    void everyProblemIsInWhatValidateAnswers() throws IOException {
        bench.stack(PAGE.replace("deployGroup: frontend", "deployGroup: front\n      color: red"));
        var checked = bench.engine.validate(bench.request());

        assertThat(checked.ok()).isFalse();
        assertThat(checked.problems()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(Json.compact(Shapes.validate(checked)))
                .startsWith("{\"version\":1,\"problems\":[{\"code\":")
                .contains("\"file\":\"services.yaml\"");
    }

    @Test
    void aFolderWithoutAStackIsAProblemAndNotADefect() {
        assertThat(bench.engine.validate(bench.request()).problems()).hasSize(1);
        assertThatThrownBy(() -> bench.engine.status(bench.request()))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> bench.engine.plan(bench.request()))
                .isInstanceOf(ProblemException.class);
    }

    /// What cannot be kept out of the output of units is refused before anything runs.
    @Test
    void aSecretThatIsTooShortToBeMaskedIsRefused() throws IOException {
        bench.file("pin", "abc\n")
                .file("web.yaml.tpl", "kind: ConfigMap\n")
                .stack(PAGE.replace("env: PAGE_TOKEN", "file: pin"));

        assertThat(bench.engine.validate(bench.on(TargetKind.LOCAL)).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "services.yaml:6:5 SECRET_TOO_SHORT the secret \"token\" has fewer than 4 characters;"
                                + " Give it a longer value; if it is no secret, make it a variable of `env` or `vars`.");
        assertThatThrownBy(() -> bench.engine.plan(bench.request()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("SECRET_TOO_SHORT");
    }

    @Test
    void aPieceOfASecretThatIsTooShortToBeMaskedIsNotedInThePlan() throws IOException {
        bench.file("web.yaml.tpl", "kind: ConfigMap\n")
                .stack(
                        PAGE.replace("env: PAGE_TOKEN", "generate: 12")
                                .replace("\"a page\"", "\"{{ .Secrets.token | truncate 2 }}\""));

        assertThat(bench.engine.plan(bench.request()).plan().notes())
                .containsExactly(
                        "web is given a piece of the secret token that is shorter than 4 characters: it cannot be masked in its output");
    }

    @Test
    void validateNeedsNoSecretAndReadsWhatManifestsRenderTo() throws IOException {
        bench.file("web.yaml.tpl", "kind: Secret\ndata: { token: {{ .Secrets.token | b64enc }} }\n")
                .stack(PAGE);
        assertThat(bench.engine.validate(bench.request()).problems()).isEmpty();

        bench.file("web.yaml.tpl", "kind: Secret\n  data: [\n");
        assertThat(bench.engine.validate(bench.request()).problems())
                .extracting(problem -> problem.code().name())
                .containsOnly("MANIFEST_NOT_YAML");
    }

    @Test
    @Covers("DEP-04")
    void aWrongIndentationInAPartialNamesThePartialAndNoSecret() throws IOException {
        bench.file("parts/x.tpl", "{{ define \"x\" }}\n   q: {{ .Secrets.token }}\n  r: 1{{ end }}")
                .file("web.yaml.tpl", "kind: Secret\na:\n  {{- include \"x\" . }}\n")
                .stack(
                        PAGE.replace("env: PAGE_TOKEN", "generate: 24")
                                .replace(
                                        "services:",
                                        "templates: { partials: [ parts/x.tpl ] }\n  services:"));
        var problems = bench.engine.validate(bench.request()).problems();

        assertThat(problems)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.place()).hasToString("Optional[parts/x.tpl:3:1]");
                    assertThat(problem.trace())
                            .extracting(step -> step.place().toString())
                            .containsExactly("web.yaml.tpl:3:7");
                    assertThat(problem.evidence())
                            .containsExactly(
                                    "web.yaml.tpl:1  kind: Secret",
                                    "web.yaml.tpl:2  a:",
                                    "parts/x.tpl:2     q: ${secret:token}",
                                    "parts/x.tpl:3    r: 1");
                });
    }

    @Test
    @Covers("DEP-05")
    void kubernetesRendersObjectsAsTheyWouldBeSentAndMasksTheirSecrets() throws IOException {
        bench.file(
                        "web.yaml.tpl",
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata: { name: web }
                        data: { token: {{ .Secrets.token | b64enc }} }
                        ---
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: { name: web }
                        data: { mode: 0644, namespace: {{ .Namespace }} }
                        """)
                .stack(PAGE.replace("env: PAGE_TOKEN", "generate: 12"));
        var rendered = bench.engine.render(bench.on(TargetKind.KUBERNETES), false);

        assertThat(rendered.objects())
                .extracting(object -> Json.compact(object.tree().get("data")))
                .containsExactly(
                        "{\"token\":\"${secret:token}\"}",
                        "{\"mode\":420,\"namespace\":\"page-dev\"}");
        assertThat(rendered.objects())
                .extracting(object -> Json.compact(object.tree().get("metadata")))
                .containsOnly(
                        "{\"name\":\"web\",\"namespace\":\"page-dev\",\"labels\":{\"fairlead.dev/stack\":\"page\","
                                + "\"fairlead.dev/env\":\"dev\",\"fairlead.dev/slot\":\"0\",\"fairlead.dev/unit\":\"web\"}}");
        assertThat(rendered.manifests().getFirst().text()).contains("token: ${secret:token}");
        assertThat(rendered.processes()).isEmpty();
        assertThat(bench.engine.validate(bench.on(TargetKind.KUBERNETES)).problems()).isEmpty();
    }

    /// Ports and secrets are chosen by the target: they belong to the snapshot.
    @Test
    @Covers("DEP-05")
    void theInputIsTheSameWhateverPortsAndSecretsTheTargetHasChosen(@TempDir Path other)
            throws IOException {
        var stack =
                """
                apiVersion: fairlead.dev/v1alpha1
                kind: ServiceStack
                metadata: { name: page }
                spec:
                  secrets: { token: { generate: 24 } }
                  infrastructure: [ { name: db, local: { builtin: postgres } } ]
                  services:
                    - name: web
                      deployGroup: frontend
                      run:
                        command: [ serve, "{{ .Ports.http }}", "{{ .Units.db.url }}" ]
                        env: { URL: "{{ .Units.web.url }}", T: "{{ .Secrets.token }}" }
                        ports: { http: auto }
                """;
        bench.stack(stack);
        var first = bench.engine.plan(bench.request()).plan();
        assertThat(bench.engine.plan(bench.request()).plan().hash()).isEqualTo(first.hash());
        try (var elsewhere = new Workbench(other)) {
            elsewhere
                    .file(".fairlead/env/dev/ports.json", "{\"ports\":{\"web\":{\"http\":23456}}}")
                    .stack(stack);
            var second = elsewhere.engine.plan(elsewhere.request()).plan();

            assertThat(second.inputHash()).isEqualTo(first.inputHash());
            assertThat(second.snapshotHash()).isNotEqualTo(first.snapshotHash());
            assertThat(second.hash()).isNotEqualTo(first.hash());
            elsewhere.stack(stack.replace("serve,", "server,"));
            assertThat(elsewhere.engine.plan(elsewhere.request()).plan().inputHash())
                    .isNotEqualTo(first.inputHash());
        }
    }

    @Test
    void whatWasNotSavedByPlanIsNoPlan() {
        for (var text : List.of("{", "{}", "[]", "{\"kind\":\"fairlead-plan\"}")) {
            assertThatThrownBy(() -> SavedPlan.read(text))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e ->
                                    assertThat(e.problems())
                                            .extracting(Problem::code)
                                            .containsExactly(EngineCode.PLAN_FILE_UNREADABLE));
        }
    }
}
