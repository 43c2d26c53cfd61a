package dev.fairlead.deploy.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.network.End;
import dev.fairlead.testkit.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two slots of one stack beside each other, with everything else that lives in a cluster: every pair of ends at every port
/// is tried, and exactly the declared flows pass.
class NetworkPoliciesTest {
    private static final String STACK =
            """
            apiVersion: fairlead.dev/v1alpha1
            kind: ServiceStack
            metadata: { name: shop }
            spec:
              environments: { k: { target: kubernetes, mode: prod, registry: registry.test, slots: 2 } }
              images: { app: { type: external, from: "registry.test/app:1" } }
              infrastructure:
                - name: postgres
                  manifests: [ { path: postgres.yaml } ]
                  exports: { url: "postgresql://shop@postgres.{{ .Namespace }}.svc:5432/shop" }
              migrations: [ { name: schema, owner: api, database: { unit: postgres, name: shop } } ]
              services:
                - name: api
                  deployGroup: internal
                  requiresSchema: schema
                  image: app
                  run: { ports: { http: 8080, metrics: 9090 } }
                  allow: [ { from: { namespace: monitoring, pods: { app: prometheus } }, port: 9090 } ]
                - name: worker
                  deployGroup: internal
                  dependsOn: [ api ]
                  image: app
                  run: { ports: { http: 8080 } }
                  allow: [ { to: api.github.com, port: 443 }, { to: 10.9.0.0/16, port: 25 } ]
                - name: robot
                  deployGroup: internal
                  image: app
                  serviceAccount: true
                  run: { env: { A: b } }
                  allow: [ { to: worker, port: 8080 } ]
                - name: web
                  deployGroup: edge
                  dependsOn: [ api ]
                  manifests: [ { path: web.yaml.tpl } ]
              agents:
                - name: coder
                  image: app
                  dependsOn: [ api ]
                  run: { command: [ work ] }
                  allow: [ { to: api.github.com, port: 443 } ]
            """;

