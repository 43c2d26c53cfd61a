package dev.fairlead.tests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.testcluster.NodeVolume;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.TestRegistry;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.HostTools;
import dev.fairlead.tests.system.world.Http;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.ToolImage;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/// Mode dev on a node: services in Java and Go and a Vite frontend run their `dev` blocks on the workspace, and an edit is
/// served without an image.
@WithCluster(pods = true)
class DevPodIT {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Pattern LOCAL = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

    private static final String MAIN_GO =
            """
            package main

            import (
            	"fmt"
            	"net/http"
            	"os"
            )

            func main() {
            	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hello one") })
            	fmt.Println(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
            }
            """;

    private static final String STACK =
            """
            environments: { k: { target: kubernetes, mode: dev, namespaceTemplate: NAMESPACE, registry: "REGISTRY" } }
            IMAGES
            workspace:
              size: 1Gi
              storageClass: NAMESPACE
              owner: { uid: 1000, gid: 1000 }
              grants: [ { unit: api, path: api/build, access: rw } GRANTS ]
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
            UNITS
            orchestration: { readinessTimeout: 4m }
            """;

    /// Neither has an image of its own: the toolchain's is that of Fairlead, with the programs of this machine in it.
    private static final String UNIT =
            """
              - name: NAME
                deployGroup: GROUP
                eager: true
                path: NAME
                image: fairlead
                manifests: [ { path: NAME.yaml.tpl } ]
                run:
                  env: { PORT: "{{ .Ports.http }}", MORE }
                  ports: { http: auto }
                  ready: { http: { port: http, path: / }, timeout: 4m }
                  stop: { grace: 1s }
            """;

    private static final String GO =
            """
                dev:
                  watch: [ "*.go", go.mod ]
                  build: [ BIN/go, build, -o, build/counter, . ]
                  command: [ build/counter ]
            """;
    // Vite sees edits by itself; it is started anew when it has other packages or another
    // configuration.
    private static final String VITE =
            """
                dev:
                  watch: [ package.json, package-lock.json, "vite.config.*" ]
                  build: [ BIN/npm, ci, --offline ]
                  command: [ node_modules/.bin/vite, --host, 0.0.0.0, --port, "{{ .Ports.http }}", --strictPort ]
            """;

    private static TestRegistry registry;
    private static Sandbox sandbox;
    private static Fairlead fairlead;
    private static TestCluster cluster;
    private static NodeVolume volume;
    private static String namespace;
    private static HostTools.Found go = new HostTools.Found.Absent("");
    private static HostTools.Found node = new HostTools.Found.Absent("");

    @BeforeAll
    static void up(TestCluster given) throws Exception {
        cluster = given;
        registry = TestRegistry.start();
        given.pullsFrom(registry);
        namespace = given.namespace() + "-dev";
        volume = NodeVolume.make(given, namespace);
        sandbox = Sandbox.of("");
        ToolImage.into(sandbox);
        sources();
        go = HostTools.go(sandbox.folder().resolve("counter"));
        node = HostTools.node(sandbox.folder().resolve("shop"));
        var grants = new StringBuilder();
        var units = new StringBuilder();
        if (go instanceof HostTools.Found.There(var tools)) {
            grants.append(", { unit: counter, path: counter/build, access: rw }");
            units.append(unit("counter", "internal", tools, GO));
        }
        if (node instanceof HostTools.Found.There(var tools)) {
            grants.append(", { unit: shop, path: shop/node_modules, access: rw }");
            units.append(unit("shop", "frontend", tools, VITE));
        }
        sandbox.write(
                "services.yaml",
                Sandbox.stack(
                        STACK.replace("NAMESPACE", namespace)
                                .replace("REGISTRY", registry.host())
                                .replace("IMAGES\n", ToolImage.IMAGES)
                                .replace(" GRANTS", grants)
                                .replace("UNITS\n", units)
                                .replace("JAVA", ToolImage.JAVA)));
        fairlead = sandbox.fairlead().with("KUBECONFIG", given.kubeconfig().toString());
        fairlead.done("up", "--detach");
    }

    private static void sources() throws IOException {
        sandbox.write(".gitignore", "build/\nnode_modules/\n");
        sandbox.write("api/src/Api.java", api("one"));
        sandbox.write("counter/go.mod", "module counter\n\ngo 1.21\n");
        sandbox.write("counter/main.go", MAIN_GO);
        sandbox.write(
                "shop/index.html", "<script type=\"module\" src=\"/src/main.js\"></script>\n");
        sandbox.write("shop/src/main.js", "document.title = 'hello one'\n");
        for (var file : List.of("package.json", "package-lock.json")) {
            try (var in = DevPodIT.class.getResourceAsStream("/vite/" + file)) {
                sandbox.write("shop/" + file, new String(requireNonNull(in).readAllBytes(), UTF_8));
            }
        }
    }

