package dev.fairlead.deploy.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.object.DesiredObject.Injected;
import dev.fairlead.deploy.object.Leaves;
import dev.fairlead.document.Digest;
import dev.fairlead.document.Json;
import dev.fairlead.document.kubernetes.KubernetesYaml;
import dev.fairlead.inventory.environment.Resolution.DigestKey;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ObjectsTest {
    private static final String IMAGE =
            """
            secrets: { token: { generate: 12 } }
            images: { app: { type: external, from: "registry.test/app:1" } }
            """;

    @TempDir private Path folder;
    private ClusterStack stack;

    @BeforeEach
    void open() {
        stack = new ClusterStack(folder);
    }

    @Test
    @Covers("DEP-05")
    void aUnitWithAnImageAndNoManifestsBecomesADeploymentAndItsService() throws IOException {
        stack.spec(
                IMAGE
                        + """
                        services:
                          - name: app
                            deployGroup: edge
                            image: app
                            replicas: 2
                            serviceAccount: true
                            run:
                              command: [ serve, "--port={{ .Ports.http }}", "yes" ]
                              env: { LOG: debug, PORT: "{{ .Ports.http }}", TOKEN: "{{ .Secrets.token }}" }
                              ports: { http: 8080 }
                              ready: { http: { path: /readyz } }
                              stop: { grace: 20s }
                        """);
        assertThat(stack.problems()).isEmpty();
        assertThat(stack.objects())
                .extracting(object -> object.ref().in("shop-k"))
                .containsExactly(
                        "Secret/app-env", "ServiceAccount/app", "Service/app", "Deployment/app");
        assertThat(KubernetesYaml.write(stack.masked("Deployment/app")).toString())
                .isEqualTo(
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata:
                          labels:
                            app.kubernetes.io/name: app
                            app.kubernetes.io/part-of: shop
                            fairlead.dev/env: k
                            fairlead.dev/slot: "0"
                            fairlead.dev/stack: shop
                            fairlead.dev/unit: app
                          name: app
                          namespace: shop-k
                        spec:
                          replicas: 2
                          selector:
                            matchLabels:
                              app.kubernetes.io/name: app
                          template:
                            metadata:
                              annotations:
                                fairlead.dev/secret-env: ${secret:token}
                              labels:
                                app.kubernetes.io/name: app
                                app.kubernetes.io/part-of: shop
                                fairlead.dev/env: k
                                fairlead.dev/slot: "0"
                                fairlead.dev/stack: shop
                                fairlead.dev/unit: app
                            spec:
                              automountServiceAccountToken: true
                              containers:
                              - command:
                                - serve
                                - --port=8080
                                - "yes"
                                env:
                                - name: LOG
                                  value: debug
                                - name: PORT
                                  value: "8080"
                                - name: TOKEN
                                  valueFrom:
                                    secretKeyRef:
                                      key: TOKEN
                                      name: app-env
                                image: registry.test/app:1
                                name: app
                                ports:
                                - containerPort: 8080
                                  name: http
                                readinessProbe:
                                  httpGet:
                                    path: /readyz
                                    port: http
                                  periodSeconds: 2
                                securityContext:
                                  allowPrivilegeEscalation: false
                                  capabilities:
                                    drop:
                                    - ALL
                              securityContext:
                                runAsNonRoot: true
                                seccompProfile:
                                  type: RuntimeDefault
                              serviceAccountName: app
                              terminationGracePeriodSeconds: 20\
                        """);
        assertThat(Json.compact(stack.masked("Secret/app-env").get("data")))
                .isEqualTo("{\"TOKEN\":\"${secret:token}\"}");
    }

    /// People may copy the partial: what it reads is there for every manifest.
    @Test
    void aManifestMayIncludeTheSamePartial() throws IOException {
        stack.file(
                        "own.yaml.tpl",
                        """
                        {{ include "fairlead.workload" . }}
                        ---
                        {apiVersion: v1, kind: ConfigMap, metadata: {name: more}}
                        """)
                .spec(
                        IMAGE
                                + "services: [ { name: app, deployGroup: edge, image: app, manifests: [ { path: own.yaml.tpl } ] } ]");
        assertThat(stack.objects())
                .extracting(object -> object.ref().toString())
                .containsExactly("Deployment/app", "ConfigMap/more");
    }

    @Test
    void whatIsAddedIsTheListAndEachHasItsOrigin() throws IOException {
        stack.manifest(
                "",
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: app, labels: { mine: "1" } }
                spec:
                  template:
                    metadata: { labels: { mine: "1" } }
                    spec:
                      securityContext: { runAsNonRoot: false }
                      containers:
                        - { name: app, image: "app:1", securityContext: { capabilities: { add: [ NET_ADMIN ] } } }
                        - { name: side, image: "side:1" }
                """);
        var app = stack.object("Deployment/app");
        assertThat(app.origin().injected())
                .containsExactly(
                        new Injected("metadata.namespace", "the environment's namespace"),
                        new Injected(
                                "metadata.labels", "labels fairlead.dev/stack, env, slot, unit"),
                        new Injected(
                                "spec.template.metadata.labels",
                                "labels fairlead.dev/stack, env, slot, unit"),
                        new Injected(
                                "spec.template.spec.automountServiceAccountToken",
                                "no token unless serviceAccount asks for one"),
                        new Injected(
                                "spec.template.spec.securityContext", "podSecurity restricted"),
                        new Injected(
                                "spec.template.spec.containers[app].securityContext",
                                "podSecurity restricted"),
                        new Injected(
                                "spec.template.spec.containers[side].securityContext",
                                "podSecurity restricted"));
        assertThat(KubernetesYaml.write(app.tree()).toString())
                .contains("runAsNonRoot: false", "- NET_ADMIN", "mine: \"1\"")
                .doesNotContain("runAsNonRoot: true");
        assertThat(app.origin().place()).hasToString("Optional[app.yaml.tpl:1:1]");
    }

    @Test
    void injectFalseAddsNothingToThePodsAndDropKindsLeavesOut() throws IOException {
        var job =
                """
                {apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {template: {spec: {containers: [{name: c, image: "c:1"}]}}}}
                ---
                {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i}}
                """;
        stack.manifest(", inject: false, overlays: { k: { dropKinds: [ Ingress ] } }", job);
        assertThat(stack.objects())
                .singleElement()
                .satisfies(object ->
                        assertThat(Json.compact(object.tree().get("spec")))
                                .isEqualTo(
                                        "{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"c:1\"}]}}}"));
        stack.manifest(", podSecurity: baseline", job);
        assertThat(Json.compact(stack.object("Job/j").tree().get("spec")))
                .contains("automountServiceAccountToken")
                .doesNotContain("securityContext");
    }

    @Test
    void aNamespaceIsAddedWhereAKindHasOne() throws IOException {
        stack.manifest(
                ", scope: infrastructure-singleton",
                """
                apiVersion: v1
                kind: List
                items:
                  - { apiVersion: v1, kind: ConfigMap, metadata: { name: here } }
                  - { apiVersion: v1, kind: ConfigMap, metadata: { name: there, namespace: other } }
                  - { apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: { name: all } }
                  - { apiVersion: w.test/v1, kind: Wide, metadata: { name: wide } }
                  - apiVersion: apiextensions.k8s.io/v1
                    kind: CustomResourceDefinition
                    metadata: { name: wides.w.test }
                    spec: { group: w.test, scope: Cluster, names: { kind: Wide, plural: wides } }
                """);
        assertThat(stack.objects())
                .extracting(object -> object.ref().namespace() + ":" + object.ref())
                .containsExactly(
                        "shop-k:ConfigMap/here",
                        "other:ConfigMap/there",
                        ":ClusterRole/all",
                        ":Wide.w.test/wide",
                        ":CustomResourceDefinition/wides.w.test");
    }

    @Test
    void secretsStayMarkedAndTheirFingerprintIsInTheHash() throws IOException {
        stack.manifest(
                "",
                """
                apiVersion: v1
                kind: Secret
                metadata: { name: app }
                stringData:
                  url: "postgresql://app:{{ .Secrets.token }}@db/app"
                  plain: open
                data: { raw: {{ .Secrets.token | b64enc }} }
                """);
        var app = stack.object("Secret/app");
        assertThat(Json.compact(Leaves.masked(app.tree()).get("data")))
                .isEqualTo(
                        "{\"raw\":\"${secret:token}\",\"url\":\"${secret:token}\",\"plain\":\"b3Blbg==\"}");
        assertThat(Json.compact(Leaves.revealed(app.tree()).get("data")))
                .isEqualTo(
                        "{\"raw\":\"eHh4eHh4eHh4eHh4\",\"url\":\"cG9zdGdyZXNxbDovL2FwcDp4eHh4eHh4eHh4eHhAZGIvYXBw\",\"plain\":\"b3Blbg==\"}");
        assertThat(Leaves.hidden(app.tree())).containsExactly("data.raw", "data.url");
        var one = Objects.keyed(List.of(app), key("one")).getFirst().hash();
        assertThat(Objects.keyed(List.of(app), key("one")).getFirst().hash()).isEqualTo(one);
        assertThat(Objects.keyed(List.of(app), key("two")).getFirst().hash()).isNotEqualTo(one);
        assertThat(one).isNotEqualTo(Digest.ofTree(Map.of("object", Leaves.masked(app.tree()))));
    }

    private static DigestKey key(String text) {
        return new DigestKey(text.getBytes(StandardCharsets.UTF_8));
    }

    /// What kubectl takes plain scalars for (sigs.k8s.io/yaml): YAML 1.1.
    @TestFactory
    @Covers("DEP-05")
    List<DynamicTest> plainScalarsMeanWhatKubectlTakesThemFor() {
        return Map.ofEntries(
                        Map.entry("0644", "420"),
                        Map.entry("0o644", "420"),
                        Map.entry("\"0644\"", "\"0644\""),
                        Map.entry("yes", "true"),
                        Map.entry("no", "false"),
                        Map.entry("on", "true"),
                        Map.entry("y", "true"),
                        Map.entry("'yes'", "\"yes\""),
                        Map.entry("1_000", "1000"),
                        Map.entry("0x1F", "31"),
                        Map.entry("1e3", "1000.0"),
                        Map.entry("12:30:45", "\"12:30:45\""),
                        Map.entry("~", "null"),
                        Map.entry("1.10", "1.1"),
                        Map.entry("2026-11-30", "\"2026-11-30\""))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(row ->
                        DynamicTest.dynamicTest(
                                row.getKey(),
                                () -> {
                                    stack.manifest(
                                            "",
                                            """
                                            apiVersion: v1
                                            kind: ConfigMap
                                            metadata: { name: c }
                                            data: { it: %s }
                                            """
                                                    .formatted(row.getKey()));
                                    assertThat(
                                                    Json.compact(
                                                            stack.object("ConfigMap/c")
                                                                    .tree()
                                                                    .get("data")))
                                            .isEqualTo("{\"it\":" + row.getValue() + "}");
                                }))
                .toList();
    }
}
