package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Status;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is wrong in the user's files is said before anything starts: code, place, what, and what to do.
class WrongInputIT {
    private static final String PROBE =
            """
            templates: { partials: [ "%s" ] }
            services:
              - name: web
                deployGroup: internal
                run: { command: [ sleep, "1000" ] }
                manifests: [ { path: web.yaml.tpl } ]
            """;

    static Stream<Breakage> breakages() {
        return Stream.of(
                Breakage.of(
                        "a typo in a key",
                        """
                        services:
                          - name: web
                            deployGroup: internal
                            dependOn: [ api ]
                            run: { command: [ sleep, "1000" ] }
                        """,
                        1,
                        "services.yaml:8",
                        "UNKNOWN_KEY",
                        "dependOn",
                        "dependsOn"),
                Breakage.of(
                        "a cyclic dependency",
                        """
                        services:
                          - { name: a, deployGroup: internal, dependsOn: [ b ], run: { command: [ sleep, "1" ] } }
                          - { name: b, deployGroup: internal, dependsOn: [ c ], run: { command: [ sleep, "1" ] } }
                          - { name: c, deployGroup: internal, dependsOn: [ a ], run: { command: [ sleep, "1" ] } }
                        """,
                        1,
                        "services.yaml:",
                        "a -> b -> c -> a"),
                Breakage.of(
                                "an undefined template",
                                PROBE.formatted("parts/*.tpl"),
                                1,
                                "web.yaml.tpl:2",
                                "web.label",
                                "web.labels")
                        .and("parts/labels.tpl", "{{ define \"web.labels\" }}app: web{{ end }}\n")
                        .and(
                                "web.yaml.tpl",
                                "kind: Service\nmetadata: { {{ template \"web.label\" . }} }\n"),
                Breakage.of(
                                "two partials of one name",
                                PROBE.formatted("parts/*.tpl"),
                                1,
                                "parts/two.tpl:1",
                                "labels",
                                "parts/one.tpl:2")
                        .and("parts/one.tpl", "\n{{ define \"labels\" }}{{ end }}\n")
                        .and("parts/two.tpl", "{{ define \"labels\" }}{{ end }}\n")
                        .and("web.yaml.tpl", "kind: Service\n"),
                Breakage.of(
                                "a glob with invalid syntax",
                                PROBE.formatted("parts/[*.tpl"),
                                1,
                                "services.yaml:5",
                                "parts/[*.tpl")
                        .and("web.yaml.tpl", "kind: Service\n"),
                Breakage.of(
                                "a glob without a match",
                                PROBE.formatted("parts/*.tpl"),
                                1,
                                "services.yaml:5",
                                "parts/*.tpl")
                        .and("web.yaml.tpl", "kind: Service\n"),
                Breakage.of(
                        "a key that is not due yet",
                        """
                        environments: { dev: { target: local, mode: dev, deployOn: { branch: main } } }
                        services:
                          - { name: web, deployGroup: internal, run: { command: [ sleep, "1000" ] } }
                        """,
                        1,
                        "services.yaml:5",
                        "NOT_YET",
                        "deployOn"),
                Breakage.of(
                        "migrations without a folder",
                        """
                        infrastructure:
                          - { name: postgres, local: { builtin: postgres, databases: [ x ] } }
                        migrations:
                          - { name: x-db, owner: web, database: { unit: postgres, name: x } }
                        services:
                          - { name: web, deployGroup: internal, run: { command: [ sleep, "1000" ] } }
                        """,
                        1,
                        "services.yaml:8",
                        "FILE_UNREADABLE",
                        "fairlead migrate create"));
    }

    @ParameterizedTest
    @MethodSource("breakages")
    @Covers({"DEP-04", "TPL-04"})
    void isRefusedWithPlaceCauseAndAdvice(Breakage breakage) {
        try (var sandbox = breakage.sandbox()) {
            for (var command : new String[] {"validate", "plan", "up"}) {
                var told = sandbox.fairlead().run(command).expect(breakage.exit());

                assertThat(told.err())
                        .contains("error[")
                        .contains(breakage.place())
                        .contains("hint:");
                assertThat(told.err()).contains(breakage.says());
                assertNoTrace(told.all());
            }
            var problems = sandbox.fairlead().run("validate", "-o", "json").expect(breakage.exit());
            assertThat(Status.objects(problems.json().get("problems")))
                    .anySatisfy(problem -> {
                        assertThat(problem)
                                .containsKeys("code", "severity", "line", "column", "what");
                        assertThat(problem.get("file") + ":" + problem.get("line"))
                                .startsWith(breakage.place());
                    });
            assertThat(Processes.of(sandbox.folder())).isEmpty();
        }
    }

    @Test
    void allMistakesOfAllFilesAreToldInOnePass() {
        var breakage =
                Breakage.of(
                                "three at once",
                                """
                                vars: { a: "{{ .Vars.b }" }
                                services:
                                  - { name: web, deployGroup: middle, run: { comand: [ sleep ] } }
                                """,
                                1,
                                "services.yaml",
                                "")
                        .and("unused.tpl", "");
        try (var sandbox = breakage.sandbox()) {
            var problems = sandbox.fairlead().run("validate", "-o", "json").expect(1).json();

            assertThat(Status.objects(problems.get("problems")))
                    .extracting(problem -> String.valueOf(problem.get("what")))
                    .anySatisfy(what -> assertThat(what).contains("comand"))
                    .anySatisfy(what -> assertThat(what).contains("middle"))
                    .hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void withoutAKubeconfigTheTargetKubernetesSaysSo() {
        var breakage =
                Breakage.of(
                        "Kubernetes",
                        """
                        environments: { staging: { target: kubernetes } }
                        services:
                          - { name: web, deployGroup: internal, run: { command: [ sleep, "1000" ] } }
                        """,
                        3,
                        "",
                        "kubernetes");
        try (var sandbox = breakage.sandbox()) {
            var told = sandbox.fairlead().run("up", "-e", "staging").expect(3);
            assertThat(told.err()).contains("KUBECONFIG_MISSING");
            assertNoTrace(told.all());
        }
    }

    static void assertNoTrace(String shown) {
        assertThat(shown)
                .doesNotContainPattern("(?m)^\\s*at [\\w.$/@]+\\(|Exception in thread|Caused by:");
    }
}
