package dev.fairlead.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/// Small stacks, and what is said about them when they are loaded: one rule each.
@Covers("DEP-04")
class StackProblemsTest {
    @TempDir Path folder;

    private static Arguments rule(String name, String spec, String... expected) {
        return Arguments.of(name, spec, List.of(expected));
    }

    static final List<Arguments> RULES =
            List.of(
                    rule(
                            "a good one",
                            "services: [ { name: api, deployGroup: internal, run: { command: [ a ] } } ]"),
                    rule(
                            "unknown key",
                            "services:\n- name: api\n  deployGroup: internal\n  dependOn: [ db ]",
                            "services.yaml:8:5 UNKNOWN_KEY unknown key \"dependOn\" in \"api\"; did you mean \"dependsOn\"?"),
                    rule(
                            "unknown key, nothing near",
                            "secrets: { a: { generate: 24, zzz: 1 } }",
                            "services.yaml:5:33 UNKNOWN_KEY unknown key \"zzz\" in a; known here: generate, env, file, optional"),
                    rule(
                            "all problems in one pass",
                            "vars: []\nenv: HOST\norchestration: { parallelism: many, readinessTimeout: 5 }",
                            "services.yaml:5:9 WRONG_TYPE \"vars\" must be a map, not a list",
                            "services.yaml:6:8 WRONG_TYPE \"env\" must be a list, not \"HOST\"; write [ HOST ]",
                            "services.yaml:7:33 WRONG_VALUE \"parallelism\" must be a whole number from 1 to 1000, not \"many\"",
                            "services.yaml:7:57 WRONG_VALUE \"readinessTimeout\" must be a duration such as 90s, 5m or 8h, not \"5\"; write the unit: 5s"),
                    rule(
                            "yes is no truth value",
                            "services: [ { name: api, deployGroup: internal, eager: yes } ]",
                            "services.yaml:5:58 WRONG_VALUE \"eager\" must be true or false, not \"yes\"; write true"),
                    rule(
                            "an enum",
                            "services: [ { name: api, deployGroup: internl } ]",
                            "services.yaml:5:41 WRONG_VALUE \"deployGroup\" must be one of internal, edge, frontend, not \"internl\"; did you mean \"internal\"?"),
                    rule(
                            "a required key",
                            "services: [ { name: api } ]",
                            "services.yaml:5:15 MISSING_KEY \"api\" needs the key \"deployGroup\": one of internal, edge, frontend; for example deployGroup: internal"),
                    rule(
                            "a duplicate key",
                            "vars: { a: 1 }\nvars: { b: 1 }",
                            "services.yaml:6:3 YAML_DUPLICATE_KEY the key \"vars\" stands here a second time; the first is at services.yaml:5:3"),
                    rule(
                            "a template that shapes the stack",
                            "services: [ { name: \"{{ .Env }}\", deployGroup: internal } ]",
                            "services.yaml:5:23 TEMPLATE_NOT_HERE a template is not evaluated in \"name\"; write an RFC 1123 label (lower-case letters, digits and -, at most 63)"),
                    rule(
                            "a template without quotes",
                            "services: [ { name: api, deployGroup: internal, when: {{ .Env }} } ]",
                            "services.yaml:5:58 YAML_SYNTAX a key must be a text, not a map; a value that starts with {{ needs quotes: when: '{{ ne .Env \"production\" }}'"),
                    rule(
                            "an octal-like number",
                            "vars: { mode: 0644 }",
                            "services.yaml:5:17 YAML_AMBIGUOUS 0644 is the decimal number 644; quote it when it is a text, write 0o644 when it is octal"),
                    rule(
                            "two units of one name",
                            "infrastructure: [ { name: a } ]\nservices: [ { name: a, deployGroup: edge } ]",
                            "services.yaml:6:23 DUPLICATE_UNIT a second unit has the name \"a\"; the first is at services.yaml:5:29"),
                    rule(
                            "an unknown component",
                            "components: { hot: {} }\nservices: [ { name: a, deployGroup: edge, use: [ hott ] } ]",
                            "services.yaml:6:52 UNKNOWN_COMPONENT there is no component \"hott\"; did you mean \"hot\"?"),
                    rule(
                            "a component with a key of another kind",
                            "components: { db: { local: { builtin: postgres } } }\nservices: [ { name: a, deployGroup: edge, use: [ db ] } ]",
                            "services.yaml:5:23 UNKNOWN_KEY unknown key \"local\" in \"a\", which uses this component,"),
                    rule(
                            "an overlay for an unknown environment",
                            "environments: { dev: { target: local } }\nservices: [ { name: a, deployGroup: edge, overlays: { deb: {} } } ]",
                            "services.yaml:6:57 UNKNOWN_ENVIRONMENT an overlay for the environment \"deb\", which does not exist; did you mean \"dev\"?"),
                    rule(
                            "from an unknown environment",
                            "environments: { dev: { from: bas, target: local } }",
                            "services.yaml:5:32 UNKNOWN_ENVIRONMENT there is no environment \"bas\"; there are: dev"),
                    rule(
                            "environments in a circle",
                            "environments: { a: { from: b }, b: { from: c }, c: { from: a, target: local } }",
                            "services.yaml:5:62 ENVIRONMENT_CYCLE environments are from each other in a circle: a -> b -> c -> a"),
                    rule(
                            "a secret from nowhere and one from two places",
                            "secrets: { a: { optional: true }, b: { env: B, file: b } }",
                            "services.yaml:5:14 SECRET_SOURCE the secret \"a\" says nowhere to come from; give it one of generate: 24, env: NAME, file: path",
                            "services.yaml:5:50 WRONG_VALUE the secret \"b\" takes one of generate, env, file, and has env and file"),
                    rule(
                            "an unknown dependency",
                            "services: [ { name: api, deployGroup: edge, dependsOn: [ postgre ] } ]\ninfrastructure: [ { name: postgres } ]",
                            "services.yaml:5:60 UNKNOWN_UNIT \"api\" depends on \"postgre\", which is no unit of the stack; did you mean \"postgres\"?"),
                    rule(
                            "a dependency on a later stage",
                            "infrastructure: [ { name: db, dependsOn: [ api ] } ]\nservices: [ { name: api, deployGroup: edge } ]",
                            "services.yaml:5:46 LATER_STAGE \"db\" of the stage stateful depends on \"api\" of the later stage edge"),
                    rule(
                            "a circle of dependencies",
                            "infrastructure:\n- { name: a, dependsOn: [ b ] }\n- { name: b, dependsOn: [ c ] }\n- { name: c, dependsOn: [ a ] }",
                            "services.yaml:8:29 DEPENDENCY_CYCLE units depend on each other in a circle: a -> b -> c -> a"),
                    rule(
                            "stages in another order",
                            "orchestration: { deployOrder: [ internal, stateful ] }",
                            "services.yaml:5:45 STAGE_ORDER \"stateful\" cannot come after \"internal\"; the order is [ stateful, migrations, internal, edge, frontend ]"),
                    rule(
                            "two ways to be ready",
                            "services: [ { name: a, deployGroup: edge, run: { command: [ a ], ready: { tcp: x, log: y } } } ]",
                            "services.yaml:5:85 WRONG_VALUE ready takes one of http, tcp, exec, log, and has tcp and log"),
                    rule(
                            "a glob without a match",
                            "imports: [ stacks/*.yaml ]",
                            "services.yaml:5:14 GLOB_NO_MATCH the glob \"stacks/*.yaml\" names no file; paths are relative to the folder of services.yaml"),
                    rule(
                            "a glob with invalid syntax",
                            "templates: { partials: [ \"p/[a.tpl\" ] }",
                            "services.yaml:5:28 GLOB_SYNTAX the glob \"p/[a.tpl\" is not well formed: \"[\" is not closed"),
                    rule(
                            "a path outside the root",
                            "imports: [ ../other.yaml ]",
                            "services.yaml:5:14 OUTSIDE_ROOT the path \"..\" lies outside the root of the stack; the root is the nearest folder upwards with .git, else the stack's own"),
                    rule(
                            "a missing manifest",
                            "services: [ { name: a, deployGroup: edge, manifests: [ { path: x.yaml } ] } ]",
                            "services.yaml:5:66 FILE_UNREADABLE the file \"x.yaml\" cannot be used: there is no such file"),
                    rule(
                            "a missing env file",
                            "envFiles: [ .env ]",
                            "services.yaml:5:15 FILE_UNREADABLE the file \".env\" cannot be used: there is no such file"),
                    rule("a missing env file that may be missing", "envFiles: [ .env? ]"),
                    rule(
                            "a template that does not parse",
                            "vars:\n  a: \"{{ .Env \"",
                            "services.yaml:6:17 TEMPLATE_SYNTAX unclosed action"),
                    rule(
                            "an unknown function, in a block of text",
                            "vars:\n  a: |\n    first\n    {{ upperr .Env }}",
                            "services.yaml:8:10 TEMPLATE_UNKNOWN_FUNCTION function \"upperr\" not defined; did you mean \"upper\"?"),
                    rule(
                            "an undefined template",
                            "vars: { a: '{{ template \"x\" . }}' }",
                            "services.yaml:5:27 TEMPLATE_MISSING executing \"services.yaml\" at <{{template \"x\" .}}>: template \"x\" not defined"),
                    rule(
                            "migrations with the wrong owner",
                            "infrastructure: [ { name: db } ]\nmigrations: [ { name: m, owner: db, database: { unit: db, name: x } }, { name: n, owner: db, database: { unit: db, name: x } } ]",
                            "services.yaml:6:35 OWNERSHIP \"db\" is not a service of the stack",
                            "services.yaml:6:92 OWNERSHIP \"db\" is not a service of the stack",
                            "services.yaml:6:106 OWNERSHIP the database \"x\" of \"db\" has a second migrations unit; the first is at services.yaml:6:49"),
                    rule(
                            "a profile of another dialect",
                            "templates: { profile: codexctl }",
                            "services.yaml:5:25 NOT_YET the profile \"codexctl\" comes with the other dialects"),
                    rule("an alias", "vars: { a: &x { b: 1 }, c: *x }"),
                    rule(
                            "a merge key",
                            "vars: { a: &x { b: 1 }, c: { <<: *x } }",
                            "services.yaml:5:32 YAML_MERGE_KEY YAML 1.2 has no merge key \"<<\""),
                    rule(
                            "a number that a list holds at the wrong place",
                            "services: [ { name: a, deployGroup: edge, run: { command: [ a, { b: c } ] } }, 7 ]",
                            "services.yaml:5:66 WRONG_TYPE \"command\" must be a text, not a map",
                            "services.yaml:5:82 WRONG_TYPE \"services[1]\" must be a map, not \"7\""),
                    rule(
                            "a number in quotes, and nothing at all",
                            "secrets: { a: { generate: \"24\" } }\nvars:\nimports:",
                            "services.yaml:5:29 WRONG_VALUE \"generate\" must be a whole number from 8 to 1024, not \"24\"; write it without quotes",
                            "services.yaml:6:8 WRONG_TYPE \"vars\" must be a map, not nothing; write {} for an empty one",
                            "services.yaml:7:11 WRONG_TYPE \"imports\" must be a list, not nothing; write [] for an empty one"),
                    rule(
                            "a version that is read as a number",
                            "versions: { python: 3.10, go: \"1.20\", jdk: 25, x: 1.5 }",
                            "services.yaml:5:23 YAML_AMBIGUOUS 3.10 is the number 3.1; quote it when it is a text"),
                    rule(
                            "an unknown image",
                            "images: { api: { type: skip } }\ncomponents: { c: { image: apu } }\nservices: [ { name: a, deployGroup: edge, image: api, overlays: { dev: { image: web } } } ]",
                            "services.yaml:6:29 UNKNOWN_IMAGE there is no image \"apu\"; did you mean \"api\"?",
                            "services.yaml:7:83 UNKNOWN_IMAGE there is no image \"web\""),
                    rule(
                            "an image as its registry knows it",
                            "services: [ { name: a, deployGroup: edge, image: \"ghcr.io/x/nginx:1.25\" } ]",
                            "services.yaml:5:52 UNKNOWN_IMAGE there is no image \"ghcr.io/x/nginx:1.25\"; declare it in `images` (`nginx: { type: external, from: \"ghcr.io/x/nginx:1.25\" }`) and write `image: nginx` here"),
                    rule(
                            "an extension of nothing",
                            "services: [ { name: api, extend: true, deployGroup: edge }, { name: app, deployGroup: edge } ]",
                            "services.yaml:5:23 UNKNOWN_UNIT \"api\" says extend: true, and no other file has a unit of that name; did you mean \"app\"?"),
                    rule(
                            "a manifest's path as a template",
                            "services: [ { name: a, deployGroup: edge, manifests: [ { path: \"{{ .Env }}.yaml\" } ] } ]",
                            "services.yaml:5:66 TEMPLATE_NOT_HERE a template is not evaluated in \"path\"; write a text"),
                    rule(
                            "a path that no file system has",
                            "envFiles: [ \"a\\0b\" ]",
                            "services.yaml:5:15 FILE_UNREADABLE the file \"a\u0000b\" cannot be used: no path can look like that"),
                    rule(
                            "a glob whose range is the wrong way round",
                            "imports: [ \"[z-a].yaml\" ]",
                            "services.yaml:5:14 GLOB_SYNTAX the glob \"[z-a].yaml\" is not well formed: the range z-a ends before it starts"));

