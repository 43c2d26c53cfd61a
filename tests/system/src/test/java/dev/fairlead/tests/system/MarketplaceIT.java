package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Http;
import dev.fairlead.tests.system.world.MavenOnPath;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.nio.file.Files;
import java.time.Duration;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The example for whoever runs a platform, without a cluster: what it says in each environment, and all of it on this
/// machine.
class MarketplaceIT {
    private static final Duration LONG = Duration.ofMinutes(4);

    private static Sandbox sandbox;
    private static Fairlead fairlead;

    @BeforeAll
    static void copy() throws Exception {
        sandbox = Sandbox.example("marketplace");
        fairlead = MavenOnPath.of(sandbox, sandbox.fairlead());
    }

    @AfterAll
    static void remove() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "branch", "preview", "staging", "production"})
    @Covers({"DEP-04", "DEP-05", "DOC-02"})
    void eachEnvironmentIsValid(String environment) {
        var said = fairlead.done("validate", "-e", environment).all();
        assertThat(said).matches("marketplace/%s: 1\\d units, no errors\n".formatted(environment));
        fairlead.done("render", "-e", environment);
    }

    @Test
    @Covers({"TPL-01", "DEP-01"})
    void stagingIsThirtySixObjectsOfElevenServicesInAllFiveStages() {
        var json = fairlead.done("render", "-e", "staging", "-o", "json").json();
        var kinds = new TreeMap<String, Integer>();
        for (var object : Status.objects(json.get("objects"))) {
            kinds.merge(String.valueOf(object.get("kind")), 1, Integer::sum);
        }
        assertThat(kinds)
                .hasToString(
                        "{Deployment=11, HorizontalPodAutoscaler=1, Ingress=2, Job=1, LimitRange=1, PersistentVolumeClaim=1, PodDisruptionBudget=1, ResourceQuota=1, Secret=5, Service=11, StatefulSet=1}");
        assertThat(kinds.values().stream().mapToInt(count -> count).sum()).isEqualTo(36);
        var text = fairlead.done("render", "-e", "staging").out();
        assertThat(text).contains("app.kubernetes.io/component: internal");
    }

    @Test
    @Covers({"DEP-01", "DEP-02", "PAR-01", "PAR-02"})
    void allOfItRunsOnThisMachine() throws Exception {
        fairlead.done("up", "--detach");
        try {
            var status = Status.of(fairlead);
            assertThat(status.allReady()).isTrue();
            var gateway = status.url("gateway");
            var order =
                    Http.post(
                            gateway + "/api/orders/orders", "{\"product\": 2, \"buyer\": \"Ada\"}");
            assertThat(order.statusCode()).as(order.body()).isEqualTo(201);
            assertThat(Http.fetch(gateway + "/api/search/search?q=LAN").body()).contains("Lantern");
            assertThat(Http.fetch(gateway + "/").body()).contains("<h1>Marketplace</h1>");
            var letter =
                    sandbox.folder().resolve("services/internal/mailer/build/outbox/order-1.txt");
            Await.until("the letter", LONG, () -> Files.readString(letter).startsWith("Dear Ada"));

            sandbox.replace(
                    "services/frontend/shop/public/index.html", "<h1>Marketplace", "<h1>Bazaar");
            assertThat(Http.fetch(gateway + "/").body()).contains("<h1>Bazaar</h1>");
        } finally {
            fairlead.done("down", "--volumes");
        }
    }
}
