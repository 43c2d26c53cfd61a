package dev.fairlead.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Rights on the workspace that cannot all hold are found when the stack is read.
class WorkspaceTest {
    @TempDir private Path folder;

    private record Case(String name, String workspace, String more, String problem) {}

    private static Case of(String name, String workspace, String problem) {
        return new Case(name, workspace, "", problem);
    }

    @TestFactory
    @Covers("WS-02")
    List<DynamicTest> contradictionsAreNamed() {
        return List.of(
                        of(
                                "two writers that share nothing",
                                "grants: [ { unit: api, path: build, access: rw }, { unit: web, path: build/x, access: rw } ]",
                                "GRANTS_CONTRADICT \"api\" and \"web\" both write in \"build/x\""),
                        of(
                                "the inner folder is shared, the outer is not",
                                "grants: [ { unit: api, path: ., access: rw }, { unit: web, path: a, access: rw, shared: true } ]",
                                "both write in \"a\""),
                        of(
                                "one folder of which only one says that it is shared",
                                "grants: [ { unit: api, path: a, access: rw, shared: true }, { unit: web, path: a, access: rw } ]",
                                "both write in \"a\""),
                        of(
                                "whoever has all of it shares it with who has a part",
                                "grants: [ { unit: api, path: ., access: rw, shared: true }, { unit: web, path: a, access: rw } ]",
                                ""),
                        of(
                                "once to read and once to write",
                                "grants: [ { unit: api, path: a/, access: rw }, { unit: api, path: ./a } ]",
                                "GRANTS_CONTRADICT \"api\" is granted \"a\" twice, once to read and once to write"),
                        of(
                                "a unit that is not there",
                                "grants: [ { unit: apo, path: a, access: rw } ]",
                                "UNKNOWN_UNIT \"apo\" is no unit and no agent that could mount the workspace; did you mean \"api\"?"),
                        of(
                                "a way out",
                                "grants: [ { unit: api, path: ../b, access: rw } ]",
                                "BAD_VALUE \"../b\" leads out of the workspace"),
                        of(
                                "a place that is no folder",
                                "mountPath: work, grants: []",
                                "BAD_VALUE \"work\" is no folder that a volume can be mounted at"),
                        new Case(
                                "a unit that mounts nothing",
                                "grants: [ { unit: api, path: a, access: rw } ]",
                                ", workspace: false",
                                "GRANTS_CONTRADICT \"api\" says workspace: false, and is granted a folder of it"),
                        new Case(
                                "a unit in which nothing is mounted",
                                "grants: [ { unit: api, path: a } ]",
                                ", inject: false",
                                "GRANTS_CONTRADICT \"api\" says inject: false"),
                        of(
                                "a volume of one pod for two",
                                "accessMode: ReadWriteOncePod",
                                "GRANTS_CONTRADICT a volume of one pod alone cannot be mounted by api, web"),
                        of(
                                "files of root for pods that must not be root",
                                "owner: { uid: 0, gid: 0 }",
                                "GRANTS_CONTRADICT the files are root's, and \"api\" must not run as root"),
                        of(
                                "what is shared on both sides is well",
                                "grants: [ { unit: api, path: a, access: rw, shared: true }, { unit: web, path: a, access: rw, shared: true }, { unit: web, path: b, access: rw } ]",
                                ""))
                .stream()
                .map(one ->
                        DynamicTest.dynamicTest(
                                one.name(),
                                () -> {
                                    var problems = problems(one);
                                    if (one.problem().isEmpty()) {
                                        assertThat(problems).isEmpty();
                                    } else {
                                        assertThat(problems)
                                                .anySatisfy(line ->
                                                        assertThat(line).contains(one.problem()));
                                    }
                                }))
                .toList();
    }

    private List<String> problems(Case one) {
        return Sample.in(folder)
                .spec(
                        """
                        environments: { k: { target: kubernetes, mode: prod } }
                        workspace: { size: 1Gi, %s }
                        services:
                          - { name: api, deployGroup: internal, manifests: [ { path: m.yaml } ]%s }
                          - { name: web, deployGroup: edge, manifests: [ { path: m.yaml } ] }
                        """
                                .formatted(one.workspace(), one.more()))
                .file("m.yaml", "")
                .problems();
    }

    @Test
    @Covers("WS-01")
    void anEnvironmentMayDoWithoutIt() {
        var sample =
                Sample.in(folder)
                        .spec(
                                """
                                environments:
                                  k: { target: kubernetes, mode: dev, workspace: false }
                                  inherits: { from: k }
                                  shared: { from: k, workspace: true }
                                images: { fairlead: { type: skip, repository: "f:1" } }
                                workspace: { size: 1Gi, grants: [ { unit: api, path: a, access: rw } ] }
                                services:
                                  - name: api
                                    deployGroup: internal
                                    manifests: [ { path: m.yaml } ]
                                    dev: { command: [ a ] }
                                """)
                        .file("m.yaml", "");

        for (var name : List.of("k", "inherits")) {
            var environment = sample.evaluate(Sample.choice(name));
            assertThat(environment.units().keySet()).hasToString("[api]");
            assertThat(environment.units().firstEntry().getValue().workload().orElseThrow())
                    .matches(workload -> workload.workspace().isEmpty())
                    .matches(workload -> workload.dev().isEmpty());
            assertThat(environment.outline().notes())
                    .contains(
                            "mode dev, but without their dev block (the environment has no workspace): api");
        }
        assertThat(sample.evaluate(Sample.choice("shared")).units().keySet())
                .hasToString("[api, namespace, workspace]");
    }
}
