package dev.fairlead.target.kubernetes.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.journal.Store;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.target.kubernetes.access.Kubeconfig;
import dev.fairlead.target.kubernetes.client.Cluster;
import dev.fairlead.target.kubernetes.client.ClusterSettings;
import dev.fairlead.target.kubernetes.http.Patience;
import dev.fairlead.testcluster.Fault;
import dev.fairlead.testcluster.FaultyProxy;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testcontract.StoreContract;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The store on a real API server.
@WithCluster
class ClusterStoreIT extends StoreContract {
    private static final Patience SHORT =
            new Patience(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20));

    @TempDir private Path folder;
    private TestCluster real;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void stand(TestCluster given) {
        real = given;
    }

    @AfterEach
    void fall() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
    }

    @Override
    protected Store open(EnvironmentRef environment) {
        return store(cluster(real.kubeconfig()), environment);
    }

    private Cluster cluster(Path kubeconfig) {
        var access =
                Kubeconfig.read(Map.of("KUBECONFIG", kubeconfig.toString()), Clock.systemUTC())
                        .access(Optional.empty());
        var cluster =
                Cluster.connect(
                        access,
                        ClusterSettings.of(Ticker.SYSTEM, Clock.systemUTC()).waiting(SHORT));
        open.add(cluster);
        return cluster;
    }

    private ClusterStore store(Cluster cluster, EnvironmentRef environment) {
        var holder = new Store.Holder(UUID.randomUUID().toString(), "a test");
        var self = new ClusterStore.Self(holder, _ -> false);
        var store = new ClusterStore(cluster, real.namespace(), environment, self);
        open.add(store);
        return store;
    }

    private static Event event(int number) {
        return new Event(
                Instant.EPOCH.plusMillis(number),
                "up-1",
                Event.Kind.PROGRESS,
                Optional.empty(),
                Optional.empty(),
                "event " + number,
                Optional.empty());
    }

    @Test
    void eventsAndRevisionsCostNoWriteOfTheirOwn() {
        var cluster = cluster(real.kubeconfig());
        var store = store(cluster, new EnvironmentRef("shop", "cheap", 0));
        assertThat(store.compareAndSet(0, Map.of("n", 1))).isTrue();
        for (int i = 0; i < 50; i++) {
            store.append(event(i));
        }
        store.keepRevision(1, "{}", 10);
        assertThat(store.compareAndSet(1, Map.of("n", 2))).isTrue();
        store.close();
        assertThat(cluster.traffic().writes()).isEqualTo(2);
    }

    @Test
    void nothingIsLostOrDoneTwiceWhenAnswersGetLost() throws Exception {
        var random = Seeds.generator("nothingIsLostOrDoneTwiceWhenAnswersGetLost");
        var lock = new ReentrantLock();
        var environment = new EnvironmentRef("shop", "faulty", 0);
        int writes = Scale.of(1_000);
        var requests = new AtomicInteger();
        try (var proxy = FaultyProxy.before(real)) {
            proxy.script(seen -> {
                lock.lock();
                try {
                    // One of five goes through: how long one is patient is not what is tried here.
                    int kind = random.nextInt(6);
                    return switch (requests.incrementAndGet() % 5 == 0 ? 6 : kind) {
                        case 0 -> new Fault.Lost(true);
                        case 1 -> new Fault.Lost(false);
                        case 2 -> new Fault.Status(500, Optional.empty());
                        default -> Fault.NONE;
                    };
                } finally {
                    lock.unlock();
                }
            });
            var store = store(cluster(proxy.kubeconfig(folder, "token: x")), environment);
            for (int i = 0; i < writes; i++) {
                store.append(event(i));
                assertThat(store.compareAndSet(i, Map.of("n", i))).isTrue();
            }
            store.close();
        }
        var seen = new ArrayList<Event>();
        var store = open(environment);
        store.events(false, seen::add);
        assertThat(seen)
                .hasSize(writes)
                .isSortedAccordingTo(java.util.Comparator.comparing(Event::time));
        assertThat(store.read().orElseThrow().version()).isEqualTo(writes);
    }
}