    private static String unit(String name, String group, HostTools tools, String dev) {
        sandbox.write(name + ".yaml.tpl", tools.manifest());
        var more = new ArrayList<String>();
        tools.environment().forEach((key, value) -> more.add("%s: \"%s\"".formatted(key, value)));
        return (UNIT + dev)
                .replace("NAME", name)
                .replace("GROUP", group)
                .replace("MORE", String.join(", ", more))
                .replace("BIN", tools.bin().toString());
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

    private static String pod(String unit) throws Exception {
        return cluster.kubectl(
                "-n", namespace, "get", "pods", "-l", "fairlead.dev/unit=" + unit, "-o", "name");
    }

    /// The address of a unit on this machine, while `forward` runs.
    private static String address(Fairlead.Running forward) {
        Await.until("an address", LONG, () -> LOCAL.matcher(forward.outSoFar()).find());
        var matcher = LOCAL.matcher(forward.outSoFar());
        assertThat(matcher.find()).isTrue();
        return "http://127.0.0.1:" + matcher.group(1);
    }

    @Test
    @Covers({"PAR-01", "PAR-02", "WS-01"})
    void anEditIsServedFromThePodWithoutAnImage() throws Exception {
        var pod = pod("api");
        var forward = fairlead.start("forward", "api");
        try {
            var url = address(forward) + "/";
            Await.until("the first answer", LONG, () -> Http.fetch(url).body().equals("hello one"));

            long edited = System.nanoTime();
            sandbox.write("api/src/Api.java", api("two"));
            var synced = fairlead.done("sync", "-o", "json").json();
            assertThat(synced).containsEntry("written", 1).containsEntry("deleted", 0);
            Await.until("the edit", LONG, () -> Http.fetch(url).body().equals("hello two"));
            System.out.printf(
                    "edit to served in a pod, Java: %d ms, synced in %s ms%n",
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
        assertThat(pod("api")).as("the pod is the same").isEqualTo(pod);
        fairlead.done("plan", "--exit-code");
        assertThat(fairlead.done("plan").all())
                .contains("by their dev block on the workspace: api");
    }

    @Test
    @Covers({"PAR-02", "WS-01"})
    void anEditOfAGoServiceIsServed() throws Exception {
        assumed(go);
        served("Go", "counter", "/", "counter/main.go", () -> {});
    }

    @Test
    @Covers({"PAR-01", "WS-01"})
    void anEditOfAViteFrontendIsServed() throws Exception {
        assumed(node);
        served("Vite", "shop", "/src/main.js", "shop/src/main.js", () -> {});
        // The pod that edits come in by is replaced: `sync --watch` finds the next one.
        sandbox.replace("shop/src/main.js", "hello two", "hello one");
        served(
                "Vite, after a new pod",
                "shop",
                "/src/main.js",
                "shop/src/main.js",
                DevPodIT::newWorkspacePod);
    }

    private interface Meanwhile {
        void happens() throws Exception;
    }

    private static void newWorkspacePod() throws Exception {
        cluster.kubectl("-n", namespace, "delete", pod("workspace"), "--wait=true");
        cluster.kubectl(
                "-n",
                namespace,
                "wait",
                "--for=condition=Available",
                "deployment/workspace",
                "--timeout=240s");
    }

    private static void assumed(HostTools.Found found) {
        if (found instanceof HostTools.Found.Absent(var why)) {
            System.out.println(why);
            throw new TestAbortedException(why);
        }
    }

    /// By somebody who has `sync --watch` at work, as `up` has.
    ///
    /// @param meanwhile what happens before the edit
    private static void served(
            String what, String unit, String path, String file, Meanwhile meanwhile)
            throws Exception {
        var pod = pod(unit);
        var forward = fairlead.start("forward", unit);
        var watch = fairlead.start("sync", "--watch");
        try {
            var url = address(forward) + path;
            Await.until(
                    "the first answer", LONG, () -> Http.fetch(url).body().contains("hello one"));
            Await.until("the first round", LONG, () -> watch.outSoFar().contains("synced"));

            meanwhile.happens();
            long edited = System.nanoTime();
            sandbox.replace(file, "hello one", "hello two");
            Await.until("the edit", LONG, () -> Http.fetch(url).body().contains("hello two"));
            System.out.printf(
                    "edit to served in a pod, %s: %d ms%n",
                    what, (System.nanoTime() - edited) / 1_000_000);
        } finally {
            for (var running : List.of(forward, watch)) {
                running.process().destroy();
                running.await();
            }
        }
        assertThat(pod(unit)).as("the pod is the same").isEqualTo(pod);
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
