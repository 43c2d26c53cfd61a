package dev.fairlead.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.inventory.environment.Mode;
import dev.fairlead.inventory.environment.TargetKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// From a loaded stack to values: the order of evaluation, and what is said where it fails.
class EvaluationTest {
    private static final String ENVIRONMENTS =
            "environments: { dev: { target: local, mode: dev, slots: 3 }, base: {}, k: { target: kubernetes } }\n";

    @TempDir Path folder;

    private static Arguments rule(String name, String choice, String spec, String... expected) {
        return Arguments.of(name, choice, spec, List.of(expected));
    }

    private static String service(String keys) {
        return "services: [ { name: s, deployGroup: edge, " + keys + " } ]";
    }

    static final List<Arguments> RULES =
            List.of(
                    rule(
                            "variables in a circle",
                            "dev",
                            "vars: { a: \"{{ .Vars.b }}\", b: \"{{ .Vars.a }}\" }\n"
                                    + service("run: { command: [ \"{{ .Vars.a }}\" ] }"),
                            "services.yaml:6:14 CYCLE_IN_VALUES values are computed from each other in a circle: vars.a -> vars.b -> vars.a"),
                    rule(
                            "what comes later is not visible earlier",
                            "dev",
                            "vars: { a: \"{{ .Namespace }}\" }\n"
                                    + service("run: { command: [ \"{{ .Vars.a }}\" ] }"),
                            "services.yaml:6:14 TOO_EARLY .Namespace is not known yet where this is evaluated; known here: .Project .Env .Slot .Stack .Registry .Versions .Vars"),
                    rule(
                            "when sees no units",
                            "dev",
                            service("when: \"{{ .Units.x }}\", run: { command: [ a ] }"),
                            "services.yaml:6:51 TOO_EARLY .Units is not known yet where this is evaluated; known here: .Project .Env .Slot .Stack .Registry .Versions .Vars .Namespace .Domain .Images"),
                    rule(
                            "when gives a word",
                            "dev",
                            service("when: \"{{ .Env }}\", run: { command: [ a ] }"),
                            "services.yaml:6:51 WHEN_VALUE when of \"s\" gives \"dev\", which is neither true nor false; compare: when: '{{ eq .Env \"dev\" }}'"),
                    rule(
                            "a disabled dependency",
                            "dev",
                            "infrastructure: [ { name: db, when: false, local: { builtin: postgres } } ]\n"
                                    + service("dependsOn: [ db ], run: { command: [ a ] }"),
                            "services.yaml:7:58 DISABLED_UNIT \"s\" depends on \"db\", which its when leaves out here; give \"s\" the same when, or take the dependency away in an overlay"),
                    rule(
                            "a disabled dependency of a disabled unit",
                            "dev",
                            "infrastructure: [ { name: db, when: false, local: { builtin: postgres } } ]\n"
                                    + service(
                                            "when: false, dependsOn: [ db ], run: { command: [ a ] }")),
                    rule(
                            "an unknown environment",
                            "dex",
                            "vars: {}",
                            "UNKNOWN_ENVIRONMENT there is no environment \"dex\" in the stack; did you mean \"dev\"?"),
                    rule(
                            "an abstract environment",
                            "base",
                            "vars: {}",
                            "services.yaml:5:64 ENVIRONMENT_ABSTRACT the environment \"base\" has no target, own or inherited; give it target: local, or choose another environment"),
                    rule(
                            "ports that collide",
                            "dev",
                            service("run: { command: [ a ], ports: { a: 80, b: 80 } }"),
                            "services.yaml:6:87 PORT_COLLISION port 80 is taken twice; the other is at services.yaml:6:80"),
                    rule(
                            "a port's template",
                            "dev",
                            service("run: { command: [ a ], ports: { a: \"{{ .Env }}\" } }"),
                            "services.yaml:6:80 PORT_VALUE \"dev\" is neither auto nor a port number"),
                    rule(
                            "nothing to run",
                            "dev",
                            service("run: { env: { A: b } }"),
                            "services.yaml:6:50 NOTHING_TO_RUN \"s\" says no command; add command: [ … ]"),
                    rule(
                            "a glob to watch",
                            "dev",
                            service("run: { command: [ a ] }, dev: { watch: [ \"{a\" ] }"),
                            "services.yaml:6:86 GLOB_SYNTAX the glob \"{a\" is not well formed: \"{\" is not closed"),
                    rule(
                            "a glob, a folder and a task's inputs outside the root",
                            "dev",
                            "services:\n- { name: a, deployGroup: edge, run: { command: [ a ] }, dev: { watch: [ \"../../x/**\" ] } }\n- { name: b, deployGroup: edge, run: { builtin: static, dir: /etc } }\n- { name: c, deployGroup: edge, run: { builtin: task, command: [ c ], inputs: [ \"../*\" ] } }",
                            "services.yaml:7:76 OUTSIDE_ROOT the path \"./../../x\" lies outside the root of the stack; the root is the nearest folder upwards with .git, else the stack's own",
                            "services.yaml:8:64 OUTSIDE_ROOT the path \"/etc\" lies outside the root of the stack; the root is the nearest folder upwards with .git, else the stack's own",
                            "services.yaml:9:83 OUTSIDE_ROOT the path \"./..\" lies outside the root of the stack; the root is the nearest folder upwards with .git, else the stack's own"),
                    rule(
                            "a command without a program",
                            "dev",
                            "services:\n- { name: a, deployGroup: edge, run: { command: [ \"\" ] } }\n- { name: b, deployGroup: edge, run: { command: [ b ], ready: { exec: [] } } }\n- { name: c, deployGroup: edge, run: { command: \"{{ .Env }}\" } }",
                            "services.yaml:7:51 NOTHING_TO_RUN the command of \"a\" is empty",
                            "services.yaml:8:73 NOTHING_TO_RUN the command of ready.exec is empty",
                            "services.yaml:9:51 BAD_VALUE the template gives a text, which does not fit here"),
                    rule(
                            "the path of a readiness check",
                            "dev",
                            "services:\n- { name: a, deployGroup: edge, run: { command: [ a ], ports: { http: auto }, ready: { http: { path: readyz } } } }\n- { name: b, deployGroup: edge, run: { command: [ b ], ports: { http: auto }, ready: { http: { path: \"/a b\" } } } }",
                            "services.yaml:7:104 BAD_VALUE \"readyz\" is not the path of a URL; it starts with /",
                            "services.yaml:8:104 BAD_VALUE \"/a b\" is not the path of a URL; write other characters as %XX"),
                    rule(
                            "names of environment variables",
                            "dev",
                            "services:\n- { name: a, deployGroup: edge, run: { command: [ a ], env: { FAIRLEAD_UNIT: x } } }\n- { name: b, deployGroup: edge, run: { command: [ b ], env: '{{ dict \"A-B\" 1 | toYaml }}' } }",
                            "services.yaml:7:65 BAD_VALUE \"FAIRLEAD_UNIT\" in env is how Fairlead knows its own processes; give it another name",
                            "services.yaml:8:63 BAD_VALUE \"A-B\" in env is not the name of an environment variable; give it another name"),
                    rule(
                            "a whole number beyond 64 bits",
                            "dev",
                            "vars: { n: 99999999999999999999 }\n"
                                    + service(
                                            "run: { command: [ a, \"{{ .Vars.n }}{{ fromJson `99999999999999999999` }}\" ] }")),
                    rule(
                            "an unknown port",
                            "dev",
                            service(
                                    "run: { command: [ a ], ports: { http: auto }, ready: { tcp: htp } }"),
                            "services.yaml:6:105 UNKNOWN_PORT \"s\" has no port \"htp\"; did you mean \"http\"?"),
                    rule(
                            "a regular expression",
                            "dev",
                            service("run: { command: [ a ], ready: { log: \"(\" } }"),
                            "services.yaml:6:82 BAD_REGEX the regular expression \"(\" is not well formed: Unclosed group"),
                    rule(
                            "a secret without a value",
                            "dev",
                            "secrets: { t: { env: TOKEN }, o: { env: OTHER, optional: true } }\n"
                                    + service("run: { command: [ a ] }"),
                            "services.yaml:6:14 SECRET_MISSING the secret \"t\" has no value; set the variable TOKEN, in the environment or in an env file"),
                    rule(
                            "an absent key in a block of text, with its own line",
                            "dev",
                            "services:\n- name: s\n  deployGroup: edge\n  run:\n    command:\n    - |\n      one\n      {{ .Vars.title }}",
                            "services.yaml:13:17 TEMPLATE_ABSENT_VALUE executing \"services.yaml\" at <.Vars.title>: map has no entry for key \"title\"; give it a default: default \"...\" .Vars.title"),
                    rule(
                            "keys of kubernetes alone, and of agents",
                            "dev",
                            "workspace: { size: 1Gi }\nagents: [ { name: a, run: { command: [ a ] } } ]\n"
                                    + "infrastructure: [ { name: db, scope: infrastructure-singleton, local: { builtin: postgres } } ]\n"
                                    + service(
                                            "replicas: 2, podSecurity: baseline, run: { command: [ a ] }")),
                    rule(
                            "the same keys on kubernetes",
                            "k",
                            "workspace: { size: 1Gi }\nmigrations: [ { name: m, owner: s, database: { unit: db, name: x } } ]\ninfrastructure: [ { name: db } ]\nimages: { s: { type: skip, repository: \"s:1\" } }\n"
                                    + service("requiresSchema: m, replicas: 2, image: s")),
                    rule(
                            "a list that a template makes",
                            "dev",
                            "vars: { c: [ a, b ] }\n"
                                    + service("run: { command: \"{{ toJson .Vars.c }}\" }")),
                    rule(
                            "a list that a template does not make",
                            "dev",
                            service("run: { command: \"{{ .Env }}\" }"),
                            "services.yaml:6:61 BAD_VALUE the template gives a text, which does not fit here"));

