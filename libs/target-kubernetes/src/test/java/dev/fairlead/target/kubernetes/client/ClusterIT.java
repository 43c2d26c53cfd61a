package dev.fairlead.target.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.target.kubernetes.access.Kubeconfig;
import dev.fairlead.target.kubernetes.discovery.ApiResource;
import dev.fairlead.target.kubernetes.tree.Trees;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Objects against a real API server.
@WithCluster
class ClusterIT {
    @TempDir private Path cache;

    private TestCluster real;
    private Cluster cluster;
    private ApiResource configMaps;

    @BeforeEach
    void connect(TestCluster given) throws InterruptedException {
        real = given;
        cluster = connected();
        configMaps = cluster.discovery().require("v1", "ConfigMap");
    }

    private Cluster connected() {
        var access =
                Kubeconfig.read(
                                Map.of("KUBECONFIG", real.kubeconfig().toString()),
                                Clock.systemUTC())
                        .access(Optional.empty());
        return Cluster.connect(
                access, ClusterSettings.of(Ticker.SYSTEM, Clock.systemUTC()).cachedIn(cache));
    }

    @AfterEach
    void disconnect() {
        cluster.close();
    }

    private ObjectAddress map(String name) {
        return ObjectAddress.of(configMaps, real.namespace(), name);
    }

