package dev.fairlead.deploy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.Leaves;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.object.ObjectSnapshot;
import dev.fairlead.deploy.object.ObjectSnapshot.Conflict;
import dev.fairlead.deploy.object.ObjectSnapshot.Found;
import dev.fairlead.deploy.object.ObjectSnapshot.Owner;
import dev.fairlead.deploy.object.ObjectSnapshot.Remembered;
import dev.fairlead.deploy.object.ObjectSnapshot.Trial;
import dev.fairlead.deploy.object.ObjectStep;
import dev.fairlead.deploy.object.Scopes;
import dev.fairlead.deploy.plan.Planner.Circumstances;
import dev.fairlead.deploy.render.Desired;
import dev.fairlead.deploy.render.InputFiles;
import dev.fairlead.deploy.render.Renderer;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.Snapshot.Applied;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.deploy.workload.ClusterStack;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plans of a unit `app` of a Secret, a Service and a Deployment against clusters that are made up.
class ObjectPlanTest {
    private static final UnitName APP = new UnitName("app");
    private static final InputFiles NO_FILES = (_, _, _) -> "";

    @TempDir private Path folder;
    private Desired desired;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final List<Remembered> inventory = new ArrayList<>();
    private Wishes wishes = Wishes.NONE;

    @BeforeEach
    void render() throws IOException {
        var environment =
                new ClusterStack(folder)
                        .manifest(
                                "",
                                """
                                apiVersion: v1
                                kind: Secret
                                metadata: { name: app }
                                stringData: { token: "{{ .Secrets.token }}" }
                                ---
                                apiVersion: v1
                                kind: Service
                                metadata: { name: app }
                                spec: { clusterIP: None }
                                ---
                                apiVersion: apps/v1
                                kind: Deployment
                                metadata: { name: app }
                                spec:
                                  replicas: 2
                                  template:
                                    spec: { containers: [ { name: app, image: "app:2" } ] }
                                """)
                        .environment();
        desired =
                new Renderer(NO_FILES, List.of())
                        .render(
                                environment,
                                environment,
                                environment.units().keySet(),
                                Optional.empty(),
                                Scopes.OFFLINE);
    }

