package dev.fairlead.tests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Sandbox;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Pods that say their secret in every way they have: in their output, in the answer of a probe, in a Job's template. None
/// of it is in what a command shows or keeps.
@WithCluster(pods = true)
class SecretsOnClusterIT {
    private static final String GIVEN = "s3cret/val+ue of \"the outside";

    private static final String STACK =
            """
            environments: { k: { target: kubernetes, mode: prod, namespaceTemplate: NAMESPACE } }
            secrets: { token: { env: TRIAL_TOKEN } }
            services:
              - { name: babbler, deployGroup: internal, podSecurity: baseline, manifests: [ { path: babbler.yaml.tpl } ] }
            orchestration: { readinessTimeout: 40s }
            """;

    private static final String BABBLER =
            """
            apiVersion: v1
            kind: Secret
            metadata: { name: babbler }
            stringData: { token: {{ .Secrets.token | toJson }} }
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: babbler }
            data: { url: {{ printf "http://u:%s@x" .Secrets.token | toJson }} }
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: babbler }
            spec:
              progressDeadlineSeconds: 8
              selector: { matchLabels: { app: babbler } }
              template:
                metadata: { labels: { app: babbler } }
                spec:
                  terminationGracePeriodSeconds: 0
                  securityContext: { runAsUser: 1000 }
                  containers:
                    - name: c
                      image: localhost/busybox:1
                      env: [ { name: TOKEN, value: {{ .Secrets.token | toJson }} } ]
                      command: [ sh, -c, 'echo "it is $TOKEN"; printf "user:%s:more" "$TOKEN" | base64; echo "$TOKEN" | base64; sleep 1000' ]
                      readinessProbe: { exec: { command: [ sh, -c, 'echo "refused with $TOKEN"; printf "u:%s" "$TOKEN" | base64; exit 1' ] }, periodSeconds: 1 }
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: { name: babbler }
            spec:
              suspend: true
              template: { spec: { restartPolicy: Never, containers: [ { name: c, image: "localhost/busybox:1", env: [ { name: TOKEN, value: {{ .Secrets.token | toJson }} } ] } ] } }
            """;

    private static final List<List<String>> COMMANDS =
            List.of(
                    List.of("validate"),
                    List.of("render"),
                    List.of("render", "-o", "json"),
                    List.of("plan"),
                    List.of("plan", "-o", "json"),
                    List.of("diff"),
                    List.of("diff", "-o", "json"),
                    List.of("drift"),
                    List.of("drift", "-o", "json"),
                    List.of("status"),
                    List.of("status", "-o", "json"),
                    List.of("explain"),
                    List.of("explain", "-o", "json"),
                    List.of("events"),
                    List.of("events", "-o", "json"),
                    List.of("history", "-o", "json"),
                    List.of("show", "1"),
                    List.of("logs", "babbler"));

    private static Sandbox sandbox;
    private static Fairlead fairlead;
    private static TestCluster cluster;
    private static Fairlead.Result up;

    @BeforeAll
    static void up(TestCluster given) {
        cluster = given;
        sandbox = Sandbox.of("");
        sandbox.write(
                "services.yaml", Sandbox.stack(STACK.replace("NAMESPACE", given.namespace())));
        sandbox.write("babbler.yaml.tpl", BABBLER);
        fairlead =
                sandbox.fairlead()
                        .with("KUBECONFIG", given.kubeconfig().toString())
                        .with("TRIAL_TOKEN", GIVEN);
        up = fairlead.run("-v", "up", "--detach");
    }

    @AfterAll
    static void down() {
        if (sandbox != null) {
            fairlead.run("down", "--yes");
            sandbox.close();
        }
    }

    private static List<String> forms() {
        var forms = new ArrayList<>(List.of(GIVEN, URLEncoder.encode(GIVEN, UTF_8)));
        forms.add(GIVEN.replace("\"", "\\\""));
        for (var before : List.of("", "u", "us")) {
            var coded = Base64.getEncoder().encodeToString((before + GIVEN).getBytes(UTF_8));
            // What of it does not depend on what stands around it.
            forms.add(coded.substring(4, coded.length() - 4));
        }
        return forms;
    }

    @Test
    @Covers({"DEP-04", "DEP-05"})
    void nothingThatIsShownOrKeptHasTheSecret() throws Exception {
        assertThat(up.expect(4).all())
                .contains("refused with ${secret:", "progressDeadlineSeconds");
        assertHasNone("up", up.all());
        for (var command : COMMANDS) {
            assertHasNone(
                    String.join(" ", command), fairlead.run(command.toArray(String[]::new)).all());
        }
        assertThat(fairlead.run("logs", "babbler").all()).contains("it is ${secret:");
        assertThat(fairlead.run("explain").all()).contains("refused with ${secret:");
        for (var file : sandbox.files().keySet()) {
            assertHasNone(file.toString(), sandbox.read(file.toString()));
        }
        assertHasNone(
                "what is kept",
                cluster.kubectl("get", "configmap", "-l", "fairlead.dev/environment", "-o", "yaml")
                        + cluster.kubectl(
                                "get", "configmap", "-l", "fairlead.dev/keeps", "-o", "yaml"));

        // What cannot be changed is made anew: the plan shows both sides of it.
        sandbox.write("babbler.yaml.tpl", BABBLER.replace("Never", "OnFailure"));
        cluster.kubectl("patch", "secret", "babbler", "-p", "{\"immutable\":true}");
        var changed = fairlead.with("TRIAL_TOKEN", GIVEN + "-changed");
        for (var command :
                List.of(List.of("plan"), List.of("plan", "-o", "json"), List.of("diff"))) {
            var shown = changed.run(command.toArray(String[]::new)).all();
            assertThat(shown).contains("spec.template", "(hidden)").doesNotContain("hashes");
            assertHasNone(String.join(" ", command), shown);
        }
    }

    private static void assertHasNone(String where, String text) {
        assertThat(forms()).as(where).allSatisfy(form -> assertThat(text).doesNotContain(form));
    }
}
