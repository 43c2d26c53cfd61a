package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fairlead.testcluster.NodeVolume;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.TestRegistry;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import dev.fairlead.tests.system.world.ApiRequests;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.BaseImages;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Http;
import dev.fairlead.tests.system.world.MavenOnPath;
import dev.fairlead.tests.system.world.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The life of a real stack on a real node, in a slot: eleven services in five stages, from images that Fairlead makes. Each
/// test goes on where the one before it ended.
@WithCluster(pods = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MarketplaceOnClusterIT {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final List<String> STAGES =
            List.of("stateful", "migrations", "internal", "edge", "frontend");
    private static final List<String> INTERNAL =
            List.of("catalog", "mailer", "orders", "payments", "search", "stock");
    private static final List<List<String>> WAVES =
            List.of(
                    List.of("statefulsets/postgres"),
                    List.of("jobs/orders-db"),
                    INTERNAL.stream().map("deployments/"::concat).toList(),
                    List.of("deployments/gateway", "deployments/hooks"),
                    List.of("deployments/shop", "deployments/backoffice", "deployments/docs"));
    private static final String START = "void main() throws Exception {\n";
    private static final String PAYMENTS = "services/internal/payments/src/Main.java";

    private static TestRegistry registry;
    private static TestCluster slot;
    private static NodeVolume volumes;
    private static String project;
    private static Sandbox sandbox;
    private static Fairlead fairlead;
    private static boolean works;

    @BeforeAll
    static void up(TestCluster given) throws Exception {
        registry = TestRegistry.start();
        given.pullsFrom(registry);
        volumes = NodeVolume.make(given, given.namespace(), 2);
        project = given.namespace();
        slot =
                new TestCluster(
                        given.kubeconfig(),
                        given.program(),
                        project + "-preview-1",
                        given.auditLog());
        sandbox = Sandbox.example("marketplace");
        var bases = new BaseImages(registry);
        sandbox.replace("services.yaml", "name: marketplace }", "name: " + project + " }");
        sandbox.replace("services.yaml", "\"eclipse-temurin:25-jdk\"", bases.java());
        sandbox.replace("services.yaml", "\"busybox:1.37\"", bases.busybox());
        sandbox.replace("services.yaml", "\"postgres:{{ .Versions.postgres }}\"", bases.postgres());
        sandbox.replace("services.yaml", "storageClass: \"\"", "storageClass: " + project);
        fairlead =
                MavenOnPath.of(sandbox, sandbox.fairlead())
                        .with("KUBECONFIG", given.kubeconfig().toString())
                        .with("MARKETPLACE_REGISTRY", registry.host())
                        .with("FAIRLEAD_ENV", "preview");
    }

    @AfterAll
    static void end() throws Exception {
        if (slot != null) {
            slot.kubectl(
                    "delete",
                    "namespace",
                    slot.namespace(),
                    project + "-preview",
                    "--wait=false",
                    "--ignore-not-found");
        }
        if (sandbox != null) {
            sandbox.close();
        }
        if (volumes != null) {
            volumes.remove();
        }
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    @Order(1)
    @Covers({"CP-03", "DEP-01", "DEP-02", "DEP-03", "MIG-05", "SLOT-01"})
    void itComesUpStageByStageAndWorks() throws Exception {
        fairlead.done("slots", "take", "--purpose", "pull 7", "--up");

        var order = new ArrayList<String>();
        for (var event : slotted("events", "-o", "json").jsonLines()) {
            if (List.of("started", "ready").contains(String.valueOf(event.get("kind")))
                    && event.containsKey("stage")) {
                order.add(event.get("kind") + " " + event.get("stage"));
            }
        }
        for (int i = 1; i < STAGES.size(); i++) {
            assertThat(order.lastIndexOf("ready " + STAGES.get(i - 1)))
                    .as("%s in %s", STAGES.get(i), order)
                    .isNotNegative()
                    .isLessThan(order.indexOf("started " + STAGES.get(i)));
        }
        inWaves(written(), WAVES);

        assertThat(buy("Ada")).isEqualTo(201);
        assertThat(Http.fetch(gateway() + "/api/orders/orders").body()).contains("Ada");
        assertThat(Http.fetch(gateway() + "/api/search/search?q=LAN").body()).contains("Lantern");
        assertThat(Http.fetch(gateway() + "/").body()).contains("<h1>Marketplace</h1>");
        Await.until(
                "a letter on the mailer's volume",
                LONG,
                () -> slotted("logs", "mailer").out().contains("wrote order-1.txt"));
        works = true;
    }

    /// The API server's own log has the writes of each wave after those of the one before it.
    private static void inWaves(List<String> written, List<List<String>> waves) {
        int last = -1;
        for (var wave : waves) {
            assertThat(written).containsAll(wave);
            var places = wave.stream().mapToInt(written::indexOf).summaryStatistics();
            assertThat(places.getMin()).as("%s in %s", wave, written).isGreaterThan(last);
            last = places.getMax();
        }
    }

    @Test
    @Order(2)
    @Covers({"DEP-05", "CP-03"})
    void nothingIsWrittenWhereNothingChangedAndOneObjectWhereOneDid() throws Exception {
        assumeThat(works).isTrue();
        Await.until(
                "the autoscaler's second gateway", LONG, () -> replicas().contains("gateway=2"));
        var before = written();
        slotted("up", "--detach");
        assertThat(written()).as("nothing changed").isEqualTo(before);

        sandbox.replace("services/internal/search/src/Main.java", "// Finds", "// Finds at once");
        assertThat(slotted("plan").out()).contains("1 image to make").contains("1 to update");
        slotted("up", "--detach");
        var now = written();
        assertThat(now.subList(before.size(), now.size())).containsExactly("deployments/search");
    }

    /// What was written to objects of the stack: not to the slot's ledger and times, nor to the record.
    private static List<String> written() throws IOException {
        return new ApiRequests(slot)
                .writes().stream()
                        .filter(write -> !write.matches("(namespaces/.*|.*/fairlead-.*)"))
                        .toList();
    }

    @Test
    @Order(3)
    @Covers({"DEP-02"})
    void aBrokenServiceIsExplainedAndTheStackGoesBack() throws Exception {
        assumeThat(works).isTrue();
        sandbox.replace(
                PAYMENTS,
                START,
                START + "    IO.println(\"no contract with the bank\"); System.exit(3);\n");
        run("up", "--detach").expect(4);
        var why = run("explain", "payments").all();
        assertThat(why)
                .contains("CRASH_LOOP", "again and again with 3", "no contract with the bank");
        assertThat(buy("Grace")).as("the former pod goes on").isEqualTo(201);

        slotted("rollback", "--yes");
        assertThat(slotted("status").out()).contains("ready").doesNotContain("failed");
        sandbox.replace(
                PAYMENTS, "    IO.println(\"no contract with the bank\"); System.exit(3);\n", "");
        slotted("plan", "--exit-code");
    }

    @Test
    @Order(4)
    @Covers({"SLOT-02", "SLOT-03"})
    void itSleepsAndWakesWithWhatItHad() throws Exception {
        assumeThat(works).isTrue();
        var awake = replicas();
        assertThat(awake).contains("gateway=2", "postgres=1");
        fairlead.done("slots", "sleep", "1");
        assertThat(replicas()).doesNotContainPattern("=[1-9]");
        Await.until("no pod runs", LONG, () -> running().isEmpty());
        assertThat(run("status").out()).contains("sleeping");

        int before = written().size();
        fairlead.done("slots", "wake", "1");
        var written = written();
        var stood = new ArrayList<>(WAVES);
        stood.remove(1); // the Job has done its work
        inWaves(written.subList(before, written.size()), stood);
        assertThat(replicas()).isEqualTo(awake);
        assertThat(Http.fetch(gateway() + "/api/orders/orders").body()).contains("Ada", "Grace");
        if (Scale.of(2) == 2) {
            itsDatabaseIsLostMeanwhile();
        }
    }

    /// The Job ended long ago, and what it did is gone: it is made anew before anybody starts on it.
    private static void itsDatabaseIsLostMeanwhile() throws Exception {
        fairlead.done("slots", "sleep", "1");
        Await.until("no pod runs", LONG, () -> running().isEmpty());
        volumes.cluster()
                .kubectl(
                        "exec",
                        "disk",
                        "--",
                        "sh",
                        "-c",
                        "rm -rf /disk/" + volumes.name() + "-*/orders");
        var woken = fairlead.done("slots", "wake", "1");
        assertThat(woken.all()).contains("orders-db", "runs again");
        assertThat(buy("Lin")).isEqualTo(201);
        assertThat(Http.fetch(gateway() + "/api/orders/orders").body())
                .contains("Lin")
                .doesNotContain("Ada");
    }

    @Test
    @Order(5)
    @Covers({"SLOT-02"})
    void releasedNothingOfItIsLeft() throws Exception {
        assumeThat(works).isTrue();
        fairlead.done("slots", "release", "1", "--yes");
        assertThat(slot.kubectl("get", "namespace", slot.namespace(), "--ignore-not-found"))
                .isEmpty();
        assertThat(
                        slot.kubectl(
                                "get",
                                "pv",
                                "-o",
                                "jsonpath={.items[?(@.spec.claimRef.namespace=='%s')].status.phase}"
                                        .formatted(slot.namespace())))
                .doesNotContain("Bound");
    }

    private static Fairlead.Result run(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--slot", "1"));
        return fairlead.run(all.toArray(String[]::new));
    }

    private static Fairlead.Result slotted(String... words) {
        return run(words).expect(0);
    }

    private static int buy(String buyer) throws IOException, InterruptedException {
        var order = "{\"product\": 2, \"buyer\": \"%s\"}".formatted(buyer);
        return Http.post(gateway() + "/api/orders/orders", order).statusCode();
    }

    private static String gateway() throws IOException, InterruptedException {
        return "http://"
                + slot.kubectl(
                        "get",
                        "service",
                        "gateway",
                        "-o",
                        "jsonpath={.spec.clusterIP}:{.spec.ports[0].port}");
    }

    private static String running() throws IOException, InterruptedException {
        return slot.kubectl(
                "get", "pods", "--field-selector", "status.phase!=Succeeded", "-o", "name");
    }

    /// `catalog=1 gateway=2 …`
    private static String replicas() throws IOException, InterruptedException {
        return slot.kubectl(
                "get",
                "deployments,statefulsets",
                "-o",
                "jsonpath={range .items[*]}{.metadata.name}={.spec.replicas} {end}");
    }
}
