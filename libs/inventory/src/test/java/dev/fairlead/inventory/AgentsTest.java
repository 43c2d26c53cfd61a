package dev.fairlead.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.testkit.Covers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Agents are units of an instance that run only when somebody runs them.
class AgentsTest {
    private static final String HEAD =
            """
            environments:
              dev: { target: local, mode: dev }
              k: { target: kubernetes, mode: prod }
            secrets: { token: { generate: 24 } }
            images: { tool: { type: skip, repository: "tool:1" } }
            workspace: { size: 1Gi, mountPath: /shelf, grants: [ { unit: coder, path: src, access: rw } ] }
            services:
              - { name: api, deployGroup: internal, image: tool, path: src, run: { command: [ api ], ports: { http: 8080 } } }
            """;

    private static final String CODER =
            """
            agents:
              - name: coder
                image: tool
                path: src
                dependsOn: [ api ]
                run:
                  command: [ do, "{{ .Task }}", "of {{ .Env }}" ]
                  env: { API: "{{ .Units.api.url }}", SAID: "as told: {{ .Task }}", TOKEN: "{{ .Secrets.token }}" }
                  timeout: 5m
                  stop: { grace: 3s }
            """;

    @TempDir private Path folder;

    private static Unit coder(Environment environment) {
        return Objects.requireNonNull(environment.units().get(new UnitName("coder")));
    }

    @Test
    @Covers({"DEP-01", "PAR-04"})
    void onLocalItIsAUnitWithEverythingButAProcess() {
        var environment =
                Sample.in(folder)
                        .file("src/a", "")
                        .spec(HEAD + CODER)
                        .evaluate(Sample.choice("dev"));

        var unit = coder(environment);
        assertThat(unit.stage()).isEqualTo(Stage.AGENTS);
        assertThat(unit.waitsFor()).containsExactly(new UnitName("api"));
        var run = unit.run().orElseThrow();
        assertThat(run.work())
                .isInstanceOfSatisfying(
                        Work.Agent.class,
                        agent ->
                                assertThat(agent.command())
                                        .hasToString("[do, $(FAIRLEAD_TASK), of dev]"));
        assertThat(run.workingDir()).isEqualTo("src");
        assertThat(run.env()).containsOnlyKeys("API", "SAID", "TOKEN");
        assertThat(run.env().get("SAID")).hasToString("as told: $(FAIRLEAD_TASK)");
        assertThat(run.timeout()).contains(Duration.ofMinutes(5));
        assertThat(unit.exports()).isEmpty();
    }

    @Test
    void withoutATimeoutItHasAnHour() {
        var environment =
                Sample.in(folder)
                        .spec("agents: [ { name: coder, run: { command: [ a ] } } ]")
                        .evaluate(Sample.choice("dev"));

        assertThat(coder(environment).run().orElseThrow().timeout()).contains(Duration.ofHours(1));
    }

    @Test
    @Covers({"WS-01", "PAR-04"})
    void onKubernetesItIsASuspendedCronJobWithTheSameFolderAndEnvironment() {
        var environment =
                Sample.in(folder).file("src/a", "").spec(HEAD + CODER).evaluate(Sample.choice("k"));

        var unit = coder(environment);
        assertThat(unit.workload().orElseThrow().workspace()).isPresent();
        assertThat(unit.workload().orElseThrow().reaches()).containsExactly("api");
        assertThat(unit.manifests().getFirst().text().toString())
                .contains("kind: CronJob", "suspend: true", "activeDeadlineSeconds: 300")
                .contains("workingDir: \"/shelf/src\"", "terminationGracePeriodSeconds: 3")
                .contains("command: [\"do\",\"$(FAIRLEAD_TASK)\",\"of k\"]")
                .contains("- { name: FAIRLEAD_TASK, value: \"\" }")
                .contains("- { name: SAID, value: \"as told: $(FAIRLEAD_TASK)\" }")
                .contains("secretKeyRef: { name: coder-env, key: TOKEN }")
                .doesNotContain("serviceAccountName");
    }

    @Test
    void withoutAnImageItIsNotThereOnKubernetesAndTheRestIs() {
        var outline =
                Sample.in(folder)
                        .spec(
                                HEAD.replace("unit: coder", "unit: api")
                                        + "agents: [ { name: coder, run: { command: [ a ] } } ]")
                        .outline(Sample.choice("k"));

        assertThat(outline.absent()).hasToString("[coder]");
        assertThat(outline.notes()).contains("nothing to do on kubernetes for: coder");
    }

