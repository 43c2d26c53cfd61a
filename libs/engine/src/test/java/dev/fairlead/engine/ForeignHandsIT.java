package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.object.ObjectCode;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.Wishes;
import dev.fairlead.deploy.target.Drift;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What others do to the objects of an environment, by the tools that they have for it; nothing here runs a pod.
@WithCluster
class ForeignHandsIT {
    private static final String MANIFEST =
            """
            apiVersion: v1
            kind: Secret
            metadata: { name: app }
            stringData: { token: "{{ .Secrets.token }}" }
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: app, labels: { tier: one } }
            data: { level: info, mode: fast }
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: gone }
            data: { a: b }
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: app }
            spec: { selector: { app: app }, ports: [ { name: http, port: 80 } ] }
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: app }
            spec:
              replicas: 0
              selector: { matchLabels: { app: app } }
              template:
                metadata: { labels: { app: app } }
                spec:
                  containers:
                    - { name: app, image: "registry.test/app:1", env: [ { name: LEVEL, value: info }, { name: TOKEN, value: "{{ .Secrets.token }}" } ] }
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: { name: app }
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: { name: app }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
            subjects: [ { kind: ServiceAccount, name: app } ]
            """;

    /// What never becomes ready here.
    private static final String MORE =
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: { name: data }
            spec: { storageClassName: none, accessModes: [ReadWriteOnce], resources: { requests: { storage: 2Mi } } }
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: { name: app }
            spec:
              suspend: true
              template: { spec: { restartPolicy: Never, containers: [ { name: c, image: "registry.test/app:1", env: [ { name: TOKEN, value: "{{ .Secrets.token }}" } ] } ] } }
            """;

    @TempDir Path folder;
    private Workbench bench;
    private TestCluster cluster;
    private String namespace;

    @BeforeEach
    void deploy(TestCluster given) throws IOException {
        cluster = given;
        namespace = given.namespace() + "-" + Long.toString(System.nanoTime(), 36);
        bench = new Workbench(folder, Map.of("KUBECONFIG", given.kubeconfig().toString()));
        bench.file("app.yaml.tpl", MANIFEST)
                .stack(
                        """
                        apiVersion: fairlead.dev/v1alpha1
                        kind: ServiceStack
                        metadata: { name: shop }
                        spec:
                          secrets: { token: { generate: 24 } }
                          environments: { k: { target: kubernetes, mode: prod, namespaceTemplate: %s } }
                          orchestration: { readinessTimeout: 8s }
                          services:
                            - { name: app, deployGroup: internal, manifests: [ { path: app.yaml.tpl } ] }
                        """
                                .formatted(namespace));
        assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        bench.close();
        cluster.kubectl("delete", "namespace", namespace, "--wait=false", "--ignore-not-found");
    }

    private String kubectl(String... arguments) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("--namespace", namespace));
        all.addAll(List.of(arguments));
        return cluster.kubectl(all.toArray(String[]::new));
    }

    private Plan plan() {
        return bench.engine.plan(bench.request()).plan();
    }

    private String token() throws Exception {
        var coded = kubectl("get", "secret", "app", "-o", "jsonpath={.data.token}");
        return new String(Base64.getDecoder().decode(coded), UTF_8);
    }

    private Outcome apply(Plan plan) {
        var wishes = new TreeSet<String>();
        plan.objects()
                .refusals()
                .forEach(refusal -> {
                    var hint = refusal.hint().orElse("");
                    var from = hint.indexOf("--take-over \"");
                    assertThat(from).as(hint).isNotNegative();
                    wishes.add(hint.substring(from + 13, hint.indexOf('"', from + 13)));
                });
        var planned =
                bench.engine.plan(bench.request().wishing(new Wishes(wishes, new TreeSet<>())));
        return bench.engine.apply(
                planned, new ApplyOptions("up", Turn.AT_ONCE, false), bench.events::add);
    }

    private static List<String> lines(Plan plan) {
        return plan.changes().stream()
                .filter(change -> change.action() != Action.KEEP)
                .map(change ->
                        change.action()
                                + " "
                                + change.object()
                                + change.fields().stream().map(Plan.Field::path).sorted().toList())
                .toList();
    }

    private void showsNoSecret(Object shown) throws Exception {
        var token = token();
        assertThat(shown.toString())
                .doesNotContain(token)
                .doesNotContain(
                        Base64.getEncoder().withoutPadding().encodeToString(token.getBytes(UTF_8)));
    }

    @Test
    @Covers({"DEP-05", "DEP-04"})
    void whatOthersChangedIsInThePlanAndInTheDriftWithTheirNames() throws Exception {
        assertThat(drift()).isEmpty();
        kubectl("scale", "deployment", "app", "--replicas=1");
        kubectl("set", "env", "deployment/app", "LEVEL=debug");
        kubectl("label", "configmap", "app", "tier=two", "--overwrite");
        kubectl("annotate", "configmap", "app", "team=theirs");
        kubectl("patch", "configmap", "app", "-p", "{\"data\":{\"mode\":null,\"own\":\"x\"}}");
        kubectl(
                "patch",
                "secret",
                "app",
                "-p",
                "{\"stringData\":{\"token\":\"of-somebody-else\"}}");
        kubectl("delete", "configmap", "gone");

        var plan = plan();
        assertThat(lines(plan))
                .containsExactlyInAnyOrder(
                        "conflict Secret/app[data.token]",
                        "conflict ConfigMap/app[metadata.labels.tier]",
                        "create ConfigMap/gone[]",
                        "conflict Deployment/app[spec.replicas, spec.template.spec.containers[app].env[LEVEL].value]");
        assertThat(plan.objects().refusals())
                .extracting(refusal -> refusal.what())
                .contains(
                        "spec.replicas of Deployment/app belongs to kubectl, who set it to 1; the stack says 0",
                        "data.token of Secret/app belongs to kubectl-patch, who set it to (hidden); the stack says ${secret:token}");
        assertThat(Shapes.plan(plan).toString()).doesNotContain("of-somebody-else");
        assertThat(drift())
                .containsExactlyInAnyOrder(
                        "Secret/app data.token: ${secret:token} -> (hidden), by kubectl-patch",
                        "ConfigMap/app metadata.labels.tier: one -> two, by kubectl-label",
                        "ConfigMap/app data.mode: fast -> -",
                        "ConfigMap/gone: there -> -",
                        "Deployment/app spec.replicas: 0 -> 1, by kubectl",
                        "Deployment/app spec.template.spec.containers[app].env[LEVEL].value: info -> debug, by kubectl-set");

        assertThat(apply(plan)).isInstanceOf(Outcome.Ready.class);
        assertThat(drift()).isEmpty();
        assertThat(lines(plan())).isEmpty();
        assertThat(
                        kubectl(
                                "get",
                                "configmap",
                                "app",
                                "-o",
                                "jsonpath={.data} {.metadata.annotations.team}"))
                .isEqualTo("{\"level\":\"info\",\"mode\":\"fast\",\"own\":\"x\"} theirs");
    }

    private List<String> drift() {
        return bench.engine.life().drift(bench.request()).drifts().stream()
                .map(ForeignHandsIT::text)
                .toList();
    }

    private static String text(Drift drift) {
        int by = drift.what().indexOf(" by ");
        return "%s: %s -> %s%s"
                .formatted(
                        drift.path(),
                        drift.applied().orElse("-"),
                        drift.live().orElse("-"),
                        by < 0 ? "" : "," + drift.what().substring(by));
    }

    @Test
    @Covers("DEP-05")
    void whatCannotBeChangedIsMadeAnewUnlessDataGoesWithItAndNoSecretIsShown() throws Exception {
        bench.file("app.yaml.tpl", MANIFEST + "---\n" + MORE);
        assertThat(bench.up()).isNotInstanceOf(Outcome.Ready.class);
        bench.file(
                "app.yaml.tpl",
                (MANIFEST + "---\n" + MORE)
                        .replace("name: view }", "name: edit }")
                        .replace(
                                "selector: { app: app }, ports",
                                "clusterIP: None, selector: { app: app }, ports")
                        .replace("storageClassName: none", "storageClassName: other")
                        .replace("restartPolicy: Never", "restartPolicy: OnFailure"));
        var plan = plan();
        assertThat(plan.changes())
                .filteredOn(change -> change.action() == Action.RECREATE)
                .extracting(Plan.Change::object)
                .containsExactlyInAnyOrder("Service/app", "RoleBinding/app", "Job/app");
        assertThat(plan.objects().refusals())
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(ObjectCode.DATA_WOULD_BE_LOST);
                    assertThat(refusal.what()).contains("PersistentVolumeClaim/data");
                });
        showsNoSecret(Shapes.plan(plan));
        assertThat(Shapes.plan(plan).toString()).contains("(hidden)");

        kubectl("patch", "secret", "app", "-p", "{\"immutable\":true}");
        bench.file(
                "app.yaml.tpl",
                MANIFEST.replace(
                        "token: \"{{ .Secrets.token }}\"", "token: \"more {{ .Secrets.token }}\""));
        var secret = plan();
        assertThat(lines(secret)).contains("recreate Secret/app[data]");
        showsNoSecret(Shapes.plan(secret));
    }

    /// It is written, but it goes as soon as whoever keeps it lets it go.
    @Test
    @Covers("DEP-03")
    void anObjectThatIsBeingDeletedIsNamedWithWhoKeepsIt() throws Exception {
        kubectl(
                "patch",
                "configmap",
                "gone",
                "-p",
                "{\"metadata\":{\"finalizers\":[\"keeper.test/x\"]}}");
        kubectl("delete", "configmap", "gone", "--wait=false");
        bench.file("app.yaml.tpl", MANIFEST.replace("a: b", "a: c"));
        var outcome = bench.up();
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) outcome).units())
                .singleElement()
                .satisfies(trouble -> {
                    assertThat(trouble.cause().what())
                            .contains(
                                    "ConfigMap/gone: it is being deleted and waits for keeper.test/x");
                    assertThat(trouble.cause().advice().getFirst()).contains("finalizers");
                });
        kubectl("patch", "configmap", "gone", "-p", "{\"metadata\":{\"finalizers\":null}}");
        assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);
        assertThat(kubectl("get", "configmap", "gone", "-o", "jsonpath={.data.a}")).isEqualTo("c");
    }

    @Test
    void whoeverTakesAFieldAfterThePlanWasMadeIsNamedAndNotOverwritten() throws Exception {
        bench.file("app.yaml.tpl", MANIFEST.replace("level: info", "level: warn"));
        var planned = bench.engine.plan(bench.request());
        kubectl("patch", "configmap", "app", "-p", "{\"data\":{\"level\":\"trace\"}}");
        var outcome =
                bench.engine.apply(
                        planned, new ApplyOptions("up", Turn.AT_ONCE, false), bench.events::add);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) outcome).units())
                .singleElement()
                .satisfies(trouble -> {
                    assertThat(trouble.cause().code()).isEqualTo(ObjectCode.FIELD_OWNED);
                    assertThat(trouble.cause().what())
                            .contains("data.level belongs to kubectl-patch");
                });
        assertThat(kubectl("get", "configmap", "app", "-o", "jsonpath={.data.level}"))
                .isEqualTo("trace");
    }
}