    private DesiredObject object(String name) {
        return desired.units().get(APP).objects().stream()
                .filter(one -> one.ref().toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Object> live(String name) {
        var tree = new LinkedHashMap<String, Object>();
        Leaves.revealed(object(name).tree())
                .forEach((key, value) -> {
                    if (value != null) {
                        tree.put(key, value);
                    }
                });
        return tree;
    }

    private ObjectPlanTest has(String name, Owner owner, Trial trial) {
        return has(name, live(name), owner, trial);
    }

    private ObjectPlanTest has(String name, Map<String, Object> tree, Owner owner, Trial trial) {
        found.put(name, new Found("uid-" + name, tree, owner, trial));
        return this;
    }

    private ObjectPlanTest allButDeployment() {
        return has("Secret/app", new Owner.Ours(), new Trial.Same())
                .has("Service/app", new Owner.Ours(), new Trial.Same());
    }

    private Plan plan(UnitState state) {
        var objects = new TreeMap<ObjectRef, Found>();
        found.forEach((name, one) -> objects.put(object(name).ref(), one));
        var status =
                new UnitStatus(
                        APP,
                        state,
                        Instant.EPOCH,
                        Optional.empty(),
                        new TreeMap<>(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Optional.empty());
        var units = new TreeMap<UnitName, Applied>();
        if (!found.isEmpty()) {
            units.put(APP, new Applied("h", Map.of(), status));
        }
        var snapshot =
                new Snapshot(
                        units,
                        Optional.of(
                                new ObjectSnapshot(
                                        "shop-k",
                                        objects,
                                        new TreeMap<>(Map.of(APP, inventory)),
                                        List.of())));
        return Planner.plan(
                desired,
                snapshot,
                new Circumstances(
                        desired.graph(), new TreeMap<>(), new TreeMap<>(), List.of(), wishes));
    }

    private static List<String> lines(Plan plan) {
        return plan.changes().stream()
                .map(change ->
                        change.action()
                                + " "
                                + change.object()
                                + change.fields().stream()
                                        .map(field ->
                                                " %s %s>%s"
                                                        .formatted(
                                                                field.path(),
                                                                field.from().orElse("-"),
                                                                field.to().orElse("-")))
                                        .reduce("", String::concat)
                                + change.reason().map(reason -> " (" + reason + ")").orElse(""))
                .toList();
    }

    private static SortedSet<String> wish(String text) {
        return new TreeSet<>(List.of(text));
    }

    @Test
    @Covers("DEP-05")
    void whatIsNotThereIsMadeInTheOrderOfItsManifest() {
        var plan = plan(UnitState.READY);
        assertThat(lines(plan))
                .containsExactly(
                        "create Secret/app", "create Service/app", "create Deployment/app");
        assertThat(plan.objects().steps().get(APP))
                .extracting(step -> step.ref().toString())
                .containsExactly("Secret/app", "Service/app", "Deployment/app");
        assertThat(plan.restarts()).isEmpty();
    }

    @Test
    @Covers("DEP-05")
    void whatIsProvedEqualIsKeptAndThePlanIsEmpty() {
        allButDeployment().has("Deployment/app", new Owner.Ours(), new Trial.Same());
        var plan = plan(UnitState.READY);
        assertThat(plan.changes()).allMatch(change -> change.action() == Plan.Action.KEEP);
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan(UnitState.STARTING).starts())
                .extracting(Plan.Restart::why)
                .containsExactly("it is starting");
        assertThat(plan(UnitState.READY).hash()).isEqualTo(plan.hash());
    }

    @Test
    void aChangeNamesItsFieldsAndWhatRestarts() {
        var before = live("Deployment/app");
        before.put(
                "spec",
                Json.read(
                        "{\"replicas\":1,\"paused\":false,\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"app:1\"}]}}}"));
        var after = live("Deployment/app");
        after.put(
                "spec",
                Json.read(
                        "{\"replicas\":2,\"paused\":false,\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"app:2\"}]}}}"));
        after.put("status", Map.of("replicas", 1));
        allButDeployment()
                .has("Deployment/app", before, new Owner.Ours(), new Trial.Changed(after));
        var plan = plan(UnitState.READY);
        assertThat(lines(plan).getLast())
                .isEqualTo(
                        "update Deployment/app spec.replicas 1>2 spec.template.spec.containers[app].image app:1>app:2");
        assertThat(plan.restarts())
                .extracting(Plan.Restart::why)
                .containsExactly("spec.replicas, spec.template.spec.containers[app].image changed");
        assertThat(plan.objects().steps().get(APP))
                .containsExactly(
                        new ObjectStep.Apply(
                                object("Deployment/app").ref(),
                                Optional.of("uid-Deployment/app"),
                                new TreeSet<>()));
    }

    @Test
    void aSecretThatChangesIsNamedAndNotShown() {
        var before = live("Secret/app");
        before.put("data", Map.of("token", "b2xkLXZhbHVl", "old", "Z29uZQ=="));
        has("Secret/app", before, new Owner.Ours(), new Trial.Changed(live("Secret/app")))
                .has("Service/app", new Owner.Ours(), new Trial.Same())
                .has("Deployment/app", new Owner.Ours(), new Trial.Same());
        var plan = plan(UnitState.READY);
        assertThat(lines(plan).getFirst())
                .isEqualTo(
                        "update Secret/app data.old (hidden)>- data.token (hidden)>${secret:token}");
        assertThat(Json.compact(PlanTree.of(plan))).doesNotContain("b2xk", "Z29uZQ", "eHh4");
    }

    @Test
    @Covers("DEP-05")
    void aFieldOfAnotherManagerIsNamedRefusedAndTakenWhenAsked() {
        var live = live("Deployment/app");
        live.put("spec", Map.of("replicas", 5));
        var after = live("Deployment/app");
        allButDeployment()
                .has(
                        "Deployment/app",
                        live,
                        new Owner.Ours(),
                        new Trial.Conflicted(
                                List.of(new Conflict(".spec.replicas", "kubectl-scale")),
                                Optional.of(after)));
        var plan = plan(UnitState.READY);
        assertThat(lines(plan).getLast())
                .isEqualTo(
                        "conflict Deployment/app spec.replicas 5>2 (spec.replicas belongs to kubectl-scale)");
        assertThatThrownBy(plan::throwIfRefused)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(
                        "FIELD_OWNED spec.replicas of Deployment/app belongs to kubectl-scale, who set it to 5; the stack says 2")
                .hasMessageContaining("--take-over \"Deployment/app:spec.replicas\"");
        assertThat(plan.objects().steps().get(APP)).isEmpty();

        wishes = new Wishes(wish("Deployment/app:spec.replicas"), new TreeSet<>());
        var taking = plan(UnitState.READY);
        taking.throwIfRefused();
        assertThat(lines(taking).getLast())
                .startsWith("update Deployment/app spec.replicas 5>2")
                .endsWith("(takes over from kubectl-scale)");
        assertThat(taking.objects().steps().get(APP))
                .containsExactly(
                        new ObjectStep.Apply(
                                object("Deployment/app").ref(),
                                Optional.of("uid-Deployment/app"),
                                wish(".spec.replicas")));
        assertThat(taking.hash()).isNotEqualTo(plan.hash());
    }

    @Test
    void anImmutableFieldMakesItAnewAndSaysWhatIsLost() {
        var live = live("Service/app");
        live.put("spec", Map.of("clusterIP", "10.0.0.1"));
        has("Secret/app", new Owner.Ours(), new Trial.Same())
                .has(
                        "Service/app",
                        live,
                        new Owner.Ours(),
                        new Trial.Immutable(List.of("spec.clusterIP"), "may not change once set"))
                .has("Deployment/app", new Owner.Ours(), new Trial.Same());
        var plan = plan(UnitState.READY);
        assertThat(lines(plan).get(1))
                .isEqualTo(
                        "recreate Service/app spec.clusterIP 10.0.0.1>None (spec.clusterIP cannot be changed; its address may change)");
        assertThat(plan.objects().steps().get(APP))
                .containsExactly(
                        new ObjectStep.Recreate(object("Service/app").ref(), "uid-Service/app"));
    }

    @Test
    void whatSomebodyElseMadeIsAdoptedOnlyWhenAsked() {
        allButDeployment()
                .has(
                        "Deployment/app",
                        new Owner.Unknown(),
                        new Trial.Changed(live("Deployment/app")));
        var plan = plan(UnitState.READY);
        assertThat(lines(plan).getLast())
                .isEqualTo(
                        "adopt Deployment/app (refused unless asked for: --adopt Deployment/app)");
        assertThat(plan.objects().refusals())
                .extracting(problem -> problem.code().name())
                .containsExactly("OBJECT_NOT_OURS");

        wishes = new Wishes(new TreeSet<>(), wish("Deployment/app"));
        var adopting = plan(UnitState.READY);
        adopting.throwIfRefused();
        assertThat(lines(adopting).getLast())
                .isEqualTo("adopt Deployment/app (asked for with --adopt)");
        assertThat(adopting.objects().steps().get(APP)).hasSize(1);
    }

    @Test
    void whatBelongsToAnotherEnvironmentIsNeverTaken() {
        allButDeployment().has("Deployment/app", new Owner.Other("shop/dev-2"), new Trial.Same());
        wishes = new Wishes(new TreeSet<>(), wish("Deployment/app"));
        assertThatThrownBy(plan(UnitState.READY)::throwIfRefused)
                .hasMessageContaining("OBJECT_OF_OTHERS Deployment/app belongs to shop/dev-2");
    }

    @Test
    void whatTheServerRefusesIsRefusedByThePlan() {
        allButDeployment()
                .has(
                        "Deployment/app",
                        new Owner.Ours(),
                        new Trial.Refused("spec.replicas: Invalid value: -1"));
        assertThatThrownBy(plan(UnitState.READY)::throwIfRefused)
                .hasMessageContaining("OBJECT_REFUSED_BY_SERVER")
                .hasMessageContaining("Invalid value: -1");
    }

    @Test
    void whatLeftTheUnitIsRemovedAndTheUnitStays() {
        allButDeployment().has("Deployment/app", new Owner.Ours(), new Trial.Same());
        inventory.add(new Remembered(object("Service/app").ref(), "uid-Service/app"));
        var left = new ObjectRef("networking.k8s.io", "Ingress", "shop-k", "app");
        inventory.add(new Remembered(left, "uid-7"));
        var plan = plan(UnitState.READY);
        assertThat(lines(plan).getLast()).isEqualTo("prune Ingress/app (it left the unit)");
        assertThat(plan.objects().steps().get(APP))
                .containsExactly(new ObjectStep.Remove(left, "uid-7"));
        assertThat(plan.isEmpty()).isFalse();
    }

    @Test
    void aUnitThatLeavesLosesEveryObjectOfItsInventory() {
        var gone = new UnitName("gone");
        var left = new ObjectRef("apps", "Deployment", "shop-k", "gone");
        var applied =
                new Applied(
                        "h",
                        Map.of("kind", "objects"),
                        new UnitStatus(
                                gone,
                                UnitState.READY,
                                Instant.EPOCH,
                                Optional.empty(),
                                new TreeMap<>(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                Optional.empty()));
        var plan =
                Planner.plan(
                        desired,
                        new Snapshot(
                                new TreeMap<>(Map.of(gone, applied)),
                                Optional.of(
                                        new ObjectSnapshot(
                                                "shop-k",
                                                new TreeMap<>(),
                                                new TreeMap<>(
                                                        Map.of(
                                                                gone,
                                                                List.of(
                                                                        new Remembered(
                                                                                left, "u")))),
                                                List.of()))),
                        new Circumstances(
                                Graph.EMPTY,
                                new TreeMap<>(Map.of(gone, "it left the stack")),
                                new TreeMap<>(),
                                List.of()));
        assertThat(lines(plan).getLast()).isEqualTo("prune Deployment/gone (it left the stack)");
        assertThat(plan.objects().steps()).doesNotContainKey(gone);
    }
}
