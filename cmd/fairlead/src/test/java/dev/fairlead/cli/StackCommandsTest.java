package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.fairlead.document.Json;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The commands that only read, on a real stack.
class StackCommandsTest {
    private static final String STACK =
            """
            apiVersion: fairlead.dev/v1alpha1
            kind: ServiceStack
            metadata: { name: small }
            spec:
              secrets:
                token: { generate: 24 }
              environments:
                dev: { target: local, mode: dev }
                production: { target: kubernetes }
              services:
                - name: api
                  deployGroup: internal
                  run:
                    command: [ sleep, "60" ]
                    ports: { http: auto }
                    env: { TOKEN: "{{ .Secrets.token }}" }
                - name: web
                  deployGroup: frontend
                  dependsOn: [ api ]
                  run: { command: [ sleep, "60" ], env: { API: "{{ .Units.api.url }}" } }
            """;

    @TempDir Path folder;
    private Path stack;

    @BeforeEach
    void writeStack() throws IOException {
        stack = Files.createDirectory(folder.resolve("small"));
        Files.writeString(stack.resolve("services.yaml"), STACK);
    }

    @Test
    void validateSaysThatAllIsWell() {
        var answer = Typed.in(folder).run("validate", "small");
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).isEqualTo("small/dev: 2 units, no errors\n");
        assertThat(answer.code()).isZero();
    }

    @Test
    @Covers("DEP-04")
    void validateReportsEveryProblemWithPlaceExcerptAndHint() throws IOException {
        replace("dependsOn:", "dependOn:");
        replace("kind: ServiceStack", "kind: ServiceStak");
        var answer = Typed.in(stack).run("validate");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .contains(
                        "error[UNKNOWN_KEY] services.yaml:19:7",
                        "did you mean \"dependsOn\"?",
                        "   19 |       dependOn: [ api ]",
                        "services.yaml:2:")
                .doesNotContain("Exception");
        assertThat(Typed.in(stack).run("validate", "-o", "json").json().get("problems"))
                .asInstanceOf(LIST)
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    @Covers("DEP-05")
    void planShowsWhatWouldHappenAndWritesNothing() throws IOException {
        var first = Typed.in(stack).run("plan", "-o", "json");
        var second = Typed.in(stack).run("plan", "-o", "json");
        assertThat(first.code()).isZero();
        assertThat(first.out()).isEqualTo(second.out());
        assertThat(first.json())
                .containsKeys("hash", "inputHash", "snapshotHash", "changes", "restarts");
        assertThat(Typed.in(stack).run("plan").out())
                .startsWith("Plan for small/dev on local")
                .contains("+ process/api create", "order: api -> web", "2 to create, plan ");
        try (var files = Files.list(stack)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactly("services.yaml");
        }
    }

    @Test
    void planEndsWith2WhereDifferencesShallBeSeen() {
        assertThat(Typed.in(stack).run("plan", "--exit-code").code()).isEqualTo(2);
    }

    @Test
    void aPlanIsSavedForReview() throws IOException {
        assertThat(Typed.in(stack).run("plan", "--out", "dev.plan").code()).isZero();
        assertThat(Json.readObject(Files.readString(stack.resolve("dev.plan"))))
                .containsKey("plan");
    }

    @Test
    @Covers("DEP-05")
    void renderMasksSecretsAndGivesTheSameBytesTwice() {
        var first = Typed.in(stack).run("render");
        assertThat(first.code()).isZero();
        assertThat(first.out())
                .contains(
                        "# processes/api.yaml\n",
                        "command:\n- sleep\n- \"60\"\n",
                        "  TOKEN: ${secret:token}\n");
        assertThat(Typed.in(stack).run("render").out()).isEqualTo(first.out());
        assertThat(Typed.in(stack).run("render", "-o", "json").json())
                .containsKeys("processes", "objects");
    }

    @Test
    void renderExplainsWhereAValueComesFrom() {
        assertThat(Typed.in(stack).run("render", "--explain", "api.run.env.TOKEN").out())
                .isEqualTo(
                        """
                        api.run.env.TOKEN = ${secret:token}
                          services.yaml:16:23  {{ .Secrets.token }}  (the unit)
                          reads secrets.token.generate = 24
                            services.yaml:6:24  24  (the stack)
                        """);
        assertThat(
                        Typed.in(stack)
                                .run("render", "--explain", "api.run.restart", "-o", "json")
                                .json()
                                .get("origins"))
                .asInstanceOf(LIST)
                .singleElement()
                .asInstanceOf(MAP)
                .containsEntry("value", "never")
                .containsEntry("layer", "the default");
        var answer = Typed.in(stack).run("render", "--explain", "api.rnu");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("error[UNKNOWN_KEY]", "did you mean \"run\"?");
        assertThat(Typed.in(stack).run("render", "--explain", "api", "--show-secrets").code())
                .isEqualTo(1);
    }

    @Test
    void renderWritesFiles() {
        assertThat(Typed.in(stack).run("render", "--out", "rendered").code()).isZero();
        assertThat(stack.resolve("rendered/processes/web.yaml")).exists();
    }

    @Test
    void withoutAKubeconfigTheTargetKubernetesEndsWith3() {
        var answer = Typed.in(stack).run("plan", "-e", "production");
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).contains("error[KUBECONFIG_MISSING]", "hint: ");
    }

    @Test
    void aMissingStackNamesTheFile() {
        var answer = Typed.in(folder).run("plan");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("services.yaml", "hint: ");
    }

    @Test
    void whatOfAPathIsNotThereIsSaid() {
        var typed = Typed.in(folder);
        assertThat(typed.run("plan", "smal").err())
                .startsWith("error[STACK_NOT_FOUND] there is no folder ")
                .contains("/smal\n", "did you mean \"small\"?");
        assertThat(typed.run("-C", "nowhere", "plan").err()).contains("there is no folder ");
        assertThat(typed.run("-f", "small/servces.yaml", "plan").err())
                .contains("there is no file servces.yaml in the folder ", "did you mean");
        assertThat(typed.run("-f", "nowhere/services.yaml", "plan").err())
                .contains("there is no folder ")
                .doesNotContain("services.yaml\n");
        assertThat(typed.run("plan").err()).contains("there is no services.yaml in the folder ");
    }

    @Test
    void aSlotThatIsNotThereIsAMistakeOfTheCommandLine() {
        var answer = Typed.in(stack).run("plan", "--slot", "12", "-o", "json");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.json().get("problems"))
                .asInstanceOf(LIST)
                .singleElement()
                .asInstanceOf(MAP)
                .containsEntry("code", "SLOT_RANGE")
                .containsEntry("file", "--slot");
    }

    @Test
    void statusOfNothingIsStopped() {
        assertThat(Typed.in(stack).run("status", "-o", "json").json())
                .containsEntry("stack", "small")
                .containsEntry("env", "dev")
                .containsEntry("state", "stopped");
    }

    @Test
    void explainTellsAStackFromAUnit() {
        assertThat(Typed.in(folder).run("explain", "small").out()).startsWith("small/dev: nothing");
        var answer = Typed.in(folder).run("explain", "small", "wbe");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("wbe");
    }

    @Test
    void aNegativeSlotAWrongTargetAndAWrongUnitAreUsageErrors() {
        for (var slot : List.of("-1", "0")) {
            assertThat(Typed.in(stack).run("plan", "--slot", slot).err())
                    .contains("error[USAGE] --slot " + slot, "numbered from 1");
        }
        assertThat(Typed.in(stack).with("FAIRLEAD_SLOT", "0").run("plan").code()).isEqualTo(1);
        assertThat(Typed.in(stack).run("plan", "--target", "locla").err())
                .contains("did you mean \"local\"?");
        assertThat(Typed.in(stack).run("plan", "--only", "API,x_y").err())
                .contains("\"API\" is not", "\"x_y\" is not");
    }

    @Test
    void applyAsksAndWithoutATerminalThatIsRefused() {
        var answer = Typed.in(stack).run("apply");
        assertThat(answer.code()).isEqualTo(6);
        assertThat(answer.err())
                .contains("error[UNANSWERED] Apply this plan to small/dev?", "--yes");
    }

    @Test
    void schemaIsAJsonSchema() {
        assertThat(Typed.in(folder).run("schema").json().get("$schema"))
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    }

    private void replace(String from, String to) throws IOException {
        var file = stack.resolve("services.yaml");
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    @ParameterizedTest
    @CsvSource({
        "status",
        "validate",
        "plan",
        "render",
        "events",
        "version",
        "migrate status",
        "down"
    })
    void aFormThatACommandDoesNotHaveIsRefused(String command) {
        var words = new ArrayList<>(List.of(command.split(" ", -1)));
        words.addAll(List.of("-o", "mermaid"));
        var answer = Typed.in(stack).run(words.toArray(String[]::new));

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .contains("error[USAGE]")
                .contains("fairlead " + command + " has no form mermaid: its forms are text, json")
                .contains("hint: see fairlead " + command + " --help");
    }

    @Test
    void aFormThatACommandHasIsPrinted() {
        assertThat(Typed.in(stack).run("explain", "-o", "mermaid").out()).startsWith("flowchart");
        assertThat(Typed.in(stack).run("graph", "-o", "mermaid").out()).startsWith("flowchart");
        assertThat(Typed.in(stack).run("graph", "-o", "dot").out()).startsWith("digraph");
        assertThat(Typed.in(stack).run("explain", "-o", "dot").err())
                .contains("has no form dot: its forms are text, json, mermaid");
        assertThat(Typed.in(stack).with("FAIRLEAD_OUTPUT", "mermaid").run("status").err())
                .contains("has no form mermaid");
    }

    @ParameterizedTest
    @CsvSource({
        "render, /proc/nope, 3, the folder /proc/nope/processes cannot be made in /proc",
        "render, services.yaml, 1, services.yaml is not a folder",
        "plan, processes, 1, processes is a folder",
        "plan, services.yaml/plan.json, 1, services.yaml is not a folder"
    })
    void aPlaceThatCannotBeWrittenIsSaidSo(String command, String out, int code, String what)
            throws IOException {
        Files.createDirectory(stack.resolve("processes"));
        var answer = Typed.in(stack).run(command, "--out", out);

        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.err()).contains("--out: ").contains(what).contains("hint: ");
    }

    @Test
    void whatIsWrittenGetsTheFoldersThatItNeeds() {
        assertThat(Typed.in(stack).run("plan", "--out", "a/b/plan.json").code()).isZero();
        assertThat(stack.resolve("a/b/plan.json")).isRegularFile();
    }
}
