package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.TestRegistry;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.BaseImages;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Http;
import dev.fairlead.tests.system.world.Sandbox;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The guestbook on a real node, with images that Fairlead builds: the same file as on local.
@WithCluster(pods = true)
class GuestbookOnClusterIT {
    private TestRegistry registry;
    private TestCluster cluster;
    private Sandbox sandbox;
    private Fairlead fairlead;

    @BeforeEach
    void prepare(TestCluster given) throws IOException, InterruptedException {
        registry = TestRegistry.start();
        given.pullsFrom(registry);
        cluster = given.fresh("guestbook");
        sandbox = Sandbox.guestbook();
        var bases = new BaseImages(registry, sandbox.base().resolve("bases"));
        sandbox.replace("services.yaml", "\"eclipse-temurin:25-jdk\"", bases.java());
        sandbox.replace("services.yaml", "\"postgres:{{ .Versions.postgres }}\"", bases.postgres());
        sandbox.replace(
                "services.yaml",
                "registry: registry.example.com",
                "mode: prod, namespaceTemplate: %s, registry: \"%s\""
                        .formatted(cluster.namespace(), registry.host()));
        fairlead = sandbox.fairlead().with("KUBECONFIG", given.kubeconfig().toString());
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        if (cluster != null) {
            cluster.abandon();
        }
        if (sandbox != null) {
            sandbox.close();
        }
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    @Covers({"CP-03", "DEP-01", "DEP-02", "DEP-03", "MIG-05"})
    void itIsBuiltDeployedUsedAndUpdated() throws Exception {
        fairlead.done("up", "-e", "staging", "--detach");

        var page = "http://" + address("web");
        Await.until(
                "an entry can be written",
                Duration.ofMinutes(3),
                () ->
                        Http.post(page + "/api/entries", "{\"author\":\"Ada\",\"text\":\"Hello\"}")
                                        .statusCode()
                                == 201);
        assertThat(Http.fetch(page + "/api/entries").body()).contains("Hello");
        assertThat(fairlead.done("plan", "-e", "staging").out()).startsWith("No change");

        sandbox.replace("services/frontend/web/src/Web.java", "// The page:", "// The very page:");
        var plan = fairlead.done("plan", "-e", "staging").out();
        assertThat(plan).contains("/web:in-").contains("1 image to make");
        assertThat(plan).as("only the page changes").contains("1 to update");
        fairlead.done("up", "-e", "staging", "--detach");
        assertThat(Http.fetch("http://" + address("web") + "/api/entries").body())
                .contains("Hello");
    }

    private String address(String service) throws IOException, InterruptedException {
        return cluster.kubectl("get", "service", service, "-o", "jsonpath={.spec.clusterIP}");
    }
}
