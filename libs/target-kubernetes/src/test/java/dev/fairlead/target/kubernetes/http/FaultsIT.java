package dev.fairlead.target.kubernetes.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.target.kubernetes.access.Kubeconfig;
import dev.fairlead.target.kubernetes.client.ApplyMode;
import dev.fairlead.target.kubernetes.client.Cluster;
import dev.fairlead.target.kubernetes.client.ClusterSettings;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.stream.Seen;
import dev.fairlead.target.kubernetes.stream.Watch;
import dev.fairlead.target.kubernetes.tree.Trees;
import dev.fairlead.testcluster.Fault;
import dev.fairlead.testcluster.FaultyProxy;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server, or a way to it, that misbehaves.
@WithCluster
class FaultsIT {
    private static final Patience SHORT =
            new Patience(
                    Duration.ofSeconds(2),
                    Duration.ofMillis(500),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(20));

    @TempDir private Path folder;
    private TestCluster real;
    private FaultyProxy proxy;
    private Cluster cluster;

    @BeforeEach
    void stand(TestCluster given) throws IOException {
        real = given;
        proxy = FaultyProxy.before(real);
        cluster = connected("token: first");
    }

    private Cluster connected(String user) throws IOException {
        var file = proxy.kubeconfig(folder, user);
        var access =
                Kubeconfig.read(Map.of("KUBECONFIG", file.toString()), Clock.systemUTC())
                        .access(Optional.empty());
        return Cluster.connect(
                access, ClusterSettings.of(Ticker.SYSTEM, Clock.systemUTC()).waiting(SHORT));
    }

    @AfterEach
    void fall() {
        cluster.close();
        proxy.close();
    }

    private ObjectAddress map(String name) throws InterruptedException {
        var configMaps = cluster.discovery().require("v1", "ConfigMap");
        return ObjectAddress.of(configMaps, real.namespace(), name);
    }