    private static Map<String, Object> tree(String name, Map<String, ?> data) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", name),
                "data",
                data);
    }

    @Test
    void anAppliedObjectIsThereAndAppliedAgainChangesNothing() throws InterruptedException {
        var first = cluster.apply(map("a"), tree("a", Map.of("x", "1")), ApplyMode.WRITE).orThrow();
        var again = cluster.apply(map("a"), tree("a", Map.of("x", "1")), ApplyMode.WRITE).orThrow();
        assertThat(Cluster.same(first, again)).isTrue();
        assertThat(cluster.find(map("a")))
                .hasValueSatisfying(
                        found -> assertThat(Trees.map(found, "data")).containsEntry("x", "1"));
        assertThat(cluster.find(map("b"))).isEmpty();
        assertThat(cluster.traffic().writes()).isEqualTo(2);
    }

    @Test
    @Covers("DEP-05")
    void aDryRunWritesNothingAndIsNoWrite() throws InterruptedException {
        var answer = cluster.apply(map("dry"), tree("dry", Map.of("x", "1")), ApplyMode.DRY_RUN);
        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(cluster.find(map("dry"))).isEmpty();
        assertThat(cluster.traffic().writes()).isZero();
    }

    @Test
    void aFieldOfAnotherManagerIsAConflictThatNamesBoth() throws Exception {
        real.kubectlApply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: shared}, data: {x: theirs}}",
                "--server-side");
        var ours = tree("shared", Map.of("x", "ours"));
        var answer = (Answer.Refused) cluster.apply(map("shared"), ours, ApplyMode.WRITE);
        assertThat(answer.refusal().conflicts())
                .singleElement()
                .satisfies(conflict -> {
                    assertThat(conflict.field()).isEqualTo(".data.x");
                    assertThat(conflict.manager()).isEqualTo("kubectl");
                });
        assertThat(answer.refusal().stale()).isFalse();
        cluster.apply(map("shared"), ours, ApplyMode.WRITE.forcing()).orThrow();
    }

    @Test
    void anOldStateIsNotOverwritten() throws InterruptedException {
        var first = cluster.create(map("cas"), tree("cas", Map.of("n", "1"))).orThrow();
        cluster.replace(map("cas"), withData(first, "2")).orThrow();
        var late = (Answer.Refused) cluster.replace(map("cas"), withData(first, "3"));
        assertThat(late.refusal().stale()).isTrue();
        var twice = (Answer.Refused) cluster.create(map("cas"), tree("cas", Map.of()));
        assertThat(twice.refusal().alreadyExists()).isTrue();
        var old = (Answer.Refused) cluster.delete(map("cas"), Removal.of(first));
        assertThat(old.refusal().stale()).isTrue();
        cluster.delete(map("cas"), Removal.of(first).whateverChanged()).orThrow();
        assertThat(cluster.find(map("cas"))).isEmpty();
    }

    private static Map<String, Object> withData(Map<String, Object> object, String n) {
        var changed = new java.util.LinkedHashMap<>(object);
        changed.put("data", Map.of("n", n));
        return changed;
    }

    @Test
    void aListHasAllPagesAndSaysWhatItsObjectsAre() throws InterruptedException {
        var made = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 503; i++) { // a page has 500
            var name = "page-" + i;
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    cluster.create(map(name), tree(name, Map.of())).orThrow();
                                    made.incrementAndGet();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(made).hasValue(503);
        var all = cluster.list(Selection.of(configMaps).in(real.namespace()));
        assertThat(all.objects()).hasSizeGreaterThanOrEqualTo(503);
        assertThat(all.objects())
                .allSatisfy(object -> assertThat(Trees.text(object, "kind")).hasValue("ConfigMap"));
        var one =
                cluster.list(
                        Selection.of(configMaps)
                                .in(real.namespace())
                                .where("metadata.name=page-7")
                                .onlyMetadata());
        assertThat(one.objects())
                .singleElement()
                .satisfies(object -> assertThat(object).doesNotContainKey("data"));
    }

    @Test
    @Covers("DEP-04")
    void aFieldThatIsInvalidIsNamedAndASecretInItIsNot() throws InterruptedException {
        var secrets = cluster.discovery().require("v1", "Secret");
        var address = ObjectAddress.of(secrets, real.namespace(), "wrong");
        var tree =
                Map.of(
                        "apiVersion", "v1",
                        "kind", "Secret",
                        "metadata", Map.of("name", "wrong"),
                        "type", Marked.secret("kind-of-secret", "kubernetes.io/tls"),
                        "stringData", Map.of("a", "b"));
        var refused = (Answer.Refused) cluster.apply(address, tree, ApplyMode.WRITE);
        assertThat(refused.refusal().invalid()).isTrue();
        assertThat(refused.refusal().faults())
                .anySatisfy(fault -> assertThat(fault.field()).startsWith("data[tls"));
        var unknown = tree("odd", Map.of("x", "1"));
        var odd = new java.util.LinkedHashMap<>(unknown);
        odd.put("dta", Marked.secret("pw", "hunter22"));
        var strict = (Answer.Refused) cluster.apply(map("odd"), odd, ApplyMode.WRITE);
        assertThat(strict.refusal().problem().toString())
                .contains("dta")
                .doesNotContain("hunter22");
    }

    @Test
    void theKindsOfAServerAreKeptAndANewKindIsFoundAtOnce() throws Exception {
        cluster.discovery().list();
        long asked = cluster.traffic().requests();
        try (var second = connected()) {
            assertThat(second.discovery().require("apps/v1", "Deployment").can("patch")).isTrue();
            assertThat(second.traffic().requests()).isEqualTo(1).isLessThan(asked);
        }
        assertThatThrownBy(() -> cluster.discovery().require("example.com/v1", "Boat"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("KIND_UNKNOWN");
        var definitions =
                cluster.discovery().require("apiextensions.k8s.io/v1", "CustomResourceDefinition");
        var boats = ObjectAddress.of(definitions, "", "boats.example.com");
        var made = cluster.apply(boats, boatDefinition(), ApplyMode.WRITE).orThrow();
        try {
            var found = Optional.<ApiResource>empty();
            for (int i = 0; i < 200 && found.isEmpty(); i++) {
                found = cluster.discovery().find("example.com/v1", "Boat");
                Ticker.SYSTEM.pause(java.time.Duration.ofMillis(100));
            }
            assertThat(found).hasValueSatisfying(boat -> assertThat(boat.namespaced()).isTrue());
        } finally {
            cluster.delete(boats, Removal.of(made).whateverChanged()).orThrow();
        }
    }

    private static Map<String, Object> boatDefinition() {
        return Map.of(
                "apiVersion",
                "apiextensions.k8s.io/v1",
                "kind",
                "CustomResourceDefinition",
                "metadata",
                Map.of("name", "boats.example.com"),
                "spec",
                Map.of(
                        "group",
                        "example.com",
                        "scope",
                        "Namespaced",
                        "names",
                        Map.of("plural", "boats", "kind", "Boat"),
                        "versions",
                        List.of(
                                Map.of(
                                        "name",
                                        "v1",
                                        "served",
                                        true,
                                        "storage",
                                        true,
                                        "schema",
                                        Map.of("openAPIV3Schema", Map.of("type", "object"))))));
    }

    @Test
    @Covers("DEP-04")
    void whoMayNotIsToldWhichRightIsMissing() throws Exception {
        real.kubectl("create", "serviceaccount", "reader");
        real.kubectl("create", "role", "reader", "--verb=get,list", "--resource=configmaps");
        real.kubectl(
                "create",
                "rolebinding",
                "reader",
                "--role=reader",
                "--serviceaccount=" + real.namespace() + ":reader");
        var file = cache.resolve("reader.kubeconfig");
        var token = real.kubectl("create", "token", "reader");
        Files.writeString(
                file,
                Files.readString(real.kubeconfig())
                        .replaceAll(
                                "user: \\{client-certificate.*", "user: {token: " + token + "}}]"));
        var access =
                Kubeconfig.read(Map.of("KUBECONFIG", file.toString()), Clock.systemUTC())
                        .access(Optional.empty());
        try (var reader =
                Cluster.connect(access, ClusterSettings.of(Ticker.SYSTEM, Clock.systemUTC()))) {
            assertThat(reader.find(map("nothing"))).isEmpty();
            assertThat(reader.rights().allowed("get", map("x"))).isTrue();
            assertThat(reader.rights().allowed("patch", map("x"))).isFalse();
            assertThat(reader.rights().rules(real.namespace()))
                    .hasValueSatisfying(rules -> {
                        assertThat(rules).anyMatch(rule -> rule.allows("list", map("x")));
                        assertThat(rules).noneMatch(rule -> rule.allows("delete", map("x")));
                    });
            var refused =
                    (Answer.Refused) reader.apply(map("x"), tree("x", Map.of()), ApplyMode.WRITE);
            assertThat(refused.refusal().problem().toString())
                    .contains(
                            "RIGHT_MISSING",
                            "may not patch configmaps in the namespace",
                            "verb \"patch\"");
            assertThat(reader.traffic().writes()).isEqualTo(1);
        }
    }
}
