package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.Wishes;
import dev.fairlead.deploy.target.Target.LogRequest;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stack of objects without pods on a real API server: what is planned, written, kept and refused.
@WithCluster
class KubernetesIT {
    private static final String MANIFEST =
            """
            apiVersion: v1
            kind: Secret
            metadata: { name: app }
            stringData: { token: "{{ .Secrets.token }}" }
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: app }
            data: { level: info }
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
                spec: { containers: [ { name: app, image: "registry.test/app:1", readinessProbe: { tcpSocket: { port: 80 } } } ] }
            """;

    @TempDir Path folder;
    private Workbench bench;
    private TestCluster cluster;
    private String namespace;

    @BeforeEach
    void deployNothingYet(TestCluster given) throws IOException {
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
                          services:
                            - { name: app, deployGroup: internal, manifests: [ { path: app.yaml.tpl } ] }
                            - { name: web, deployGroup: frontend, manifests: [ { path: web.yaml } ] }
                        """
                                .formatted(namespace))
                .file(
                        "web.yaml",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\ndata: { title: shop }\n");
    }

    @AfterEach
    void endIt() throws IOException, InterruptedException {
        bench.close();
        cluster.kubectl("delete", "namespace", namespace, "--wait=false", "--ignore-not-found");
    }

    private String kubectl(String... arguments) throws IOException, InterruptedException {
        var all = new java.util.ArrayList<>(List.of("--namespace", namespace));
        all.addAll(List.of(arguments));
        return cluster.kubectl(all.toArray(String[]::new));
    }

    private String versions() throws IOException, InterruptedException {
        return kubectl(
                "get",
                "secret,configmap,service,deployment",
                "-l",
                "fairlead.dev/stack=shop",
                "-o",
                "custom-columns=K:.kind,N:.metadata.name,V:.metadata.resourceVersion",
                "--no-headers");
    }

    private static List<String> squeezed(String table) {
        return table.lines().map(line -> line.replaceAll(" +", " ")).toList();
    }

    private Plan plan() {
        return bench.engine.plan(bench.request()).plan();
    }

    private Outcome apply(Wishes wishes) {
        var planned = bench.engine.plan(bench.request().wishing(wishes));
        return bench.engine.apply(
                planned, new ApplyOptions("up", Turn.AT_ONCE, false), bench.events::add);
    }

    private void up() {
        assertThat(apply(Wishes.NONE)).isInstanceOf(Outcome.Ready.class);
    }

    private static List<String> lines(Plan plan) {
        return plan.changes().stream()
                .filter(change -> change.action() != Action.KEEP)
                .map(change -> change.action() + " " + change.object())
                .toList();
    }

    @Test
    @Covers({"DEP-01", "DEP-05"})
    void theWayBackMakesTheObjectsOfAnEarlierRevision() throws Exception {
        up();
        var token = kubectl("get", "secret", "app", "-o", "jsonpath={.data.token}");
        bench.file(
                "app.yaml.tpl",
                MANIFEST.replace("app:1", "app:2").replace("level: info", "level: debug"));
        bench.file(
                "web.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: more }\ndata: { title: shop }\n");
        up();

        var back = bench.engine.life().back(bench.request(), java.util.Optional.empty());
        assertThat(lines(back.plan()))
                .containsExactlyInAnyOrder(
                        "update ConfigMap/app",
                        "update Deployment/app",
                        "create ConfigMap/web",
                        "prune ConfigMap/more");
        assertThat(
                        bench.engine.apply(
                                back,
                                new ApplyOptions("rollback", Turn.AT_ONCE, false),
                                bench.events::add))
                .isInstanceOf(Outcome.Ready.class);
        assertThat(kubectl("get", "configmap", "app", "-o", "jsonpath={.data.level}"))
                .isEqualTo("info");
        assertThat(kubectl("get", "configmap", "-o", "name"))
                .contains("configmap/web")
                .doesNotContain("configmap/more");
        assertThat(kubectl("get", "secret", "app", "-o", "jsonpath={.data.token}"))
                .isEqualTo(token);

        bench.file("app.yaml.tpl", MANIFEST);
        bench.file(
                "web.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\ndata: { title: shop }\n");
        assertThat(plan().isEmpty()).as("it is as it was").isTrue();
    }

    /// A record has no values: what stood in an object that the stack does not declare any more cannot be made again.
    @Test
    void aSecretThatNothingOfTodayHasIsNamed() throws Exception {
        up();
        bench.file(
                "app.yaml.tpl",
                MANIFEST.replace("{ name: app }\nstringData", "{ name: other }\nstringData"));
        up();
        assertThatThrownBy(
                        () -> bench.engine.life().back(bench.request(), java.util.Optional.empty()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("nothing of today has the secret at Secret/app.data.token");
    }

    @Test
    @Covers({"DEP-02", "DEP-05"})
    void whatIsNotThereIsMadeAndTheNextPlanIsEmptyAndWritesNothing() throws Exception {
        var first = plan();
        assertThat(lines(first))
                .containsExactly(
                        "create Secret/app",
                        "create ConfigMap/app",
                        "create Service/app",
                        "create Deployment/app",
                        "create ConfigMap/web");
        assertThat(plan().hash()).isEqualTo(first.hash());
        up();
        assertThat(bench.engine.status(bench.request()).state()).isEqualTo(UnitState.READY);
        var made = versions();
        assertThat(made.lines()).hasSize(5);
        var again = plan();
        assertThat(lines(again)).isEmpty();
        assertThat(again.isEmpty()).isTrue();
        up();
        assertThat(versions()).isEqualTo(made);
        assertThat(Json.compact(Shapes.plan(again)))
                .doesNotContain(kubectl("get", "secret", "app", "-o", "jsonpath={.data.token}"));
    }

    @Test
    void oneChangedObjectIsOneWriteAndTheDifferenceIsNamed() throws Exception {
        up();
        var before = versions().lines().toList();
        bench.file("app.yaml.tpl", MANIFEST.replace("level: info", "level: debug"));
        var plan = plan();
        assertThat(lines(plan)).containsExactly("update ConfigMap/app");
        assertThat(plan.changes())
                .filteredOn(change -> change.action() == Action.UPDATE)
                .singleElement()
                .satisfies(change ->
                        assertThat(change.fields())
                                .extracting(field ->
                                        field.path()
                                                + " "
                                                + field.from().orElse("")
                                                + ">"
                                                + field.to().orElse(""))
                                .containsExactly("data.level info>debug"));
        up();
        var after = versions().lines().toList();
        assertThat(after.stream().filter(line -> !before.contains(line)))
                .singleElement()
                .asString()
                .startsWith("ConfigMap");
    }

    /// The requests of ours that the API server noted in its audit log, in their order: verb, resource, name.
    private List<Map<String, Object>> audited() throws IOException {
        assumeThat(cluster.auditLog()).as("an audit log of the cluster").isPresent();
        try (var lines = Files.lines(cluster.auditLog().orElseThrow())) {
            return lines.filter(line -> line.contains("\"" + namespace + "\""))
                    .filter(line -> line.contains("\"userAgent\":\"fairlead\""))
                    .map(Json::readObject)
                    .toList();
        }
    }

    private static List<String> written(List<Map<String, Object>> requests) {
        return requests.stream()
                .filter(request -> !List.of("get", "list", "watch").contains(request.get("verb")))
                .filter(request -> !String.valueOf(request.get("requestURI")).contains("dryRun"))
                .map(request -> (Map<?, ?>) request.get("objectRef"))
                .map(ref -> ref.get("resource") + "/" + ref.get("name"))
                .toList();
    }

    @Test
    @Covers("DEP-02")
    void theServersOwnAuditLogHasTheOrderOfTheStagesAndNoWriteWithoutAChange() throws Exception {
        stages("info");
        up();
        assertThat(written(audited()))
                .filteredOn(what -> what.startsWith("configmaps/stage-"))
                .containsExactly(
                        "configmaps/stage-db",
                        "configmaps/stage-api",
                        "configmaps/stage-gate",
                        "configmaps/stage-page");
        int before = audited().size();
        up();
        var unchanged = audited();
        assertThat(written(unchanged.subList(before, unchanged.size()))).isEmpty();
        assertThat(unchanged.size() - before).as("requests").isLessThanOrEqualTo(8);
        stages("debug");
        up();
        var all = audited();
        assertThat(all.size() - unchanged.size()).as("requests").isLessThanOrEqualTo(14);
        var changed = written(all.subList(unchanged.size(), all.size()));
        assertThat(changed)
                .filteredOn(what -> what.startsWith("configmaps/stage-"))
                .containsExactly("configmaps/stage-api");
        assertThat(changed).as("with bookkeeping").hasSizeLessThanOrEqualTo(3);
    }

    private void stages(String level) throws IOException {
        bench.stack(
                """
                apiVersion: fairlead.dev/v1alpha1
                kind: ServiceStack
                metadata: { name: shop }
                spec:
                  environments: { k: { target: kubernetes, mode: prod, namespaceTemplate: %s } }
                  infrastructure:
                    - { name: db, manifests: [ { path: db.yaml } ] }
                  services:
                    - { name: page, deployGroup: frontend, manifests: [ { path: page.yaml } ] }
                    - { name: gate, deployGroup: edge, manifests: [ { path: gate.yaml } ] }
                    - { name: api, deployGroup: internal, manifests: [ { path: api.yaml } ] }
                """
                        .formatted(namespace));
        for (var unit : List.of("db", "api", "gate", "page")) {
            bench.file(
                    unit + ".yaml",
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: stage-%s }\ndata: { level: %s }\n"
                            .formatted(unit, unit.equals("api") ? level : "info"));
        }
    }

    @Test
    void theReplicasOfAnAutoscalerAreLeftAlone() throws Exception {
        up();
        kubectl(
                "patch",
                "deployment",
                "app",
                "--subresource=scale",
                "--field-manager=kube-controller-manager",
                "--type=merge",
                "-p",
                "{\"spec\":{\"replicas\":3}}");
        assertThat(lines(plan())).isEmpty();
        bench.file("app.yaml.tpl", MANIFEST.replace("app:1", "app:2"));
        var plan = plan();
        assertThat(lines(plan)).containsExactly("update Deployment/app");
        assertThat(plan.objects().refusals()).isEmpty();
        assertThat(Json.compact(Shapes.plan(plan))).doesNotContain("spec.replicas");
    }

    @Test
    void aFieldThatSomebodyElseTookIsAConflictUntilItIsTakenOver() throws Exception {
        up();
        cluster.kubectlApply(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: { name: app, namespace: %s }
                data: { level: trace, theirs: "1" }
                """
                        .formatted(namespace),
                "--server-side",
                "--force-conflicts",
                "--field-manager=somebody",
                "--namespace=" + namespace);
        var plan = plan();
        assertThat(lines(plan)).containsExactly("conflict ConfigMap/app");
        assertThatThrownBy(this::up)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(
                        "FIELD_OWNED data.level of ConfigMap/app belongs to somebody, who set it to trace; the stack says info");
        var taken =
                apply(
                        new Wishes(
                                new TreeSet<>(List.of("ConfigMap/app:data.level")),
                                new TreeSet<>()));
        assertThat(taken).isInstanceOf(Outcome.Ready.class);
        assertThat(kubectl("get", "configmap", "app", "-o", "jsonpath={.data}"))
                .isEqualTo("{\"level\":\"info\",\"theirs\":\"1\"}");
        assertThat(lines(plan())).isEmpty();
    }

    @Test
    void whatSomebodyElseMadeIsAdoptedOnlyWhenAskedAndNeverPruned() throws Exception {
        cluster.kubectl("create", "namespace", namespace);
        kubectl("create", "configmap", "web", "--from-literal=title=theirs");
        kubectl("create", "configmap", "other", "--from-literal=a=b");
        assertThat(lines(plan())).contains("adopt ConfigMap/web");
        assertThatThrownBy(this::up).hasMessageContaining("--adopt ConfigMap/web");
        // A field of theirs is not taken with the object.
        var both =
                new Wishes(
                        new TreeSet<>(List.of("ConfigMap/web:data.title")),
                        new TreeSet<>(List.of("ConfigMap/web")));
        assertThat(apply(both)).isInstanceOf(Outcome.Ready.class);
        assertThat(kubectl("get", "configmap", "web", "-o", "jsonpath={.data.title}"))
                .isEqualTo("shop");
        bench.engine.down(bench.request(), false, Turn.AT_ONCE, bench.events::add);
        assertThat(kubectl("get", "configmap", "-o", "name"))
                .contains("configmap/other")
                .doesNotContain("configmap/web");
    }

    @Test
    void pruneRemovesWhatLeftAndNothingThatWasMadeAnewByOthers() throws Exception {
        up();
        kubectl("delete", "configmap", "web");
        kubectl("create", "configmap", "web", "--from-literal=title=theirs");
        bench.file("web.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: more }\n")
                .file("app.yaml.tpl", MANIFEST.substring(MANIFEST.indexOf("apiVersion: apps/v1")));
        var plan = plan();
        assertThat(lines(plan))
                .contains(
                        "prune Secret/app",
                        "prune ConfigMap/app",
                        "prune Service/app",
                        "create ConfigMap/more")
                .doesNotContain("prune ConfigMap/web");
        assertThat(plan.notes())
                .contains("ConfigMap/web was made anew by somebody else; it is left alone");
        up();
        assertThat(kubectl("get", "configmap", "web", "-o", "jsonpath={.data.title}"))
                .isEqualTo("theirs");
        assertThat(kubectl("get", "service,secret", "-l", "fairlead.dev/stack=shop", "-o", "name"))
                .isBlank();
        assertThat(lines(plan())).isEmpty();
    }

    @Test
    @Covers("DEP-03")
    void aLostInventoryDeletesNothingAndWhatNobodyWantsAnyMoreIsNamed() throws Exception {
        up();
        var made = versions();
        kubectl("delete", "configmap", "-l", "fairlead.dev/state=inventory");
        bench.file("web.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: more }\n");
        var plan = plan();
        assertThat(lines(plan)).containsExactly("create ConfigMap/more");
        assertThat(plan.notes())
                .contains(
                        "ConfigMap/web was made by this environment, whose inventory does not have it; it is left alone: `kubectl delete` removes it");
        up();
        assertThat(squeezed(versions())).containsAll(squeezed(made)).hasSize(6);
        assertThat(lines(plan())).isEmpty();
        bench.engine.down(bench.request(), false, Turn.AT_ONCE, bench.events::add);
        assertThat(kubectl("get", "configmap", "-l", "fairlead.dev/unit", "-o", "name"))
                .isEqualToIgnoringNewLines("configmap/web");
    }

    @Test
    @Covers("DEP-03")
    void aStackUnderANewNameTakesNothingFromTheOldOneAndDeletesNothing() throws Exception {
        up();
        var made = versions();
        var text = Files.readString(folder.resolve("services.yaml"));
        bench.stack(text.replace("name: shop", "name: store"));
        assertThatThrownBy(this::up)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Deployment/app")
                .hasMessageContaining("shop");
        assertThat(versions()).isEqualTo(made);

        bench.file("app.yaml.tpl", "")
                .file("web.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: more }\n");
        assertThat(lines(plan())).containsExactly("create ConfigMap/more");
        up();
        assertThat(versions()).isEqualTo(made);
        bench.engine.down(bench.request(), true, Turn.AT_ONCE, bench.events::add);
        assertThat(versions()).isEqualTo(made);

        bench.stack(text);
        bench.engine.down(bench.request(), true, Turn.AT_ONCE, bench.events::add);
        assertThat(versions()).isBlank();
    }

    @Test
    void anImmutableFieldIsNamedAndTheObjectMadeAnew() throws Exception {
        up();
        bench.file("app.yaml.tpl", MANIFEST.replace("app: app }", "app: other }"));
        var plan = plan();
        assertThat(lines(plan)).contains("recreate Deployment/app");
        assertThat(plan.changes())
                .filteredOn(change -> change.action() == Action.RECREATE)
                .singleElement()
                .satisfies(change ->
                        assertThat(change.reason()).get().asString().contains("spec.selector"));
        up();
        assertThat(lines(plan())).isEmpty();
    }

    @Test
    void whatTheServerDoesNotAcceptIsRefusedByThePlan() throws Exception {
        up();
        bench.file("app.yaml.tpl", MANIFEST.replace("replicas: 0", "replicas: -1"));
        assertThatThrownBy(this::up)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("OBJECT_REFUSED_BY_SERVER")
                .hasMessageContaining("spec.replicas");
    }

    @Test
    void aKindThatNobodyKnowsIsNamedWithItsPlace() throws Exception {
        bench.file("web.yaml", "apiVersion: w.test/v1\nkind: Widget\nmetadata: { name: web }\n");
        assertThatThrownBy(this::plan)
                .hasMessageContaining(
                        "web.yaml:1:1 UNKNOWN_KIND the cluster knows no Widget of w.test/v1");
    }

    @Test
    void aDefinitionIsEstablishedBeforeItsObjectsAreWritten() throws Exception {
        var group = "g" + Long.toString(System.nanoTime(), 36) + ".test";
        bench.file(
                "web.yaml",
                """
                apiVersion: %1$s/v1
                kind: Widget
                metadata: { name: web }
                ---
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: { name: widgets.%1$s }
                spec:
                  group: %1$s
                  scope: Namespaced
                  names: { kind: Widget, plural: widgets }
                  versions: [ { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } } } ]
                """
                        .formatted(group));
        var text = Files.readString(folder.resolve("services.yaml"));
        bench.stack(
                text.replace(
                        "deployGroup: frontend,",
                        "deployGroup: frontend, scope: infrastructure-singleton, ready: { cel: 'object.status.open' }, run: { ready: { timeout: 3s } },"));
        assertThat(apply(Wishes.NONE))
                .asString()
                .contains(
                        "TIMED_OUT",
                        "Widget.%s/web: not yet: object.status.open (".formatted(group));
        kubectl(
                "patch",
                "widgets." + group,
                "web",
                "--type=merge",
                "-p",
                "{\"status\":{\"open\":true}}");
        up();
        assertThat(kubectl("get", "widgets." + group, "-o", "name")).contains("/web");
        assertThat(lines(plan())).isEmpty();
        bench.engine.down(bench.request(), false, Turn.AT_ONCE, bench.events::add);
        assertThat(cluster.kubectl("get", "crd", "-o", "name")).doesNotContain(group);
    }

    @Test
    @Covers("DEP-01")
    void whereTheFileIsBrokenTheStateFolderLeadsToTheCluster() throws Exception {
        up();
        bench.stack("spec: [");
        var status = bench.engine.status(bench.request());
        assertThat(status.ref()).hasToString("shop/k");
        assertThat(status.state()).isEqualTo(UnitState.READY);
        assertThat(status.notes().getFirst())
                .startsWith("services.yaml cannot be read (")
                .contains("this is what the cluster ", " knows of shop/k");
        assertThat(
                        bench.engine
                                .explain(bench.request(), Optional.of(new UnitName("app")))
                                .explanations())
                .singleElement()
                .satisfies(one -> assertThat(one.unit()).hasToString("app"));
        var lines = new ArrayList<String>();
        bench.engine.logs(
                bench.request(),
                new LogRequest(List.of(), 10, false),
                (unit, line) -> lines.add(line));
        assertThat(lines).isEmpty(); // none of the objects has pods
        assertThatThrownBy(this::plan).isInstanceOf(ProblemException.class);
        assertThat(bench.engine.down(bench.request(), false, Turn.AT_ONCE, bench.events::add))
                .isInstanceOf(Outcome.Ready.class);
        assertThat(versions()).isBlank();
    }

    @Test
    void aNamespaceThatIsSomebodyElsesByNowIsNotTakenForOurs() throws Exception {
        up();
        bench.stack("spec: [");
        cluster.kubectl("label", "namespace", namespace, "--overwrite", "fairlead.dev/env=other");
        for (ThrowingCallable look :
                List.<ThrowingCallable>of(
                        () -> bench.engine.status(bench.request()),
                        () ->
                                bench.engine.down(
                                        bench.request(), true, Turn.AT_ONCE, bench.events::add))) {
            assertThatThrownBy(look)
                    .hasMessageContaining("services.yaml:")
                    .hasMessageContaining(
                            "shop/k was deployed from here to the namespace %s of "
                                    .formatted(namespace))
                    .hasMessageContaining("that is not there or somebody else's now");
        }
        assertThat(versions().lines()).hasSize(5);
        cluster.kubectl("label", "namespace", namespace, "--overwrite", "fairlead.dev/env=k");
    }
}