    @ParameterizedTest(name = "{0}")
    @FieldSource("RULES")
    void saysWhatIsWrong(String name, String choice, String spec, List<String> expected) {
        assertThat(
                        Sample.in(folder)
                                .spec(ENVIRONMENTS + spec)
                                .evaluateProblems(Sample.choice(choice)))
                .as(name)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void withoutEnvironmentsThereIsDevOnLocal() {
        var outline = Sample.in(folder).spec("vars: {}").outline(Sample.byDefault());
        assertThat(outline.ref()).hasToString("shop/dev");
        assertThat(outline.target()).isEqualTo(TargetKind.LOCAL);
        assertThat(outline.mode()).isEqualTo(Mode.DEV);
    }

    @Test
    void theDefaultIsTheOnlyEnvironmentWithATargetElseDev() {
        var sample = Sample.in(folder);
        assertThat(
                        sample.spec("environments: { base: {}, x: { target: local } }")
                                .outline(Sample.byDefault())
                                .ref()
                                .name())
                .isEqualTo("x");
        assertThat(
                        sample.spec(
                                        "environments: { dev: { target: local }, x: { target: local } }")
                                .outline(Sample.byDefault())
                                .ref()
                                .name())
                .isEqualTo("dev");
        assertThat(
                        sample.spec("environments: { y: { target: local }, x: { target: local } }")
                                .outlineProblems(Sample.byDefault()))
                .containsExactly(
                        "services.yaml:5:17 NO_DEFAULT_ENVIRONMENT no environment was named, and none is the default; name one with -e: x, y");
    }

    @Test
    void productionIsProtectedUnlessSaidOtherwise() {
        var environments =
                Sample.in(folder)
                        .spec(
                                "environments: { production: { target: local }, prod: { target: local, protected: false }, dev: {} }")
                        .load()
                        .environments();
        assertThat(Objects.requireNonNull(environments.get("production")).guarded()).isTrue();
        assertThat(Objects.requireNonNull(environments.get("prod")).guarded()).isFalse();
        assertThat(Objects.requireNonNull(environments.get("dev")).target()).isEmpty();
    }

    @Test
    void keysThatDoNothingInTheirKindOfUnitAreWarnedOf() {
        var sample =
                Sample.in(folder)
                        .spec(
                                """
                                environments: { dev: { target: local } }
                                infrastructure:
                                - name: db
                                  local: { builtin: postgres, env: { A: b } }
                                services:
                                - name: a
                                  deployGroup: edge
                                  run: { command: [ a ], inputs: [ x ], timeout: 5s, spa: true }
                                - name: b
                                  deployGroup: edge
                                  run: { builtin: static, command: [ b ] }
                                """);
        assertThat(sample.check(Sample.choice("dev")))
                .containsExactly(
                        "services.yaml:8:33 NO_EFFECT \"env\" does nothing in \"db\", which is a builtin postgres",
                        "services.yaml:12:28 NO_EFFECT \"inputs\" does nothing in \"a\", which is a command",
                        "services.yaml:12:43 NO_EFFECT \"timeout\" does nothing in \"a\", which is a command",
                        "services.yaml:12:56 NO_EFFECT \"spa\" does nothing in \"a\", which is a command",
                        "services.yaml:15:29 NO_EFFECT \"command\" does nothing in \"b\", which is a builtin static");
        assertThat(sample.evaluateProblems(Sample.choice("dev"))).isEmpty();
    }

    @Test
    void keysThatOnlyKubernetesKnowsAreWarnedOfWhereTheyWouldShow() {
        var sample =
                Sample.in(folder)
                        .spec(
                                """
                                environments: { k: { target: kubernetes, deployOn: { branch: main } } }
                                images: { a: { type: skip, repository: "a:1" } }
                                services: [ { name: a, deployGroup: edge, image: a, run: { ready: { log: up } } } ]
                                """);
        assertThat(sample.check(Sample.choice("k")))
                .extracting(line -> line.replaceFirst(" is read.*", ""))
                .containsExactlyInAnyOrder(
                        "services.yaml:5:44 NOT_YET \"deployOn\" of the environment \"k\"",
                        "services.yaml:7:76 NOT_YET readiness of \"a\" by a line of its output");
    }

    @Test
    void slotsMustExistAndDiffer() {
        var sample =
                Sample.in(folder)
                        .spec(
                                "environments: { dev: { target: local, slots: 2, namespaceTemplate: shop } }\n"
                                        + service("run: { command: [ a ], ports: { a: 80 } }"));
        assertThat(sample.outlineProblems(Sample.slot("dev", 3)))
                .contains(
                        "--slot:1:1 SLOT_RANGE the environment \"dev\" has no slot 3; its slots are 1 to 2, at services.yaml:5:19");
        assertThat(sample.outlineProblems(Sample.slot("dev", 1)))
                .containsExactly(
                        "services.yaml:5:70 SLOT_CLASH every slot would have the namespace \"shop\": its template is shop",
                        "services.yaml:6:80 PORT_FIXED_IN_SLOT port 80 is fixed, and every slot would want it; write auto");
    }

    @Test
    void setReplacesAVariableAndKeepsItsKind() {
        var sample =
                Sample.in(folder)
                        .spec(
                                "vars: { n: 1, m: { t: x } }\n"
                                        + service(
                                                "run: { command: [ '{{ if eq .Vars.n 2 }}two{{ end }}{{ .Vars.m.t }}' ] }"));
        var choice =
                new Choice(
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        new TreeMap<>(Map.of("n", "2", "m.t", "{{ .Env }}")));
        assertThat(
                        sample.evaluate(choice)
                                .units()
                                .firstEntry()
                                .getValue()
                                .run()
                                .orElseThrow()
                                .work())
                .hasToString("Command[command=[twodev]]");
        assertThat(sample.outlineProblems(Sample.set("nn", "1")))
                .containsExactly(
                        "--set nn:1:1 UNKNOWN_VAR the stack declares no variable \"nn\"; did you mean \"n\"?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    title.x   | 1    | title is a text, so it has no "x" (at services.yaml:5:18); give it whole: --set title=1
                    n.x.y     | 1    | n is a number, so it has no "x" (at services.yaml:5:24); give it whole: --set n=1
                    l.0       | 1    | l is a list, so it has no "0" (at services.yaml:5:39); --set reaches into maps alone; change the list in `vars`
                    m.deep.a.b | 1   | m.deep.a is a text, so it has no "b" (at services.yaml:5:62); give it whole: --set m.deep.a=1
                    l         | x    | l is a list, and "x" is a text (at services.yaml:5:39); a list cannot be given by --set; change it in `vars`
                    m         | x    | m is a map, and "x" is a text (at services.yaml:5:49); name a key of it: --set m.deep=x; it has deep, t
                    n         | two  | n is a number, and "two" is not one (at services.yaml:5:24); give a number; a variable that may be a text is written in quotes in `vars`
                    b         | yes  | b is a truth value, and "yes" is not one (at services.yaml:5:30); give true or false
                    title.    | 1    | "title." is not the name of a variable; the form is a.b=value
                    """)
    void aValueThatSetCannotReplaceIsRefused(String key, String value, String told) {
        var sample =
                Sample.in(folder)
                        .spec(
                                "vars: { title: A, n: 1, b: true, l: [ 1 ], m: { deep: { a: x }, t: y } }\n"
                                        + service("run: { command: [ x ] }"));
        assertThat(sample.outlineProblems(Sample.set(key, value)))
                .containsExactly("--set " + key + ":1:1 BAD_VALUE " + told);
    }

    @Test
    void setAddsAKeyToAMapAndFillsWhatIsNothing() {
        var sample =
                Sample.in(folder)
                        .spec(
                                "vars: { m: {}, nothing: ~ }\n"
                                        + service(
                                                "run: { command: [ '{{ .Vars.m.a.b }}{{ .Vars.nothing.x }}' ] }"));
        var choice =
                new Choice(
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        new TreeMap<>(Map.of("m.a.b", "1", "nothing.x", "2")));
        assertThat(
                        sample.evaluate(choice)
                                .units()
                                .firstEntry()
                                .getValue()
                                .run()
                                .orElseThrow()
                                .work())
                .hasToString("Command[command=[12]]");
    }

    @Test
    void onlyDeclaredVariablesAreSeenAndTheProcessWinsOverEnvFiles() {
        var sample =
                Sample.in(folder)
                        .spec(
                                "env: [ A, B ]\nenvFiles: [ .env ]\n"
                                        + service(
                                                "run: { command: [ '{{ env \"A\" }}{{ env \"B\" }}{{ envOr \"C\" \"\" }}' ] }"))
                        .file(".env", "export A=file # comment\nB='b c'\nC=c\n")
                        .variable("A", "process");
        assertThat(sample.evaluateProblems(Sample.byDefault()))
                .singleElement()
                .asString()
                .contains("the stack declares no variable C");
        sample.spec(
                "env: [ A, B ]\nenvFiles: [ .env ]\n"
                        + service("run: { command: [ '{{ env \"A\" }}{{ env \"B\" }}' ] }"));
        assertThat(
                        sample.evaluate(Sample.byDefault())
                                .units()
                                .firstEntry()
                                .getValue()
                                .run()
                                .orElseThrow()
                                .work())
                .hasToString("Command[command=[processb c]]");
    }

    @Test
    void overlaysFollowTheChainOfEnvironments() {
        var sample =
                Sample.in(folder)
                        .spec(
                                "environments: { base: { target: local }, dev: { from: base } }\n"
                                        + service(
                                                "run: { command: [ a ], env: { A: 1, B: 1, C: 1 } }, overlays: { base: { run: { env: { B: 2, C: 2 } } }, dev: { run: { env: { C: 3 } } } }"));
        assertThat(
                        sample.evaluate(Sample.choice("dev"))
                                .units()
                                .firstEntry()
                                .getValue()
                                .run()
                                .orElseThrow()
                                .env())
                .hasToString("{A=1, B=2, C=3}");
    }

    @Test
    void aCheckLooksAtEveryEnvironment() {
        var sample =
                Sample.in(folder)
                        .spec(
                                "environments: { dev: { target: local, mode: dev }, other: { target: local, deployOn: { branch: main } } }\n"
                                        + "vars: { unused: '{{ .Nope }}' }\n"
                                        + service(
                                                "dev: { watch: [ x ] }, run: { command: [ a ] }, overlays: { other: { run: { command: [ '{{ .Vars.x }}' ] } } }"));
        assertThat(sample.check(Sample.byDefault()))
                .anyMatch(line -> line.contains(".Nope"))
                .anyMatch(line -> line.contains("<.Vars.x>"))
                .anyMatch(line -> line.contains("MODE_NOT_SAID"))
                .noneMatch(line -> line.contains("NOT_YET"));
    }
}
