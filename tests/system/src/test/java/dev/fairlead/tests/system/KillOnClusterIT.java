package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.document.Json;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// kill -9 of the command in the middle of an `up` on a cluster, at random instants, and an `up` that never ends.
@WithCluster
class KillOnClusterIT {
    private static final Duration LONG = Duration.ofMinutes(4);

    private static final String STACK =
            """
            environments: { k: { target: kubernetes, mode: prod, namespaceTemplate: NAMESPACE } }
            secrets: { token: { generate: 24 } }
            infrastructure:
              - { name: db, manifests: [ { path: unit.yaml.tpl } ] }
            services:
              - { name: api, deployGroup: internal, manifests: [ { path: unit.yaml.tpl } ] }
              - { name: sometimes, deployGroup: internal, manifests: [ { path: unit.yaml.tpl } ], when: "SOMETIMES" }
              - { name: web, deployGroup: edge, manifests: [ { path: unit.yaml.tpl } ] }
              - { name: page, deployGroup: frontend, manifests: [ { path: unit.yaml.tpl } ] }
            orchestration: { readinessTimeout: 4m }
            """;

    private static final String UNIT =
            """
            apiVersion: v1
            kind: Secret
            metadata: { name: "{{ .Unit.name }}" }
            stringData: { token: "{{ .Secrets.token }}" }
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: "{{ .Unit.name }}" }
            data: { round: "ROUND" }
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: "{{ .Unit.name }}" }
            spec:
              replicas: 0
              selector: { matchLabels: { app: "{{ .Unit.name }}" } }
              template:
                metadata: { labels: { app: "{{ .Unit.name }}", round: "ROUND" } }
                spec: { containers: [ { name: main, image: "example.invalid/none:1" } ] }
            """;

    /// Waits for an address that nobody here gives.
    private static final String ADDRESS =
            """
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: "{{ .Unit.name }}" }
            spec: { type: LoadBalancer, selector: { app: "{{ .Unit.name }}" }, ports: [ { port: 80 } ] }
            """;

    private final RandomGenerator random = Seeds.generator("KillOnClusterIT");
    private TestCluster cluster;
    private Sandbox sandbox;
    private Fairlead fairlead;

    @BeforeEach
    void stand(TestCluster given) {
        cluster = given;
        sandbox = Sandbox.of("");
        fairlead = sandbox.fairlead().with("KUBECONFIG", given.kubeconfig().toString());
    }

    @AfterEach
    void fall() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    private void write(int round, String more) {
        var stack =
                STACK.replace("NAMESPACE", cluster.namespace())
                        .replace("SOMETIMES", String.valueOf(round % 2 == 0));
        sandbox.write("services.yaml", Sandbox.stack(stack));
        sandbox.write("unit.yaml.tpl", UNIT.replace("ROUND", Integer.toString(round)) + more);
    }

    /// What the cluster has of the stack.
    private record There(String round, String uid) {}

    private Map<String, There> there() throws Exception {
        var found = new TreeMap<String, There>();
        var listed =
                Json.readObject(
                        cluster.kubectl(
                                "get",
                                "configmap,secret,deployment",
                                "-l",
                                "fairlead.dev/unit",
                                "-o",
                                "json"));
        for (var item : Status.objects(listed.get("items"))) {
            var metadata = Status.object(item.get("metadata"));
            var round = item.get("data") instanceof Map<?, ?> data ? data.get("round") : "";
            found.put(
                    item.get("kind") + "/" + metadata.get("name"),
                    new There(
                            Objects.requireNonNullElse(round, "").toString(),
                            String.valueOf(metadata.get("uid"))));
        }
        return found;
    }

    private static List<String> wanted(int round) {
        var units =
                round % 2 == 0
                        ? List.of("api", "db", "page", "sometimes", "web")
                        : List.of("api", "db", "page", "web");
        return List.of("ConfigMap", "Deployment", "Secret").stream()
                .flatMap(kind -> units.stream().map(unit -> kind + "/" + unit))
                .toList();
    }

    @Test
    @Covers("DEP-03")
    void theNextUpConvergesAndNothingIsThereTwice() throws Exception {
        write(0, "");
        fairlead.done("up", "--detach");
        long began = System.nanoTime();
        write(1, "");
        fairlead.done("up", "--detach");
        long span = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        var first = there();
        int rounds = Math.max(3, Scale.of(100));
        int killed = 0;
        for (int round = 2; killed < rounds; round++) {
            write(round, "");
            var up = fairlead.start("up", "--detach");
            Await.pause(Duration.ofMillis(random.nextLong(span)));
            up.process().destroyForcibly();
            boolean died = up.await().exit() == 137;
            killed += died ? 1 : 0;
            long asked = System.nanoTime();
            fairlead.done("up", "--detach");
            System.out.printf(
                    "round %d: %s, the next up took %d ms%n",
                    round,
                    died ? "killed" : "done before",
                    (System.nanoTime() - asked) / 1_000_000);

            var now = there();
            assertThat(now.keySet()).containsExactlyElementsOf(wanted(round));
            assertThat(
                            now.entrySet().stream()
                                    .filter(entry -> entry.getKey().startsWith("ConfigMap"))
                                    .map(entry -> entry.getValue().round()))
                    .as("round %d", round)
                    .containsOnly(Integer.toString(round));
            assertThat(uids(now)).as("never made anew").isEqualTo(uids(first));
            fairlead.done("plan", "--exit-code");
        }
        fairlead.done("down", "--yes");
        assertThat(there()).isEmpty();
    }

    private static Map<String, String> uids(Map<String, There> there) {
        return there.entrySet().stream()
                .filter(entry -> !entry.getKey().endsWith("/sometimes"))
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().uid()));
    }

    @Test
    @Covers("DEP-03")
    void aNewerPlanSupersedesOneThatIsStuckWhenAsked() throws Exception {
        write(0, ADDRESS);
        var stuck = fairlead.start("apply", "--yes");
        Await.until(
                "a unit that waits for an address",
                LONG,
                () -> there().containsKey("Deployment/db"));
        write(0, "");
        var refused = fairlead.run("up", "--detach").expect(5);
        assertThat(refused.err()).contains("--supersede");

        fairlead.done("up", "--detach", "--supersede");

        assertThat(stuck.await().expect(5).err()).contains("superseded");
        assertThat(there().keySet()).containsExactlyElementsOf(wanted(0));
        fairlead.done("plan", "--exit-code");
        fairlead.done("down", "--yes");
    }
}
