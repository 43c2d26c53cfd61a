package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.testcluster.Fault;
import dev.fairlead.testcluster.FaultyProxy;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A deploy through a server that is busy, fails, loses answers and breaks watches off, at random: it converges.
@WithCluster
class KubernetesFaultsIT {
    @TempDir Path folder;
    private final ReentrantLock lock = new ReentrantLock();
    private TestCluster cluster;
    private FaultyProxy proxy;
    private Workbench bench;

    @BeforeEach
    void stand(TestCluster given) throws IOException {
        cluster = given;
        proxy = FaultyProxy.before(given);
        bench = connected(proxy.kubeconfig(folder, "token: any"));
        unit(0);
    }

    private Workbench connected(Path kubeconfig) throws IOException {
        var made = new Workbench(folder, Map.of("KUBECONFIG", kubeconfig.toString()));
        return made.stack(
                """
                apiVersion: fairlead.dev/v1alpha1
                kind: ServiceStack
                metadata: { name: shop }
                spec:
                  secrets: { token: { generate: 24 } }
                  environments: { k: { target: kubernetes, mode: prod, namespaceTemplate: NAMESPACE } }
                  infrastructure:
                    - { name: db, manifests: [ { path: unit.yaml.tpl } ] }
                  services:
                    - { name: api, deployGroup: internal, manifests: [ { path: unit.yaml.tpl } ] }
                    - { name: page, deployGroup: frontend, manifests: [ { path: unit.yaml.tpl } ] }
                """
                        .replace("NAMESPACE", cluster.namespace()));
    }

    private void unit(int number) throws IOException {
        bench.file(
                "unit.yaml.tpl",
                """
                apiVersion: v1
                kind: Secret
                metadata: { name: "{{ .Unit.name }}" }
                stringData: { token: "{{ .Secrets.token }}" }
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: { name: "{{ .Unit.name }}" }
                data: { number: "NUMBER" }
                """
                        .replace("NUMBER", Integer.toString(number)));
    }

    @AfterEach
    void fall() {
        proxy.script(_ -> Fault.NONE);
        bench.close();
        proxy.close();
    }

    private Fault random(RandomGenerator random) {
        lock.lock();
        try {
            return switch (random.nextInt(20)) {
                case 0 -> new Fault.Status(500, Optional.empty());
                case 1 -> new Fault.Status(429, Optional.of(0));
                case 2 -> new Fault.Status(503, Optional.of(0));
                case 3 -> new Fault.Lost(true);
                case 4 -> new Fault.Lost(false);
                case 5 -> new Fault.Cut(random.nextInt(200));
                default -> Fault.NONE;
            };
        } finally {
            lock.unlock();
        }
    }

    @Test
    @Covers("DEP-02")
    void itConvergesAndNothingIsThereTwice() throws Exception {
        var random = Seeds.generator("itConvergesAndNothingIsThereTwice");
        int rounds = Scale.of(100);
        for (int round = 0; round < rounds; round++) {
            unit(round);
            proxy.script(_ -> random(random));
            assertThat(bench.up()).as("round " + round).isInstanceOf(Outcome.Ready.class);
        }
        proxy.script(_ -> Fault.NONE);
        assertIsThereOnce(bench, rounds - 1);
    }

    private void assertIsThereOnce(Workbench with, int number) throws Exception {
        assertThat(with.engine.plan(with.request()).plan().changes())
                .allMatch(change -> change.action() == Action.KEEP);
        var numbers =
                cluster.kubectl(
                        "get",
                        "configmap",
                        "-l",
                        "fairlead.dev/stack=shop",
                        "-o",
                        "jsonpath={range .items[*]}{.metadata.name}={.data.number} {end}");
        var last = Integer.toString(number);
        assertThat(List.of(numbers.strip().split(" ")))
                .contains("api=" + last, "db=" + last, "page=" + last);
    }

    /// What happens to the cluster once the first unit of a deploy is at work.
    private interface Mishap {
        void happen() throws Exception;
    }

    private static Outcome up(Workbench with, Mishap mishap) throws Exception {
        var begun =
                new FutureTask<>(() -> {
                    mishap.happen();
                    return true;
                });
        var happens = Thread.ofPlatform().unstarted(begun);
        var outcome =
                with.engine.apply(
                        with.engine.plan(with.request()),
                        new ApplyOptions("up", Turn.AT_ONCE, false),
                        event -> {
                            if (event.kind() == Kind.STARTED
                                    && happens.getState() == Thread.State.NEW) {
                                happens.start();
                            }
                        });
        assertThat(begun.get()).isTrue();
        return outcome;
    }

    @Test
    @Covers("DEP-02")
    void anApiServerThatIsKilledAndStartedAgainIsWaitedFor() throws Exception {
        var plane = cluster.controlPlane();
        try (var direct = connected(cluster.kubeconfig())) {
            for (int round = 0; round < Scale.of(100); round++) {
                unit(round);
                assertThat(up(direct, () -> plane.restart("kube-apiserver")))
                        .as("round " + round)
                        .isInstanceOf(Outcome.Ready.class);
                assertIsThereOnce(direct, round);
            }
        }
    }

    @Test
    @Covers("DEP-02")
    void anEtcdThatAnswersNothingForAWhileIsWaitedFor() throws Exception {
        var plane = cluster.controlPlane();
        var length = Duration.ofSeconds(Scale.of(100) == 100 ? 20 : 4);
        try (var direct = connected(cluster.kubeconfig())) {
            assertThat(up(direct, () -> plane.pause("etcd", length)))
                    .isInstanceOf(Outcome.Ready.class);
            assertIsThereOnce(direct, 0);
        }
    }

    /// A token that is good no more ends the deploy, which says so; with a new one the next goes on.
    @Test
    @Covers("DEP-03")
    void aTokenThatExpiresInTheMiddleIsNamedAndTheNextUpGoesOn() throws Exception {
        proxy.script(seen ->
                seen.is("PATCH", "configmaps")
                        ? new Fault.Status(401, Optional.empty())
                        : Fault.NONE);
        assertThatThrownBy(() -> bench.up())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("CREDENTIALS_REFUSED");
        proxy.script(_ -> Fault.NONE);

        assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);
        assertIsThereOnce(bench, 0);
    }
}
