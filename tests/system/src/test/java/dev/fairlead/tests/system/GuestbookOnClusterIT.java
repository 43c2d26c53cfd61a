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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The guestbook on a real node, with images that Fairlead builds: the same file as on local.
@WithCluster(pods = true)
class GuestbookOnClusterIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String FOLDER = "services/internal/api/cmd/cli/migrations";

    /// Slow enough to be killed in the middle; run twice, it would leave two entries.
    private static final String GREETING =
            """
            -- +goose Up
            INSERT INTO entry (author, text) VALUES ('Fairlead', 'by the Job');
            SELECT pg_sleep(5);

            -- +goose Down
            DELETE FROM entry WHERE text = 'by the Job';
            """;

    private static final String OBJECTS = "deployments,statefulsets,jobs,services,ingresses";

    private static TestRegistry registry;
    private static TestCluster cluster;
    private static Sandbox sandbox;
    private static Fairlead fairlead;

    @BeforeAll
    static void up(TestCluster given) throws IOException, InterruptedException {
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
        var bases = new BaseImages(registry);
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
        fairlead.done("up", "-e", "staging", "--detach");
    }

    @AfterAll
    static void down() throws IOException, InterruptedException {
        try {
            if (fairlead != null) {
                fairlead.done("down", "-e", "staging", "--volumes", "--yes");
                assertThat(cluster.kubectl("get", OBJECTS, "-o", "name")).isEmpty();
            }
        } finally {
            end();
        }
    }

    private static void end() throws IOException, InterruptedException {
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
    void itIsUsedAndUpdated() throws Exception {
        write("Ada", "Hello");
        assertThat(entries()).contains("Hello");

        var requests = new ApiRequests(cluster);
        var written = requests.writes();
        assertThat(written)
                .contains("deployments/api", "statefulsets/postgres", "jobs/guestbook-db");
        fairlead.done("up", "-e", "staging", "--detach");
        assertThat(requests.writes()).as("nothing changed").isEqualTo(written);

        sandbox.replace("services/frontend/web/src/Web.java", "// The page:", "// The very page:");
        var plan = fairlead.done("plan", "-e", "staging").out();
        assertThat(plan).contains("/web:in-").contains("1 image to make");
        assertThat(plan).as("only the page changes").contains("1 to update");
        fairlead.done("up", "-e", "staging", "--detach");
        Await.until("the new page has the old entry", LONG, () -> entries().contains("Hello"));
    }

    /// What a database lacks is waited for in the pod; two deploys that bring it make one Job of it, also when its pod is
    /// killed meanwhile.
    @Test
    @Covers({"MIG-03", "MIG-04", "MIG-05", "MIG-07"})
    void aPodWaitsForItsSchemaAndOneJobBringsIt() throws Exception {
        fairlead.done("migrate", "down", "-e", "staging", "--steps", "1", "--yes");
        cluster.kubectl("delete", running("worker"), "--wait=false");
        Await.until(
                "explain names the schema",
                LONG,
                () -> {
                    var why = fairlead.run("explain", "worker", "-e", "staging").all();
                    return why.contains("waits for the schema of guestbook-db")
                            && why.contains("has not run");
                });

        sandbox.write(FOLDER + "/0003_greeting.sql", GREETING);
        var plan = fairlead.done("plan", "-e", "staging").out();
        assertThat(plan).contains("guestbook-db.sql.3", "Job/guestbook-db recreate");
        var one = fairlead.start("up", "-e", "staging", "--detach");
        var other = fairlead.start("up", "-e", "staging", "--detach");
        Await.until("the Job is at work", LONG, () -> !running("guestbook-db").isEmpty());
        cluster.kubectl("delete", running("guestbook-db"), "--grace-period=0", "--force");
        assertThat(one.await().exit()).isIn(0, 4, 5);
        assertThat(other.await().exit()).isIn(0, 4, 5);
        fairlead.done("up", "-e", "staging", "--detach");

        Await.until("the step ran", LONG, () -> entries().contains("by the Job"));
        assertThat(entries().split("by the Job", -1)).as("and ran once").hasSize(2);
        assertThat(cluster.kubectl("get", "jobs", "-o", "name"))
                .isEqualTo("job.batch/guestbook-db");
        Await.until("the pod goes on", LONG, () -> !running("worker").isEmpty());
        assertThat(fairlead.done("plan", "-e", "staging").out()).startsWith("No change");
    }

    /// It has another address and nothing in it: a pod that waits says so, and the next deploy brings what the Job brought
    /// long ago.
    @Test
    @Covers({"MIG-05", "MIG-07"})
    void aDatabaseThatWasMadeAnewIsMigratedAgain() throws Exception {
        var data = "/var/lib/postgresql/data/guestbook";
        cluster.kubectl("exec", "postgres-0", "--", "busybox", "rm", "-rf", data);
        cluster.kubectl("delete", "pod", "postgres-0", "--grace-period=0", "--force");
        cluster.kubectl("delete", running("worker"), "--wait=false");
        Await.until(
                "explain names the schema",
                LONG,
                () -> {
                    var why = fairlead.run("explain", "worker", "-e", "staging").all();
                    return why.contains("waits for the schema of guestbook-db")
                            && why.contains("has not run");
                });

        fairlead.done("up", "-e", "staging", "--detach");
        write("Ada", "Hello again");
        Await.until("the pod goes on", LONG, () -> !running("worker").isEmpty());
        assertThat(fairlead.done("plan", "-e", "staging").out()).startsWith("No change");
    }

    private static void write(String author, String text) {
        var entry = "{\"author\":\"%s\",\"text\":\"%s\"}".formatted(author, text);
        Await.until(
                "an entry can be written",
                LONG,
                () -> Http.post(page() + "/api/entries", entry).statusCode() == 201);
    }

    private static String entries() throws IOException, InterruptedException {
        return Http.fetch(page() + "/api/entries").body();
    }

    private static String page() throws IOException, InterruptedException {
        return "http://"
                + cluster.kubectl("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
    }

    /// The running pods of a unit, as kubectl names them.
    private static String running(String unit) throws IOException, InterruptedException {
        return cluster.kubectl(
                "get",
                "pods",
                "-l",
                "fairlead.dev/unit=" + unit,
                "--field-selector",
                "status.phase=Running",
                "-o",
                "name");
    }
}
