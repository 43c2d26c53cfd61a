package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.target.AgentRun.End;
import dev.fairlead.deploy.target.AgentRun.Listener;
import dev.fairlead.engine.agent.Errand;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testcluster.Fault;
import dev.fairlead.testcluster.FaultyProxy;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run of an agent while the connection to the cluster breaks again and again.
@WithCluster(pods = true)
class AgentFaultsIT {
    private static final int LINES = 12;

    @TempDir Path folder;
    private final ReentrantLock lock = new ReentrantLock();
    private TestCluster cluster;
    private FaultyProxy proxy;
    private Workbench bench;

    @BeforeEach
    void stand(TestCluster given) throws IOException {
        cluster = given;
        proxy = FaultyProxy.before(given);
        bench =
                new Workbench(
                                folder,
                                Map.of(
                                        "KUBECONFIG",
                                        proxy.kubeconfig(folder, "token: any").toString()))
                        .stack(
                                """
                                apiVersion: fairlead.dev/v1alpha1
                                kind: ServiceStack
                                metadata: { name: shop }
                                spec:
                                  environments: { k: { target: kubernetes, mode: prod, namespaceTemplate: NAMESPACE } }
                                  images: { box: { type: external, from: "localhost/busybox:1" } }
                                  agents:
                                    - name: counter
                                      image: box
                                      podSecurity: baseline
                                      run: { command: [ sh, -c, "for i in $(seq LINES); do echo line $i; sleep 1; done; exit 9" ] }
                                """
                                        .replace("NAMESPACE", cluster.namespace())
                                        .replace("LINES", Integer.toString(LINES)));
    }

    @AfterEach
    void fall() {
        proxy.script(_ -> Fault.NONE);
        bench.close();
        proxy.close();
    }

    private Fault fault(FaultyProxy.Seen seen, RandomGenerator random) {
        lock.lock();
        try {
            if (seen.is("POST", "/jobs")) {
                return new Fault.Lost(true);
            }
            if (seen.is("GET", "/log")) {
                return new Fault.Cut(20 + random.nextInt(200));
            }
            return switch (random.nextInt(6)) {
                case 0 -> new Fault.Status(503, Optional.of(0));
                case 1 -> new Fault.Lost(true);
                default -> Fault.NONE;
            };
        } finally {
            lock.unlock();
        }
    }

    @Test
    @Covers("PAR-04")
    void aRunIsBegunOnceAndSeenWholeWhateverTheConnectionDoes() throws Exception {
        assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);
        var random = Seeds.generator("aRunIsBegunOnceAndSeenWholeWhateverTheConnectionDoes");
        var seen = new Seen();
        proxy.script(request -> fault(request, random));
        var ran =
                bench.engine
                        .life()
                        .agents(bench.request())
                        .run(
                                new Errand(new UnitName("counter"), Optional.empty(), List.of()),
                                "ada",
                                seen);
        proxy.script(_ -> Fault.NONE);

        assertThat(ran.end()).isEqualTo(new End.Ended(9));
        assertThat(seen.lines)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, LINES).mapToObj(i -> "line " + i).toList());
        var jobs = cluster.kubectl("get", "jobs", "-o", "name").lines().toList();
        assertThat(jobs).containsExactly("job.batch/counter-" + ran.id());
        assertThat(proxy.seen()).filteredOn(one -> one.is("GET", "/log")).hasSizeGreaterThan(1);
    }

    private static final class Seen implements Listener {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void begun() {}

        @Override
        public void line(String text) {
            lines.add(text);
        }

        @Override
        public void note(String what) {
            System.out.println(what);
        }
    }
}