    private static final String POSTGRES =
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: { name: postgres }
            spec:
              serviceName: postgres
              selector: { matchLabels: { app: postgres } }
              template:
                metadata: { labels: { app: postgres } }
                spec: { containers: [ { name: postgres, image: "registry.test/postgres:18" } ] }
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: postgres }
            spec: { selector: { app: postgres }, ports: [ { port: 5432 } ] }
            """;

    private static final String WEB =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec:
              selector: { matchLabels: { app: web } }
              template:
                metadata: { labels: { app: web } }
                spec: { containers: [ { name: web, image: "registry.test/web:1", ports: [ { name: http, containerPort: 80 }, { name: admin, containerPort: 81 } ] } ] }
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: web }
            spec: { selector: { app: web }, ports: [ { name: http, port: 8000, targetPort: http }, { name: admin, port: 81, targetPort: admin } ] }
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: { name: web }
            spec: { rules: [ { host: "{{ .Domain }}", http: { paths: [ { path: /, pathType: Prefix, backend: { service: { name: web, port: { name: http } } } } ] } } ] }
            """;

    private static final List<String> PORTS =
            List.of(
                    "UDP/53",
                    "TCP/53",
                    "TCP/25",
                    "TCP/80",
                    "TCP/81",
                    "TCP/443",
                    "TCP/5432",
                    "TCP/6443",
                    "TCP/8000",
                    "TCP/8080",
                    "TCP/9090");

    @TempDir private Path folder;
    private ClusterStack stack;
    private final Map<String, End> ends = new HashMap<>();
    private final Map<String, Map<String, String>> namespaces = new HashMap<>();
    private final List<Map<String, ?>> policies = new ArrayList<>();

    @BeforeEach
    void stand() throws IOException {
        stack =
                new ClusterStack(folder)
                        .file("services.yaml", STACK)
                        .file("postgres.yaml", POSTGRES)
                        .file("web.yaml.tpl", WEB)
                        .file("services/internal/api/cmd/cli/migrations/1.sql", "");
        for (int slot = 1; slot <= 2; slot++) {
            namespaces.put("shop-k-" + slot, Map.of("fairlead.dev/stack", "shop"));
            var problems = new Problems();
            for (var object : stack.objects(slot, problems)) {
                add(object);
            }
            assertThat(problems.list()).extracting(Problem::toString).isEmpty();
        }
        var outside = Map.of("dns", "kube-system", "proxy", "kube-system", "nginx", "ingress");
        outside.forEach(this::stranger);
        stranger("prometheus", "monitoring");
        stranger("grafana", "monitoring");
        ends.put("github", new End.Outside("140.82.112.3"));
        ends.put("mail", new End.Outside("10.9.3.4"));
        ends.put("private", new End.Outside("10.8.0.1"));
    }

    private void add(DesiredObject object) {
        if (object.ref().kind().equals("NetworkPolicy")) {
            policies.add(object.tree());
        }
        PodTemplates.of(object.tree())
                .ifPresent(template -> {
                    var labels = new HashMap<String, String>();
                    if (template.get("metadata") instanceof Map<?, ?> metadata
                            && metadata.get("labels") instanceof Map<?, ?> said) {
                        said.forEach((key, value) -> labels.put(key.toString(), value.toString()));
                    }
                    var space = object.ref().namespace();
                    var name = object.unit() + space.substring(space.length() - 1);
                    ends.put(name, new End.Pod(name, space, labels, Map.of(), address()));
                });
    }

    private void stranger(String name, String namespace) {
        namespaces.put(namespace, Map.of("kubernetes.io/metadata.name", namespace));
        var labels = name.equals("dns") ? Map.of("k8s-app", "kube-dns") : Map.of("app", name);
        ends.put(name, new End.Pod(name, namespace, labels, Map.of(), address()));
    }

    private String address() {
        return "10.0.0." + (ends.size() + 1);
    }

    /// What passes, of everything that could.
    private List<String> passing() {
        var network = new Network(namespaces, List.copyOf(policies));
        var passing = new TreeSet<String>();
        ends.forEach((from, one) ->
                ends.forEach((to, other) -> {
                    boolean ours = isOurs(one) || isOurs(other);
                    for (var port : PORTS) {
                        var protocol = port.substring(0, 3);
                        int number = Integer.parseInt(port.substring(4));
                        if (ours
                                && !from.equals(to)
                                && network.allows(one, other, protocol, number)) {
                            passing.add(from + " > " + to + " " + port);
                        }
                    }
                }));
        return List.copyOf(passing);
    }

    private static boolean isOurs(End end) {
        return end instanceof End.Pod pod && pod.namespace().startsWith("shop-");
    }

    @Test
    @Covers("CP-04")
    void exactlyTheDeclaredFlowsPassAndEveryOtherIsDenied() {
        var declared = new TreeSet<String>();
        for (var slot : List.of("1", "2")) {
            for (var unit : List.of("postgres", "api", "worker", "robot", "web", "coder")) {
                declared.add(unit + slot + " > dns UDP/53");
                declared.add(unit + slot + " > dns TCP/53");
            }
            declared.add("api" + slot + " > postgres" + slot + " TCP/5432"); // its schema
            declared.add("worker" + slot + " > api" + slot + " TCP/8080");
            declared.add("worker" + slot + " > api" + slot + " TCP/9090");
            declared.add("web" + slot + " > api" + slot + " TCP/8080");
            declared.add("web" + slot + " > api" + slot + " TCP/9090");
            declared.add("coder" + slot + " > api" + slot + " TCP/8080");
            declared.add("coder" + slot + " > api" + slot + " TCP/9090");
            declared.add("coder" + slot + " > github TCP/443"); // allow of an agent
            declared.add("robot" + slot + " > worker" + slot + " TCP/8080"); // allow: to a unit
            declared.add("worker" + slot + " > github TCP/443"); // allow: to a name
            declared.add("worker" + slot + " > mail TCP/25"); // allow: to a block
            declared.add("prometheus > api" + slot + " TCP/9090"); // allow: from a namespace
            for (var visitor : List.of("nginx", "dns", "proxy", "prometheus", "grafana")) {
                declared.add(visitor + " > web" + slot + " TCP/80"); // its Ingress, from outside
            }
            // Whoever has an account of the API server reaches it, wherever that is.
            for (var at : ends.keySet()) {
                boolean open = !at.endsWith("1") && !at.endsWith("2");
                if (open) {
                    declared.add("robot" + slot + " > " + at + " TCP/443");
                    declared.add("robot" + slot + " > " + at + " TCP/6443");
                }
            }
        }
        assertThat(passing()).containsExactlyElementsOf(declared);
    }

    @Test
    void withoutThePoliciesTheProofFails() {
        policies.clear();
        assertThat(passing()).contains("web1 > postgres2 TCP/5432", "github > api1 TCP/8080");
    }

    @Test
    void podsWithoutLabelsAreWarnedOf() throws IOException {
        stack.file(
                "services.yaml",
                STACK.replace(
                        "      manifests: [ { path: web.yaml.tpl } ]",
                        "      manifests: [ { path: web.yaml.tpl } ]\n      inject: false"));
        var problems = new Problems();
        var _ = stack.objects(1, problems);
        assertThat(problems.list())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .contains("POLICY_UNREACHED the pods of Deployment/web have no label");
    }

    @Test
    void anEnvironmentWithoutSlotsHasNoPolicies() throws IOException {
        stack.file("services.yaml", STACK.replace(", slots: 2", ""));
        assertThat(stack.objects()).noneMatch(one -> one.ref().kind().equals("NetworkPolicy"));
    }
}
