package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the API server lets the services and agents of a slot do, asked with the token of each: nothing but what the stack declares, in
/// their own slot and in others.
@WithCluster
class AccountRightsIT {
    /// `verb resource` of what would break out of a unit or of a slot.
    private static final List<String> DANGEROUS =
            List.of(
                    "create pods",
                    "create pods/exec",
                    "get pods/exec",
                    "create jobs",
                    "patch deployments",
                    "get persistentvolumeclaims",
                    "create persistentvolumeclaims",
                    "get secrets",
                    "list secrets",
                    "create serviceaccounts/token",
                    "create rolebindings");

    private static final String DEPLOYMENT =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: "{{ .Unit.name }}" }
            spec:
              replicas: 0
              selector: { matchLabels: { app: "{{ .Unit.name }}" } }
              template:
                metadata: { labels: { app: "{{ .Unit.name }}" } }
                spec:
                  {{- with .Unit.serviceAccount }}
                  serviceAccountName: {{ . }}
                  {{- end }}
                  containers: [ { name: c, image: "registry.test/c:1" } ]
            """;

    private static final String ROLE =
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: { name: robot }
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: { name: robot }
            rules: [ { apiGroups: [""], resources: [secrets], verbs: [get] } ]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: { name: robot }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: robot }
            subjects: [ { kind: ServiceAccount, name: robot } ]
            """;

    @TempDir Path folder;
    private TestCluster cluster;
    private Workbench bench;
    private String prefix;

    @BeforeEach
    void stand(TestCluster given) throws IOException {
        cluster = given;
        prefix = given.namespace() + "-rights";
        bench = new Workbench(folder, Map.of("KUBECONFIG", given.kubeconfig().toString()));
        bench.file("deployment.yaml.tpl", DEPLOYMENT)
                .file("role.yaml", ROLE)
                .stack(
                        """
                        apiVersion: fairlead.dev/v1alpha1
                        kind: ServiceStack
                        metadata: { name: shop }
                        spec:
                          environments: { ai: { target: kubernetes, mode: prod, slots: 2, namespaceTemplate: "%s-{{ .Slot }}" } }
                          images: { tool: { type: external, from: "registry.test/c@sha256:%s" } }
                          agents:
                            - { name: coder, image: tool, run: { command: [ work ] } }
                            - { name: known, image: tool, serviceAccount: true, run: { command: [ work ] } }
                          services:
                            - { name: plain, deployGroup: internal, manifests: [ { path: deployment.yaml.tpl } ] }
                            - { name: own, deployGroup: internal, serviceAccount: true, manifests: [ { path: deployment.yaml.tpl }, { path: account.yaml } ] }
                            - { name: declared, deployGroup: internal, serviceAccount: robot, manifests: [ { path: deployment.yaml.tpl }, { path: role.yaml } ] }
                        """
                                .formatted(prefix, "0".repeat(64)))
                .file(
                        "account.yaml",
                        "{apiVersion: v1, kind: ServiceAccount, metadata: {name: own}}");
    }

    @AfterEach
    void fall() throws Exception {
        bench.engine.close();
        for (int slot = 0; slot <= 2; slot++) {
            cluster.kubectl(
                    "delete",
                    "namespace",
                    prefix + "-" + slot,
                    "--wait=false",
                    "--ignore-not-found");
        }
    }

    private String namespace(int slot) {
        return prefix + "-" + slot;
    }

    @Test
    @Covers("WS-02")
    void whatNobodyDeclaredNoServiceAndNoAgentMayDoHereOrInAnotherSlot() throws Exception {
        for (int slot = 1; slot <= 2; slot++) {
            var outcome =
                    bench.engine.apply(
                            bench.engine.plan(bench.slot(slot)),
                            new ApplyOptions("up", Turn.AT_ONCE, false),
                            bench.events::add);
            assertThat(outcome).isInstanceOf(Outcome.Ready.class);
        }
        for (var service : List.of("plain", "own", "declared")) {
            var account = account("deployment", "spec", service);
            assertThat(allowed(account, namespace(1)))
                    .as("%s in its own slot", service)
                    .containsExactlyElementsOf(
                            service.equals("declared") ? List.of("get secrets") : List.of());
            assertThat(allowed(account, namespace(2))).as("%s elsewhere", service).isEmpty();
        }
        for (var agent : List.of("coder", "known")) {
            var account = account("cronjob", "spec.jobTemplate.spec", agent);
            assertThat(allowed(account, namespace(1))).as("%s in its own slot", agent).isEmpty();
            assertThat(allowed(account, namespace(2))).as("%s elsewhere", agent).isEmpty();
        }
    }

    /// The user and the groups that the API server takes the token of a unit's pods for.
    private String account(String kind, String at, String service) throws Exception {
        var spec = "jsonpath={." + at + ".template.spec.serviceAccountName}";
        var said = cluster.kubectl("-n", namespace(1), "get", kind, service, "-o", spec).strip();
        var name = said.isEmpty() ? "default" : said;
        var token = cluster.kubectl("-n", namespace(1), "create", "token", name).strip();
        var review =
                reviewed(
                        "{apiVersion: authentication.k8s.io/v1, kind: TokenReview, spec: {token: \"%s\"}}"
                                .formatted(token),
                        "user: {.status.user.username}, groups: {.status.user.groups}");
        assertThat(review).contains("system:serviceaccount:" + namespace(1) + ":" + name);
        return review;
    }

    private SortedSet<String> allowed(String account, String in) throws Exception {
        var all = new StringBuilder();
        for (var right : DANGEROUS) {
            var words = right.split("[ /]", -1);
            all.append(
                    """
                    ---
                    apiVersion: authorization.k8s.io/v1
                    kind: SubjectAccessReview
                    spec: { %s, resourceAttributes: { namespace: %s, verb: %s, group: "%s", resource: %s, subresource: "%s" } }
                    """
                            .formatted(
                                    account,
                                    in,
                                    words[0],
                                    group(words[1]),
                                    words[1],
                                    words.length > 2 ? words[2] : ""));
        }
        var answers = reviewed(all.toString(), "{.status.allowed};").split(";", 0);
        assertThat(answers).hasSameSizeAs(DANGEROUS);
        var allowed = new TreeSet<String>();
        for (int i = 0; i < answers.length; i++) {
            if (answers[i].equals("true")) {
                allowed.add(DANGEROUS.get(i));
            }
        }
        return allowed;
    }

    private static String group(String resource) {
        return switch (resource) {
            case "jobs" -> "batch";
            case "deployments" -> "apps";
            case "rolebindings" -> "rbac.authorization.k8s.io";
            default -> "";
        };
    }

    private String reviewed(String yaml, String path) throws Exception {
        var file = Files.writeString(folder.resolve("review.yaml"), yaml);
        return cluster.kubectl("create", "-f", file.toString(), "-o", "jsonpath=" + path);
    }
}
