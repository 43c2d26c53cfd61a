package dev.fairlead.deploy.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class CrossChecksTest {
    @TempDir private Path folder;
    private ClusterStack stack;

    @BeforeEach
    void open() {
        stack = new ClusterStack(folder);
    }

    private record Fault(String name, String manifest, String problem) {}

    @TestFactory
    @Covers("DEP-04")
    List<DynamicTest> faultsBetweenObjectsAreFound() {
        return List.of(
                        new Fault(
                                "a Service that selects no pod",
                                pods("", "c:1", "")
                                        + "---\n{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {app: apq}}}",
                                "SERVICE_SELECTS_NOTHING Service/s selects app=apq, which no pod of the stack has"),
                        new Fault(
                                "a key that the Secret does not have",
                                pods(
                                                "",
                                                "c:1",
                                                ", env: [ { name: A, valueFrom: { secretKeyRef: { name: s, key: pasword } } } ]")
                                        + "---\n{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {password: x}}",
                                "REFERENCE_MISSING Deployment/app reads the key \"pasword\" of Secret/s, which has none of that name; did you mean \"password\"?"),
                        new Fault(
                                "a probe of a port that is not there",
                                pods(
                                        "",
                                        "c:1",
                                        ", ports: [ { name: http, containerPort: 80 } ], readinessProbe: { httpGet: { port: htp } }"),
                                "PROBE_PORT the readinessProbe of c in Deployment/app asks the port \"htp\", which it does not have; did you mean \"http\"?"),
                        new Fault(
                                "a volume that is not declared",
                                pods(
                                        "volumes: [ { name: data, emptyDir: {} } ],",
                                        "c:1",
                                        ", volumeMounts: [ { name: date, mountPath: /x } ]"),
                                "VOLUME_MISSING c in Deployment/app mounts the volume \"date\", which its pod does not declare; did you mean \"data\"?"),
                        new Fault(
                                "an image without a tag",
                                pods("", "registry.test:5000/c", ""),
                                "IMAGE_UNPINNED the image \"registry.test:5000/c\" of c in Deployment/app has neither a tag nor a digest"),
                        new Fault(
                                "one host served twice",
                                ingress("a") + "---\n" + ingress("b"),
                                "HOST_TAKEN Ingress/a and Ingress/b both serve shop.test/"),
                        new Fault(
                                "an Ingress to a port that is not there",
                                pods("", "c:1", "")
                                        + "---\n{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {app: app}, ports: [{name: http, port: 80}]}}\n---\n"
                                        + leading("s", "{name: htp}"),
                                "INGRESS_LEADS_NOWHERE Ingress/i leads to the port htp of Service/s, which has none of that name or number; did you mean \"http\"?"),
                        new Fault(
                                "an Ingress to a Service of others",
                                leading("gone", "{number: 80}"),
                                "INGRESS_LEADS_NOWHERE Ingress/i leads to Service/gone, which the stack does not have"),
                        new Fault(
                                "a file of a key that is not there",
                                pods(
                                                "volumes: [ { name: v, configMap: { name: m, items: [ { key: confg, path: c } ] } } ],",
                                                "c:1",
                                                "")
                                        + "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {config: x}}",
                                "REFERENCE_MISSING Deployment/app reads the key \"confg\" of ConfigMap/m, which has none of that name; did you mean \"config\"?"),
                        new Fault(
                                "another namespace",
                                "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: other}}",
                                "OBJECT_OUTSIDE ConfigMap/c lies in the namespace other"),
                        new Fault(
                                "an object of the cluster",
                                "{apiVersion: v1, kind: Namespace, metadata: {name: other}}",
                                "OBJECT_OUTSIDE Namespace/other belongs to the whole cluster"),
                        new Fault(
                                "no name",
                                "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: c}}",
                                "OBJECT_INCOMPLETE this ConfigMap has no metadata.name"),
                        new Fault("no map", "[ 1 ]", "OBJECT_INCOMPLETE this document is no map"))
                .stream()
                .map(fault ->
                        DynamicTest.dynamicTest(
                                fault.name(),
                                () -> {
                                    stack.manifest("", fault.manifest());
                                    assertThat(stack.problems())
                                            .singleElement()
                                            .asString()
                                            .contains("app.yaml.tpl:")
                                            .contains(fault.problem());
                                }))
                .toList();
    }

    private static String pods(String spec, String image, String container) {
        return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: app }
        spec:
          template:
            metadata: { labels: { app: app } }
            spec: { %s containers: [ { name: c, image: "%s" %s } ] }
        """
                .formatted(spec, image, container);
    }

    private static String ingress(String name) {
        return "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: "
                + name
                + "}, spec: {rules: [{host: shop.test, http: {paths: [{path: /}]}}]}}\n";
    }

    private static String leading(String service, String port) {
        return "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i}, spec: {rules: [{host: shop.test, http: {paths: [{path: /, backend: {service: {name: %s, port: %s}}}]}}]}}"
                .formatted(service, port);
    }

    /// Which pods a quota with scopes counts, the server decides.
    @Test
    void aQuotaWithScopesIsNotHeldAgainstAllPods() throws IOException {
        var pods = pods("", "c:1", ", resources: { requests: { memory: 2Gi } }");
        var quota =
                "---\n{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {hard: {requests.memory: 1Gi} MORE}}";
        stack.manifest("", pods + quota.replace("MORE", ", scopes: [Terminating]"));
        assertThat(stack.problems()).isEmpty();
        stack.manifest("", pods + quota.replace("MORE", ""));
        assertThat(stack.problems()).singleElement().asString().contains("QUOTA_TOO_SMALL");
    }

    @Test
    void twoUnitsCannotWriteOneObject() throws IOException {
        stack.file("c.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}")
                .spec(
                        """
                        services:
                        - { name: a, deployGroup: edge, manifests: [ { path: c.yaml } ] }
                        - { name: b, deployGroup: edge, manifests: [ { path: c.yaml } ] }
                        """);
        assertThat(stack.problems())
                .containsExactly(
                        "c.yaml:1:1 OBJECT_TWICE ConfigMap/c is written by a and by b; the first is at c.yaml:1:1");
    }

    @Test
    void whatIsRightIsLeftAlone() throws IOException {
        stack.manifest(
                "",
                pods(
                                "volumes: [ { name: data, emptyDir: {} } ],",
                                "registry.test:5000/c@sha256:" + "0".repeat(64),
                                ", ports: [ { name: http, containerPort: 80 } ], readinessProbe: { httpGet: { port: http } },"
                                        + " volumeMounts: [ { name: data, mountPath: /x } ],"
                                        + " env: [ { name: A, valueFrom: { configMapKeyRef: { name: outside, key: k } } } ]")
                        + """
                        ---
                        {apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {app: app}}}
                        ---
                        {apiVersion: v1, kind: Service, metadata: {name: e}, spec: {type: ExternalName, externalName: x.test}}
                        """);
        assertThat(stack.problems()).isEmpty();
    }

    /// However many pods have one of the labels that a Service asks for: all of them, in its own namespace, are what counts.
    @Test
    @Covers("DEP-04")
    void aServiceIsComparedWithThePodsOfItsRarestLabel() {
        var objects = new ArrayList<DesiredObject>();
        for (int i = 0; i < 50; i++) {
            objects.add(pod("a", "pod-" + i, Map.of("shop", "all", "app", "app-" + i)));
        }
        objects.add(pod("b", "pod-x", Map.of("shop", "all", "app", "x")));
        var pods = new Selectable(objects);
        assertThat(pods.has("a", Map.of("shop", "all", "app", "app-49"))).isTrue();
        assertThat(pods.has("a", Map.of("shop", "none", "app", "app-49"))).isFalse();
        assertThat(pods.has("a", Map.of("app", "x"))).as("of another namespace").isFalse();
        assertThat(pods.has("b", Map.of("app", "x", "shop", "all"))).isTrue();
        assertThat(pods.has("b", Map.of("app", "x", "tier", "web"))).isFalse();
    }

    private static DesiredObject pod(String namespace, String name, Map<String, String> labels) {
        return new DesiredObject(
                new ObjectRef("", "Pod", namespace, name),
                new UnitName("app"),
                Map.of("apiVersion", "v1", "kind", "Pod", "metadata", Map.of("labels", labels)),
                "hash",
                new DesiredObject.Origin("app.yaml.tpl", Optional.empty(), List.of()));
    }
}
