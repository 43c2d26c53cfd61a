package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.slot.SlotState;
import dev.fairlead.deploy.slot.Verdict;
import dev.fairlead.deploy.slot.Wish;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Json;
import dev.fairlead.engine.slot.Collected;
import dev.fairlead.engine.slot.SlotDesk;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Slots as namespaces of a real API server: taken, brought up, told apart, collected, removed with everything in them.
@WithCluster
class KubernetesSlotsIT {
    private static final String MANIFEST =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: app }
            data: { slot: "{{ .Slot }}" }
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: app }
            spec:
              replicas: 0
              selector: { matchLabels: { app: app } }
              template:
                metadata: { labels: { app: app } }
                spec: { containers: [ { name: app, image: "registry.test/app:1" } ] }
            """;

    /// What tells when and how often, and from where: a hash of an object has its namespace in it.
    private static final Set<String> HISTORY =
            Set.of(
                    "creationTimestamp",
                    "deployment.kubernetes.io/revision",
                    "fairlead.dev/applied",
                    "generation",
                    "managedFields",
                    "observedGeneration",
                    "resourceVersion",
                    "status",
                    "uid",
                    "clusterIP",
                    "clusterIPs");

    @TempDir Path folder;
    private final Moving clock = new Moving();
    private Workbench bench;
    private TestCluster cluster;
    private String prefix;

    /// The machine's time, and as much later as a test wants.
    private static final class Moving extends Clock {
        private Duration ahead = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead);
        }
    }

    @BeforeEach
    void stand(TestCluster given) throws IOException {
        cluster = given;
        prefix = given.namespace() + "-" + Long.toString(System.nanoTime(), 36);
        bench = new Workbench(folder, Map.of("KUBECONFIG", given.kubeconfig().toString()), clock);
        bench.file("app.yaml.tpl", MANIFEST)
                .stack(
                        """
                        apiVersion: fairlead.dev/v1alpha1
                        kind: ServiceStack
                        metadata: { name: shop }
                        spec:
                          environments: { ai: { target: kubernetes, mode: prod, slots: 3, quota: { pods: 10, requests.cpu: 4 }, limits: { cpu: 100m, memory: 64Mi }, namespaceTemplate: "%s-{{ .Slot }}" } }
                          services: [ { name: app, deployGroup: internal, manifests: [ { path: app.yaml.tpl } ] } ]
                          orchestration: { cleanupPolicy: { keepLabel: example.com/mine } }
                        """
                                .formatted(prefix));
    }

    @AfterEach
    void fall() throws Exception {
        bench.engine.close();
        for (int slot = 0; slot <= 3; slot++) {
            cluster.kubectl(
                    "delete", "namespace", namespace(slot), "--wait=false", "--ignore-not-found");
        }
    }

    private String namespace(int slot) {
        return prefix + "-" + slot;
    }

    private SlotDesk desk() {
        return bench.engine.slots(bench.request(), Turn.AT_ONCE, bench.events::add);
    }

    private static Wish wish(String owner) {
        return new Wish(owner, "issue 7", Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Outcome up(int slot) {
        return bench.engine.apply(
                bench.engine.plan(bench.slot(slot)),
                new ApplyOptions("up", Turn.AT_ONCE, false),
                bench.events::add);
    }

    private boolean isThere(int slot) throws IOException, InterruptedException {
        return !cluster.kubectl(
                        "get", "namespace", namespace(slot), "--ignore-not-found", "-o", "name")
                .isBlank();
    }

    private String annotation(int slot, String name) throws IOException, InterruptedException {
        return cluster.kubectl(
                "get",
                "namespace",
                namespace(slot),
                "-o",
                "jsonpath={.metadata.annotations.fairlead\\.dev/" + name + "}");
    }

    @Test
    @Covers("SLOT-01")
    void eachOwnerHasASlotOfTheirOwnAndGetsItAgain() throws Exception {
        var ada = desk().take(wish("ada"));
        var bob = desk().take(wish("bob"));
        assertThat(List.of(ada.slot().number(), bob.slot().number())).containsExactly(1, 2);
        assertThat(ada.slot().state()).isEqualTo(SlotState.TAKEN);
        assertThat(isThere(1)).isFalse();
        assertThat(up(1)).isInstanceOf(Outcome.Ready.class);
        assertThat(up(2)).isInstanceOf(Outcome.Ready.class);
        bench.engine.touch(bench.slot(1), "logs -f");

        var again = desk().take(wish("ada"));
        assertThat(again.again()).isTrue();
        assertThat(again.slot().number()).isEqualTo(1);
        assertThat(again.slot().state()).isEqualTo(SlotState.READY);
        assertThat(desk().list()).extracting(one -> one.slot().number()).containsExactly(1, 2);
        assertThat(annotation(1, "owner")).isEqualTo("ada");
        assertThat(annotation(1, "purpose")).isEqualTo("issue 7");
        assertThat(annotation(1, "last-activity-why")).isEqualTo("slots take");
        assertThat(Instant.parse(annotation(1, "deletes-at")))
                .isEqualTo(Instant.parse(annotation(1, "last-activity")).plus(Duration.ofHours(8)));
        assertThat(
                        cluster.kubectl(
                                "-n",
                                namespace(2),
                                "get",
                                "configmap",
                                "app",
                                "-o",
                                "jsonpath={.data.slot}"))
                .isEqualTo("2");
        assertThat(
                        cluster.kubectl(
                                "-n",
                                namespace(2),
                                "get",
                                "quota,limits,networkpolicy",
                                "-o",
                                "name"))
                .contains(
                        "resourcequota/quota",
                        "limitrange/limits",
                        "networkpolicy.networking.k8s.io/default-deny",
                        "networkpolicy.networking.k8s.io/unit-app");
        // The same slot for a further round: nothing is done that is done.
        assertThat(bench.engine.plan(bench.slot(1)).plan().changes())
                .extracting(change -> change.action())
                .containsOnly(Action.KEEP);
    }

    /// Everything in both namespaces, but what controllers and the record of what was done make of a history.
    @Test
    @Covers("SLOT-01")
    void aReusedSlotEqualsAFreshOne() throws Exception {
        desk().take(wish("ada"));
        bench.file(
                "app.yaml.tpl",
                MANIFEST.replace("data: { slot", "data: { level: debug, slot")
                                .replace("registry.test/app:1", "registry.test/app:0")
                        + """
                        ---
                        apiVersion: v1
                        kind: Service
                        metadata: { name: old }
                        spec: { selector: { app: app }, ports: [ { port: 80 } ] }
                        """);
        assertThat(up(1)).isInstanceOf(Outcome.Ready.class);
        assertThat(scan(1)).contains("Service/old").contains("debug");

        bench.file("app.yaml.tpl", MANIFEST);
        assertThat(desk().take(wish("ada")).again()).isTrue();
        assertThat(up(1)).isInstanceOf(Outcome.Ready.class);
        desk().take(wish("bob"));
        assertThat(up(2)).isInstanceOf(Outcome.Ready.class);

        assertThat(scan(1)).contains("Deployment/app").isEqualTo(scan(2));
    }

    /// A line for each object, in which a slot's own number and namespace are the same for all slots.
    private String scan(int slot) throws IOException, InterruptedException {
        var kinds =
                cluster.kubectl("api-resources", "--namespaced", "--verbs=list", "-o", "name")
                        .lines()
                        .filter(kind ->
                                !kind.matches("(events|leases|replicasets|pods|endpoints).*"))
                        .toList();
        var listed =
                Json.readObject(
                        cluster.kubectl(
                                "-n",
                                namespace(slot),
                                "get",
                                String.join(",", kinds),
                                "-o",
                                "json"));
        var lines = new TreeSet<String>();
        for (var item : (List<?>) listed.get("items")) {
            var object = (Map<?, ?>) item;
            var name = ((Map<?, ?>) object.get("metadata")).get("name").toString();
            if (!name.startsWith("fairlead-")) {
                lines.add(object.get("kind") + "/" + name + " " + neutral(object, slot));
            }
        }
        return String.join("\n", lines);
    }

    private Object neutral(Object value, int slot) {
        return switch (value) {
            case Map<?, ?> map -> {
                var kept = new TreeMap<String, Object>();
                map.forEach((key, member) -> {
                    if (!HISTORY.contains(key.toString())) {
                        kept.put(key.toString(), neutral(member, slot));
                    }
                });
                yield kept;
            }
            case List<?> list -> list.stream().map(member -> neutral(member, slot)).toList();
            case null -> "null";
            case String text when text.equals(Integer.toString(slot)) -> "SLOT";
            case String text -> text.replace(namespace(slot), "NAMESPACE");
            default -> value;
        };
    }

    @Test
    void aReleasedSlotIsGoneWithEverythingAndTheOthersStay() throws Exception {
        desk().take(wish("ada"));
        desk().take(wish("bob"));
        up(1);
        up(2);
        cluster.kubectl("-n", namespace(1), "create", "configmap", "theirs");

        assertThat(desk().release(1, false)).isInstanceOf(Outcome.Ready.class);
        assertThat(isThere(1)).isFalse();
        assertThat(isThere(2)).isTrue();
        assertThat(desk().list()).extracting(one -> one.slot().number()).containsExactly(2);
        // The number is free, and a fresh one comes up as the first did.
        assertThat(desk().take(wish("eve")).slot().number()).isEqualTo(1);
        assertThat(up(1)).isInstanceOf(Outcome.Ready.class);
    }

    @Test
    void whatHoldsANamespaceIsNamedAndTheRemovalGoesOnAfterwards() throws Exception {
        desk().take(wish("ada"));
        up(1);
        cluster.kubectl("-n", namespace(1), "create", "configmap", "theirs");
        cluster.kubectl(
                "-n",
                namespace(1),
                "patch",
                "configmap",
                "theirs",
                "--type=merge",
                "-p",
                "{\"metadata\":{\"finalizers\":[\"example.com/block\"]}}");

        assertThatThrownBy(() -> desk().release(1, false))
                .isInstanceOf(ProblemException.class)
                .satisfies(e ->
                        assertThat(((ProblemException) e).problems().getFirst())
                                .asString()
                                .contains("NAMESPACE_STUCK", namespace(1), "example.com/block"))
                .satisfies(e ->
                        assertThat(((ProblemException) e).problems().getFirst().evidence())
                                .contains("ConfigMap/theirs is held by [example.com/block]"));
        assertThat(desk().require(1).state()).isEqualTo(SlotState.TERMINATING);
        assertThatThrownBy(() -> up(1))
                .hasMessageContaining("NAMESPACE_STUCK")
                .hasMessageContaining("is being deleted");

        cluster.kubectl(
                "-n",
                namespace(1),
                "patch",
                "configmap",
                "theirs",
                "--type=merge",
                "-p",
                "{\"metadata\":{\"finalizers\":null}}");
        assertThat(desk().collect(Optional.empty())).allMatch(Collected::gone);
        assertThat(isThere(1)).isFalse();
        assertThat(desk().list()).isEmpty();
    }

    @Test
    @Covers({"SLOT-02", "SLOT-03"})
    void anIdleSlotGoesAndAKeptOneStays() throws Exception {
        desk().take(wish("ada"));
        desk().take(wish("bob"));
        up(1);
        up(2);
        cluster.kubectl("label", "namespace", namespace(2), "example.com/mine=yes");
        clock.ahead = Duration.ofHours(7);
        assertThat(verdicts()).hasOnlyElementsOfType(Verdict.Stays.class);
        clock.ahead = Duration.ofHours(9);
        assertThat(verdicts().getFirst().why()).startsWith("idle for 9h, longer than 8h");
        assertThat(verdicts().get(1).why()).isEqualTo("it is kept by the label example.com/mine");
        assertThat(isThere(1)).isTrue(); // judged, not touched

        var done = desk().collect(Optional.empty());
        assertThat(done.getFirst().gone()).isTrue();
        assertThat(isThere(1)).isFalse();
        assertThat(isThere(2)).isTrue();
        // The next revise takes one anew, and it comes up afresh.
        assertThat(desk().take(wish("ada")).again()).isFalse();
        assertThat(up(1)).isInstanceOf(Outcome.Ready.class);
    }

    private List<Verdict> verdicts() {
        return desk().judged(Optional.empty()).stream().map(Collected::verdict).toList();
    }
}
