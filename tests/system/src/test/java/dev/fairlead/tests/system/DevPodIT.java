package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.testcluster.NodeVolume;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.TestRegistry;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Http;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.ToolImage;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Mode dev on a node: a Java service runs its `dev` block on the workspace, and an edit is served without an image.
@WithCluster(pods = true)
class DevPodIT {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Pattern LOCAL = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

    private static final String STACK =
            """
            environments: { k: { target: kubernetes, mode: dev, namespaceTemplate: NAMESPACE, registry: "REGISTRY" } }
            IMAGES
            workspace:
              size: 1Gi
              storageClass: NAMESPACE
              owner: { uid: 1000, gid: 1000 }
              grants: [ { unit: api, path: api/build, access: rw } ]
            services:
              - name: api
                deployGroup: internal
                path: api
                image: fairlead
                run:
                  command: [ JAVAjava, src/Api.java ]
                  env: { PORT: "{{ .Ports.http }}", GREETING: hello }
                  ports: { http: auto }
                  ready: { http: { port: http, path: / }, timeout: 4m }
                  stop: { grace: 1s }
                dev:
                  watch: [ "src/**/*.java" ]
                  build: [ JAVAjavac, -d, build, src/Api.java ]
                  command: [ JAVAjava, -Xmx32m, -XX:+UseSerialGC, -cp, build, Api ]
            orchestration: { readinessTimeout: 4m }
            """;

    private static TestRegistry registry;
    private static Sandbox sandbox;
    private static Fairlead fairlead;
    private static TestCluster cluster;
    private static NodeVolume volume;
    private static String namespace;

    @BeforeAll
    static void up(TestCluster given) throws Exception {
        cluster = given;
        registry = TestRegistry.start();
        given.pullsFrom(registry);
        namespace = given.namespace() + "-dev";
        volume = NodeVolume.make(given, namespace);
        sandbox = Sandbox.of("");
        ToolImage.into(sandbox);
        sandbox.write(
                "services.yaml",
                Sandbox.stack(
                        STACK.replace("NAMESPACE", namespace)
                                .replace("REGISTRY", registry.host())
                                .replace("IMAGES\n", ToolImage.IMAGES)
                                .replace("JAVA", ToolImage.JAVA)));
        sandbox.write(".gitignore", "build/\n");
        sandbox.write("api/src/Api.java", api("one"));
        fairlead = sandbox.fairlead().with("KUBECONFIG", given.kubeconfig().toString());
        fairlead.done("up", "--detach");
    }

    private static String api(String says) {
        return """
        import com.sun.net.httpserver.HttpServer;
        import java.net.InetSocketAddress;

        public class Api {
            public static void main(String[] arguments) throws Exception {
                var server = HttpServer.create(new InetSocketAddress(Integer.parseInt(System.getenv("PORT"))), 0);
                server.createContext("/", exchange -> {
                    var body = (System.getenv("GREETING") + " %s").getBytes();
                    exchange.sendResponseHeaders(200, body.length);
                    try (var out = exchange.getResponseBody()) { out.write(body); }
                });
                server.start();
            }
        }
        """
                .formatted(says);
    }

    @AfterAll
    static void down() throws Exception {
        if (sandbox != null) {
            fairlead.run("down", "--yes", "--volumes");
            cluster.kubectl("delete", "namespace", namespace, "--wait=false", "--ignore-not-found");
            sandbox.close();
        }
        if (volume != null) {
            volume.remove();
        }
        if (registry != null) {
            registry.close();
        }
    }

    private static String pod() throws Exception {
        return cluster.kubectl(
                "-n", namespace, "get", "pods", "-l", "fairlead.dev/unit=api", "-o", "name");
    }

    @Test
    @Covers({"PAR-01", "PAR-02", "WS-01"})
    void anEditIsServedFromThePodWithoutAnImage() throws Exception {
        var pod = pod();
        var forward = fairlead.start("forward", "api");
        try {
            Await.until("an address", LONG, () -> LOCAL.matcher(forward.outSoFar()).find());
            var matcher = LOCAL.matcher(forward.outSoFar());
            assertThat(matcher.find()).isTrue();
            var url = "http://127.0.0.1:" + matcher.group(1) + "/";
            Await.until("the first answer", LONG, () -> Http.fetch(url).body().equals("hello one"));

            long edited = System.nanoTime();
            sandbox.write("api/src/Api.java", api("two"));
            var synced = fairlead.done("sync", "-o", "json").json();
            assertThat(synced).containsEntry("written", 1).containsEntry("deleted", 0);
            Await.until("the edit", LONG, () -> Http.fetch(url).body().equals("hello two"));
            System.out.printf(
                    "edit to served in a pod: %d ms, synced in %s ms%n",
                    (System.nanoTime() - edited) / 1_000_000, synced.get("ms"));

            sandbox.write("api/src/Api.java", "no Java\n");
            fairlead.done("sync");
            Await.until(
                    "the failed build",
                    LONG,
                    () -> fairlead.done("logs", "api").out().contains("the build failed"));
            assertThat(Http.fetch(url).body()).as("the old process goes on").isEqualTo("hello two");
            sandbox.write("api/src/Api.java", api("three"));
            fairlead.done("sync");
            Await.until("the mended", LONG, () -> Http.fetch(url).body().equals("hello three"));
            assertThat(fairlead.done("logs", "api").out()).containsPattern("served \\d+ ms after");
        } finally {
            forward.process().destroy();
            forward.await();
        }
        assertThat(pod()).as("the pod is the same").isEqualTo(pod);
        fairlead.done("plan", "--exit-code");
        assertThat(fairlead.done("plan").all())
                .contains("by their dev block on the workspace: api");
    }

    @Test
    @Covers("WS-02")
    void aSyncBringsWhatDiffersAndTakesWhatLeft() throws Exception {
        sandbox.write("api/notes/a.txt", "a");
        sandbox.write("api/secret.log", "left out");
        sandbox.write(".fairleadignore", "tools/\n*.log\n");
        fairlead.done("sync");
        assertThat(inThePod("cat", "/workspace/api/notes/a.txt")).isEqualTo("a");
        assertThat(inThePod("ls", "/workspace")).doesNotContain("tools");
        assertThat(inThePod("ls", "/workspace/api")).contains("build").doesNotContain("secret.log");

        Files.delete(sandbox.folder().resolve("api/notes/a.txt"));
        assertThat(fairlead.done("sync", "-o", "json").json())
                .containsEntry("written", 0)
                .containsEntry("deleted", 1);
        assertThat(inThePod("ls", "/workspace/api")).contains("build").doesNotContain("notes");
        assertThat(fairlead.done("sync", "-o", "json").json()).containsEntry("deleted", 0);
        assertThatThrownBy(() -> inThePod("touch", "/workspace/x"))
                .hasMessageContaining("Read-only file system");
    }

    private static String inThePod(String... words) throws Exception {
        var all =
                new ArrayList<>(List.of("-n", namespace, "exec", "deploy/api", "-c", "api", "--"));
        all.add("/bin/busybox");
        all.addAll(List.of(words));
        return cluster.kubectl(all.toArray(String[]::new));
    }
}