    @ParameterizedTest(name = "{0}")
    @FieldSource("RULES")
    void saysWhatIsWrong(String name, String spec, List<String> expected) {
        assertThat(Sample.in(folder).spec(spec).problems()).as(name).isEqualTo(expected);
    }

    @Test
    void anotherDialectIsNamedAsSuch() {
        var sample =
                Sample.in(folder).file("services.yaml", "apiVersion: codex-k8s.dev/v1alpha1\n");
        assertThat(sample.problems())
                .containsExactly(
                        "services.yaml:1:13 NOT_YET the dialect codex-k8s.dev/v1alpha1 is not read yet");
        sample.file("services.yaml", "apiVersion: fairlead.dev/v2\n");
        assertThat(sample.problems())
                .containsExactly(
                        "services.yaml:1:13 WRONG_DIALECT \"fairlead.dev/v2\" is not a known apiVersion; write apiVersion: fairlead.dev/v1alpha1");
    }

    @Test
    void aFileThatIsNotUtf8SaysWhere() throws IOException {
        var sample = Sample.in(folder).spec("vars: {}");
        Files.write(
                folder.resolve("services.yaml"),
                "a: 1\nbé: 1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(sample.problems())
                .containsExactly(
                        "services.yaml:2:2 FILE_UNREADABLE the file \"services.yaml\" is not a UTF-8 text: the byte 0xe9 is none here; save it as UTF-8");
    }

    @Test
    void manyProblemsDoNotTakeLong() {
        var spec = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            spec.append("k").append(i).append(": 1\n");
        }
        assertThat(Sample.in(folder).spec(spec.toString()).problems()).hasSize(50_000);
    }

