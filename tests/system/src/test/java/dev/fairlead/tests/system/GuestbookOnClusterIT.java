package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.TestRegistry;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.ApiRequests;
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
    private static final String ENTRY = "{\"author\":\"Ada\",\"text\":\"Hello\"}";
    private static final String ADDRESS = "jsonpath={.spec.clusterIP}";

    private static final String OBJECTS = "deployments,statefulsets,jobs,services,ingresses";

    private TestRegistry registry;
    private TestCluster cluster;
    private Sandbox sandbox;
    private Fairlead fairlead;

    @BeforeEach
    void prepare(TestCluster given) throws IOException, InterruptedException {
        registry = TestRegistry.start();
        given.pullsFrom(registry);
        // Fairlead makes the namespace.
        cluster =
                new TestCluster(
                        given.kubeconfig(),
                        given.program(),
                        given.namespace() + "-made",
                        given.auditLog());
        sandbox = Sandbox.guestbook();
        var bases = new BaseImages(registry, sandbox.base().resolve("bases"));
        sandbox.replace("services.yaml", "\"eclipse-temurin:25-jdk\"", bases.java());
        sandbox.replace("services.yaml", "\"postgres:{{ .Versions.postgres }}\"", bases.postgres());
        sandbox.replace(
                "services.yaml",
                "registry: registry.example.com",
                "mode: prod, namespaceTemplate: %s, registry: \"%s\""
                        .formatted(cluster.namespace(), registry.host()));
        cluster.kubectlApply(
                """
                apiVersion: storage.k8s.io/v1
                kind: StorageClass
                metadata: { name: %s }
                provisioner: kubernetes.io/host-path
                """
                        .formatted(cluster.namespace()));
        sandbox.replace(
                "deploy/base/postgres.yaml.tpl",
                "accessModes:",
                "storageClassName: " + cluster.namespace() + "\n        accessModes:");
        fairlead = sandbox.fairlead().with("KUBECONFIG", given.kubeconfig().toString());
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        if (cluster != null) {
            cluster.kubectl("delete", "storageclass", cluster.namespace(), "--ignore-not-found");
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
    void itIsBuiltDeployedUsedUpdatedAndRemoved() throws Exception {
        fairlead.done("up", "-e", "staging", "--detach");

        var page = "http://" + cluster.kubectl("get", "service", "web", "-o", ADDRESS);
        Await.until(
                "an entry can be written",
                Duration.ofMinutes(3),
                () -> Http.post(page + "/api/entries", ENTRY).statusCode() == 201);
        assertThat(Http.fetch(page + "/api/entries").body()).contains("Hello");

        var requests = new ApiRequests(cluster);
        var written = requests.writes();
        assertThat(written).contains("deployments/api", "statefulsets/postgres");
        fairlead.done("up", "-e", "staging", "--detach");
        assertThat(requests.writes()).as("nothing changed").isEqualTo(written);

        sandbox.replace("services/frontend/web/src/Web.java", "// The page:", "// The very page:");
        var plan = fairlead.done("plan", "-e", "staging").out();
        assertThat(plan).contains("/web:in-").contains("1 image to make");
        assertThat(plan).as("only the page changes").contains("1 to update");
        fairlead.done("up", "-e", "staging", "--detach");
        Await.until(
                "the new page has the old entry",
                Duration.ofMinutes(3),
                () -> Http.fetch(page + "/api/entries").body().contains("Hello"));

        fairlead.done("down", "-e", "staging", "--volumes", "--yes");
        assertThat(cluster.kubectl("get", OBJECTS, "-o", "name")).isEmpty();
    }
}