    private static Map<String, Object> tree(String name, String value) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", name, "labels", Map.of("watched", "yes")),
                "data",
                Map.of("x", value));
    }

    @Test
    void aBusyServerIsAskedAgainWhenItWants() throws InterruptedException {
        var busy = new AtomicInteger(3);
        proxy.script(seen ->
                busy.getAndDecrement() > 0 ? new Fault.Status(429, Optional.of(0)) : Fault.NONE);
        cluster.create(map("busy"), tree("busy", "1")).orThrow();
        assertThat(cluster.traffic().repeated()).isEqualTo(3);
    }

    @Test
    void aLevelThatIsUsedUpGetsLessAndEverythingIsDone() throws Exception {
        var refusals = new AtomicInteger(24);
        // Known before: what is refused is refused by its level.
        cluster.apply(map("level"), tree("level", "1"), ApplyMode.WRITE).orThrow();
        var before = cluster.traffic();
        proxy.script(seen ->
                seen.is("PATCH", "configmaps") && refusals.getAndDecrement() > 0
                        ? new Fault.Status(429, Optional.of(1), Optional.of("low"))
                        : Fault.NONE);
        var threads = new ArrayList<Thread>();
        var done = new AtomicInteger();
        for (int i = 0; i < 60; i++) {
            var name = "level-" + i;
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    cluster.apply(map(name), tree(name, "1"), ApplyMode.WRITE)
                                            .orThrow();
                                    done.incrementAndGet();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }));
        }
        assertThat(cluster.find(map("level"))).as("another level meanwhile").isPresent();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(done).hasValue(60);
        var traffic = cluster.traffic().since(before);
        assertThat(traffic.repeated()).isEqualTo(24);
        assertThat(traffic.requests()).isEqualTo(60 + 24 + 1);
    }

    @Test
    void whatMayHaveTakenEffectIsNotDoneTwice() throws InterruptedException {
        var address = map("once");
        proxy.script(seen -> seen.is("POST", "configmaps") ? new Fault.Lost(true) : Fault.NONE);
        assertThatThrownBy(() -> cluster.create(address, tree("once", "1")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("whether it took effect is not known");
        assertThat(cluster.find(address)).isPresent();
        assertThat(proxy.seen()).filteredOn(seen -> seen.method().equals("POST")).hasSize(1);
    }

    @Test
    void anApplyIsSentUntilItIsAnswered() throws InterruptedException {
        var random = Seeds.generator("anApplyIsSentUntilItIsAnswered");
        var lock = new ReentrantLock();
        var attempts = new HashMap<String, Integer>();
        proxy.script(seen -> {
            lock.lock();
            try {
                // The fifth attempt goes through: how long one is patient is not what is tried
                // here.
                int kind = random.nextInt(8);
                return switch (attempts.merge(seen.path(), 1, Integer::sum) % 5 == 0 ? 8 : kind) {
                    case 0 -> new Fault.Status(500, Optional.empty());
                    case 1 -> new Fault.Status(503, Optional.of(0));
                    case 2 -> new Fault.Lost(true);
                    case 3 -> new Fault.Lost(false);
                    case 4 -> new Fault.Cut(10);
                    default -> Fault.NONE;
                };
            } finally {
                lock.unlock();
            }
        });
        for (int i = 0; i < Scale.of(500); i++) {
            cluster.apply(map("many-" + i), tree("many-" + i, "1"), ApplyMode.WRITE).orThrow();
        }
        proxy.script(_ -> Fault.NONE);
        for (int i = 0; i < Scale.of(500); i++) {
            assertThat(cluster.find(map("many-" + i))).isPresent();
        }
    }

    @Test
    void whoLostTheRightToWriteDoesNotSendAgain() throws InterruptedException {
        var address = map("guarded");
        proxy.script(seen -> seen.is("PATCH", "configmaps") ? new Fault.Lost(false) : Fault.NONE);
        var left = new AtomicInteger(2);
        var guarded =
                cluster.guarded(limit -> {
                    assertThat(limit).isEqualTo(SHORT.request());
                    if (left.getAndDecrement() == 0) {
                        throw new IllegalStateException("not any more");
                    }
                });
        assertThatThrownBy(() -> guarded.apply(address, tree("guarded", "1"), ApplyMode.WRITE))
                .hasMessage("not any more");
        assertThat(proxy.seen()).filteredOn(seen -> seen.method().equals("PATCH")).hasSize(2);
    }

    @Test
    void anAnswerThatDoesNotComeIsAskedForAgain() throws InterruptedException {
        var address = map("slow");
        var slow = new AtomicInteger(1);
        proxy.script(seen ->
                slow.getAndDecrement() > 0 ? new Fault.Slow(Duration.ofSeconds(4)) : Fault.NONE);
        assertThat(cluster.find(address)).isEmpty();
        assertThat(cluster.traffic().repeated()).isEqualTo(1);
    }

    @Test
    void aTokenThatExpiredIsReadAgainOnce() throws Exception {
        var file = folder.resolve("token");
        Files.writeString(file, "old\n");
        proxy.script(seen ->
                seen.authorization().equals("Bearer new")
                        ? Fault.NONE
                        : new Fault.Status(401, Optional.empty()));
        try (var one = connected("tokenFile: token")) {
            assertThatThrownBy(() -> one.discovery().version())
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("CREDENTIALS_REFUSED");
            Files.writeString(file, "new\n");
            assertThat(one.discovery().version().major()).isEqualTo(1);
        }
    }

    @Test
    void aWatchThatBreaksMissesNothing() throws Exception {
        var random = Seeds.generator("aWatchThatBreaksMissesNothing");
        var lock = new ReentrantLock();
        proxy.script(seen -> {
            lock.lock();
            try {
                return seen.path().contains("watch=true")
                        ? switch (random.nextInt(4)) {
                            case 0 -> new Fault.Status(410, Optional.empty());
                            case 1 -> new Fault.Lost(false);
                            default -> new Fault.Cut(random.nextInt(1, 3_000));
                        }
                        : Fault.NONE;
            } finally {
                lock.unlock();
            }
        });
        int changes = Scale.of(1_000);
        var state = new TreeMap<String, String>();
        var selection =
                Selection.of(map("w").resource()).in(real.namespace()).labelled("watched=yes");
        var writer =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                for (int i = 0; i < changes; i++) {
                                    var name = "w-" + i % 7;
                                    cluster.apply(map(name), tree(name, "" + i), ApplyMode.WRITE)
                                            .orThrow();
                                }
                                cluster.apply(map("w-end"), tree("w-end", "end"), ApplyMode.WRITE)
                                        .orThrow();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        Watch.follow(
                cluster,
                selection,
                seen -> {
                    note(seen, state);
                    return !state.containsKey("w-end");
                });
        writer.join();
        for (int i = Math.max(0, changes - 7); i < changes; i++) {
            assertThat(state).containsEntry("w-" + i % 7, "" + i);
        }
    }

    private static void note(Seen seen, Map<String, String> state) {
        switch (seen) {
            case Seen.Listed(var objects) -> {
                state.clear();
                objects.forEach(object -> put(object, state));
            }
            case Seen.Put(var object) -> put(object, state);
            case Seen.Removed(var object) ->
                    state.remove(Trees.text(object, "metadata", "name").orElseThrow());
        }
    }

    private static void put(Map<String, Object> object, Map<String, String> state) {
        state.put(
                Trees.text(object, "metadata", "name").orElseThrow(),
                Trees.text(object, "data", "x").orElseThrow());
    }

    @Test
    void aServerThatIsNotThereIsGivenUpSoon() throws IOException {
        proxy.close();
        try (var nobody = connected("token: x")) {
            assertThatThrownBy(() -> nobody.discovery().version())
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("nobody listens at http://127.0.0.1:");
        }
    }
}