    @Test
    void aFolderWithoutAStackIsNamed() {
        assertThat(Sample.in(folder).problems())
                .singleElement()
                .asString()
                .startsWith("STACK_NOT_FOUND there is no services.yaml in the folder");
    }

    @Test
    void anAliasBombIsRefused() {
        var spec = new StringBuilder("vars:\n  a0: &a0 [ x, x, x, x, x, x, x, x, x, x ]\n");
        for (int i = 1; i < 10; i++) {
            spec.append("  a%d: &a%d [ %s ]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
        }
        assertThat(Sample.in(folder).spec(spec.toString()).problems())
                .singleElement()
                .asString()
                .contains("YAML_TOO_LARGE the document unfolds to more than 1000000 nodes");
    }

    @Test
    void aLineOfAnEnvFileIsNeverShown() {
        var sample =
                Sample.in(folder).spec("envFiles: [ .env ]").file(".env", "A=1\nsecret value\n");
        assertThat(sample.problems())
                .containsExactly(".env:2:1 WRONG_VALUE a line of an env file must be NAME=value");
    }

    @Test
    @Covers("TPL-04")
    void twoPartialsMayNotDefineOneName() {
        var sample =
                Sample.in(folder)
                        .spec(
                                "templates: { partials: [ \"p/*.tpl\" ] }\nvars: { a: '{{ include \"x\" . }}' }")
                        .file("p/a.tpl", "{{ define \"x\" }}1{{ end }}")
                        .file("p/b.tpl", "{{ define \"x\" }}2{{ end }}");
        assertThat(sample.problems())
                .singleElement()
                .asString()
                .startsWith("p/b.tpl:1:")
                .contains("TEMPLATE_CONFLICT");
    }

    @Test
    @Covers("TPL-04")
    void whatIsWrongWithPartialsAndWithManifestsIsToldInOnePass() {
        var sample =
                Sample.in(folder)
                        .spec(
                                """
                                templates: { partials: [ "p/*.tpl" ] }
                                vars: { a: '{{ include "half" . }}', b: '{{ include "nowhere" . }}' }
                                services:
                                  - { name: s, deployGroup: edge, run: { command: [ x ] }, manifests: [ { path: m.tpl } ] }
                                """)
                        .file("p/a.tpl", "{{ define \"x\" }}1{{ end }}")
                        .file("p/b.tpl", "{{ define \"x\" }}2{{ include \"y\" . }}{{ end }}")
                        .file(
                                "p/c.tpl",
                                "{{ define \"half\" }}{{ if }}{{ end }}{{ end }}\n{{ define \"cut\" ")
                        .file(
                                "m.tpl",
                                "{{ include \"x\" . }}{{ include \"cut\" . }}{{ include \"z\" . }}");
        assertThat(sample.problems())
                .extracting(problem -> problem.replaceFirst("^(\\S+ \\S+) .*", "$1"))
                .containsExactlyInAnyOrder(
                        "p/b.tpl:1:1 TEMPLATE_CONFLICT",
                        "p/b.tpl:1:21 TEMPLATE_MISSING",
                        "p/c.tpl:1:26 TEMPLATE_SYNTAX",
                        "p/c.tpl:2:17 TEMPLATE_SYNTAX",
                        "p/c.tpl:2:17 TEMPLATE_SYNTAX",
                        "services.yaml:6:47 TEMPLATE_MISSING",
                        "m.tpl:1:44 TEMPLATE_MISSING");
    }
}
