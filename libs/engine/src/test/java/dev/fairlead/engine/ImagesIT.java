package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.image.ImageStep;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.engine.image.Making;
import dev.fairlead.image.ImageCode;
import dev.fairlead.image.ImageWorkshop;
import dev.fairlead.inventory.image.Image;
import dev.fairlead.inventory.image.Recipe;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.TestRegistry;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stack whose images are built, pushed to a real registry and run on a real node.
@WithCluster(pods = true)
class ImagesIT {
    private static final String MANIFEST =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec:
              selector: { matchLabels: { app: web } }
              template:
                metadata: { labels: { app: web } }
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                    - name: web
                      image: {{ .Images.web }}
                      command: [ /app/busybox, httpd, -f, -p, "8080", -h, /app ]
                      ports: [ { name: http, containerPort: 8080 } ]
                      readinessProbe: { httpGet: { path: /page.html, port: http }, periodSeconds: 1 }
            """;

    private static TestRegistry registry;

    @TempDir Path folder;
    private Workbench bench;
    private TestCluster cluster;

    @BeforeAll
    static void start(TestCluster given) throws IOException, InterruptedException {
        registry = TestRegistry.start();
        given.pullsFrom(registry);
    }

    @AfterAll
    static void end() {
        if (registry != null) {
            registry.close();
        }
    }

    @BeforeEach
    void writeTheStack(TestCluster given) throws IOException, InterruptedException {
        cluster = given.fresh("images");
        bench = new Workbench(folder, Map.of("KUBECONFIG", given.kubeconfig().toString()));
        bench.file("web.yaml.tpl", MANIFEST).file("web/page.html", "one in " + cluster.namespace());
        Files.copy(
                Path.of("/bin/busybox"),
                folder.resolve("web/busybox"),
                StandardCopyOption.COPY_ATTRIBUTES);
        stack("web: { type: build, context: web, from: scratch }");
    }

    private void stack(String images) throws IOException {
        bench.stack(
                """
                apiVersion: fairlead.dev/v1alpha1
                kind: ServiceStack
                metadata: { name: shop }
                spec:
                  environments: { k: { target: kubernetes, mode: prod, namespaceTemplate: %s, registry: "%s" } }
                  images: { %s }
                  services:
                    - { name: web, deployGroup: frontend, manifests: [ { path: web.yaml.tpl } ] }
                """
                        .formatted(cluster.namespace(), registry.host(), images));
    }

    @AfterEach
    void endIt() throws IOException, InterruptedException {
        bench.close();
        cluster.abandon();
    }

    private ImageStep step() {
        return bench.engine.plan(bench.request()).plan().images().getFirst();
    }

    private String said() {
        return String.join("\n", bench.events.stream().map(event -> event.what()).toList());
    }

    @Test
    @Covers({"CP-03", "DEP-03", "DEP-05"})
    void whatAUnitRunsFromIsBuiltBeforeItAndNeverTwice() throws Exception {
        var first = step();
        assertThat(first.action()).isEqualTo(ImageStep.Action.BUILD);
        assertThat(first.reference()).matches("localhost:\\d+/shop/web:in-[0-9a-f]{16}");

        assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);

        assertThat(said()).contains("image web: builds", "image web: is there as sha256:");
        var kept = step();
        assertThat(kept.action()).isEqualTo(ImageStep.Action.KEEP);
        assertThat(bench.engine.plan(bench.request()).plan().isEmpty()).isTrue();
        assertThat(
                        cluster.kubectl(
                                "get", "pods", "-o", "jsonpath={..containerStatuses[0].imageID}"))
                .as("the pod runs exactly what was pushed")
                .endsWith(kept.digest().orElseThrow());

        bench.file("web/page.html", "two\n");
        var changed = step();
        assertThat(changed.action()).isEqualTo(ImageStep.Action.BUILD);
        assertThat(changed.reference()).isNotEqualTo(first.reference());
        assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);

        bench.file("web/page.html", "one in " + cluster.namespace());
        assertThat(step().action())
                .as("the same inputs as the first")
                .isEqualTo(ImageStep.Action.KEEP);
    }

    @Test
    @Covers({"CP-03", "DEP-04"})
    void anImageThatCannotBeBuiltLeavesTheEnvironmentAsItIs() throws Exception {
        stack(
                """
                web: { type: build, context: web, from: scratch, build: [ sh, -c, "echo no room; exit 3" ], layers: [ { files: "web/*" } ] }
                """
                        .strip());

        var outcome = bench.up();

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        var trouble = ((Outcome.Failed) outcome).units().getFirst();
        assertThat(trouble.unit().value()).isEqualTo("web");
        assertThat(trouble.cause().code()).isEqualTo(CauseCode.IMAGE_FAILED);
        assertThat(trouble.cause().evidence()).contains("no room");
        assertThat(cluster.kubectl("get", "deployments", "-o", "name")).isBlank();
    }

    @Test
    @Covers({"CP-03", "DEP-05"})
    void aTagThatPointsElsewhereIsRefused() throws Exception {
        assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);
        var reference = step().reference();
        replace(reference);

        var planned = bench.engine.plan(bench.request());

        assertThat(planned.plan().images().getFirst().action()).isEqualTo(ImageStep.Action.MOVED);
        assertThat(planned.refusals())
                .extracting(problem -> problem.code())
                .containsExactly(ImageCode.IMAGE_MOVED);
        assertThatThrownBy(() -> bench.up()).isInstanceOf(ProblemException.class);
    }

    /// Pushes something else under a name, as somebody with the right to push can.
    private void replace(String reference) throws IOException, InterruptedException {
        bench.file("other/page.html", "forged\n");
        var recipe =
                new Recipe.Layered(
                        folder,
                        folder.resolve("other"),
                        Optional.empty(),
                        List.of(),
                        List.of(new Recipe.Layer("other/*", "/app", false)),
                        List.of());
        var forged =
                new Image.Built(
                        "web",
                        new Place(new Source("forged", ""), 1, 1),
                        reference.replaceFirst("web:.*", "forged"),
                        "f".repeat(64),
                        recipe);
        try (var workshop = new ImageWorkshop(new TreeMap<>(), folder.resolve("forge"))) {
            workshop.make(forged, true, _ -> {});
        }
        registryMoves(reference, forged.reference());
    }

    // What `docker tag` and `docker push` do: the manifest under another name.
    private static void registryMoves(String to, String from) throws IOException {
        var data = registry.data().resolve("docker/registry/v2/repositories");
        var link = "_manifests/tags/%s/current/link";
        var source = data.resolve(path(from)).resolve(link.formatted(tag(from)));
        var target = data.resolve(path(to)).resolve(link.formatted(tag(to)));
        var digest = Files.readString(source).replace("sha256:", "");
        var revision = "_manifests/revisions/sha256/" + digest + "/link";
        var copied = data.resolve(path(to)).resolve(revision);
        Files.createDirectories(copied.getParent());
        Files.copy(data.resolve(path(from)).resolve(revision), copied);
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String path(String reference) {
        return reference.replaceFirst("^[^/]*/", "").replaceFirst(":.*", "");
    }

    private static String tag(String reference) {
        return reference.replaceFirst(".*:", "");
    }

    @Test
    @Covers({"CP-03", "DEP-05"})
    void anExternalImageIsMirroredAndPinnedToItsDigest() throws Exception {
        bench.engine.build(bench.request(), List.of(), new Making(true, false), (_, _) -> {});
        var origin = step();
        var digest = origin.digest().orElseThrow();
        stack(
                "web: { type: external, from: \"%s\", repository: \"%s/mirror/web\" }"
                        .formatted(origin.reference(), registry.host()));
        var mirrored = step();
        assertThat(mirrored.action()).isEqualTo(ImageStep.Action.MIRROR);

        assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);

        assertThat(cluster.kubectl("get", "deployment", "web", "-o", "jsonpath={..image}"))
                .isEqualTo(mirrored.reference() + "@" + digest);
        assertThat(bench.engine.plan(bench.request()).plan().isEmpty()).isTrue();
    }

    @Test
    @Covers({"CP-03", "DEP-05"})
    void anImageThatTheRegistryLostIsBuiltAgainAlthoughNothingElseChanged() throws Exception {
        assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);
        var reference = step().reference();
        var tag =
                registry.data()
                        .resolve("docker/registry/v2/repositories")
                        .resolve(path(reference))
                        .resolve("_manifests/tags/" + tag(reference) + "/current/link");
        Files.delete(tag);

        assertThat(step().action()).isEqualTo(ImageStep.Action.BUILD);
        assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);
        assertThat(step().action()).isEqualTo(ImageStep.Action.KEEP);
    }
}