    private record Case(String name, String spec, String problem) {}

    @TestFactory
    @Covers("DEP-04")
    List<DynamicTest> whatCannotBeIsNamed() {
        return List.of(
                        new Case(
                                "a service that depends on an agent",
                                "agents: [ { name: coder, run: { command: [ a ] } } ]\n"
                                        + "services: [ { name: s, deployGroup: edge, dependsOn: [ coder ], run: { command: [ s ] } } ]",
                                "DEPENDS_ON_AGENT \"s\" depends on \"coder\", which is an agent"),
                        new Case(
                                "an agent that depends on an agent",
                                "agents: [ { name: one, run: { command: [ a ] } }, { name: two, dependsOn: [ one ], run: { command: [ a ] } } ]",
                                "DEPENDS_ON_AGENT \"two\" depends on \"one\", which is an agent"),
                        new Case(
                                "a task outside of an agent",
                                "services: [ { name: s, deployGroup: edge, run: { command: [ s, \"{{ .Task }}\" ] } } ]",
                                "TASK_OUTSIDE_AGENT"),
                        new Case(
                                "a task where it is decided what there is",
                                "agents: [ { name: coder, when: \"{{ .Task }}\", run: { command: [ a ] } } ]",
                                "TASK_OUTSIDE_AGENT"),
                        new Case(
                                "an agent that others read",
                                "agents: [ { name: coder, run: { command: [ a ] } } ]\n"
                                        + "services: [ { name: s, deployGroup: edge, run: { command: [ s, \"{{ .Units.coder.host }}\" ] } } ]",
                                "TEMPLATE_ABSENT_VALUE"),
                        new Case(
                                "a port of an agent",
                                "agents: [ { name: coder, run: { command: [ a ], ports: { http: auto } } } ]",
                                "UNKNOWN_KEY"),
                        new Case(
                                "a name that a service has",
                                "agents: [ { name: s, run: { command: [ a ] } } ]\n"
                                        + "services: [ { name: s, deployGroup: edge, run: { command: [ s ] } } ]",
                                "DUPLICATE_UNIT"),
                        new Case(
                                "a name that leaves no room for those of its runs",
                                "agents: [ { name: %s, run: { command: [ a ] } } ]"
                                        .formatted("a".repeat(53)),
                                "BAD_VALUE"),
                        new Case(
                                "an agent as the owner of a schema",
                                """
                                infrastructure: [ { name: db, local: { builtin: postgres } } ]
                                migrations: [ { name: m, owner: coder, database: { unit: db, name: db } } ]
                                agents: [ { name: coder, run: { command: [ a ] } } ]
                                """,
                                "OWNERSHIP \"coder\" is not a service of the stack"),
                        new Case(
                                "a secret beside the task",
                                "secrets: { t: { generate: 24 } }\n"
                                        + "agents: [ { name: coder, run: { command: [ a ], env: { A: \"{{ .Secrets.t }} {{ .Task }}\" } } } ]",
                                "BAD_VALUE \"A\" in env holds a secret and the task"),
                        new Case(
                                "the variable of the task",
                                "agents: [ { name: coder, run: { command: [ a ], env: { FAIRLEAD_TASK: x } } } ]",
                                "BAD_VALUE \"FAIRLEAD_TASK\" in env"),
                        new Case(
                                "an agent without a command",
                                "agents: [ { name: coder, run: { workingDir: . } } ]",
                                "NOTHING_TO_RUN"),
                        new Case(
                                "what a component says of services alone",
                                "components: { hot: { run: { restart: always } } }\n"
                                        + "agents: [ { name: coder, use: [ hot ], run: { command: [ a ] } } ]",
                                "NO_EFFECT \"restart\" does nothing in \"coder\", which is an agent"))
                .stream()
                .map(one ->
                        DynamicTest.dynamicTest(
                                one.name(),
                                () ->
                                        assertThat(
                                                        Sample.in(folder)
                                                                .spec(one.spec())
                                                                .check(Sample.choice("dev")))
                                                .anyMatch(line -> line.contains(one.problem()))))
                .toList();
    }
}
