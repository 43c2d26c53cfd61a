package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.slot.SlotState;
import dev.fairlead.deploy.slot.Verdict;
import dev.fairlead.deploy.slot.Wish;
import dev.fairlead.deploy.target.AgentRun.End;
import dev.fairlead.deploy.target.AgentRun.Listener;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.engine.agent.Errand;
import dev.fairlead.engine.slot.Collected;
import dev.fairlead.engine.slot.SlotDesk;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A slot with pods that goes to sleep, wakes, is reused and goes.
@WithCluster(pods = true)
class SleepIT {
    private static final String POD =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: "{{ .Unit.name }}" }
            spec:%s
              selector: { matchLabels: { app: "{{ .Unit.name }}" } }
              template:
                metadata: { labels: { app: "{{ .Unit.name }}" } }
                spec:
                  terminationGracePeriodSeconds: 0
                  securityContext: { runAsUser: 1000 }
                  containers:
                    - { name: c, image: "localhost/busybox:1", command: [ sleep, "100000" ] }
            """;

    @TempDir Path folder;
    private TestCluster cluster;
    private Workbench bench;
    private String prefix;
    private Duration ahead = Duration.ZERO;

    @BeforeEach
    void stand(TestCluster given) throws Exception {
        cluster = given;
        prefix = given.namespace() + "-s" + Long.toString(System.nanoTime(), 36);
        bench = new Workbench(folder, Map.of("KUBECONFIG", given.kubeconfig().toString()), clock());
        bench.file("two.yaml.tpl", POD.formatted("\n  replicas: 2"))
                .file("free.yaml.tpl", POD.formatted(""))
                .stack(stack("1h", "8h"));
    }

    private String stack(String sleepAfter, String ttl) {
        return """
        apiVersion: fairlead.dev/v1alpha1
        kind: ServiceStack
        metadata: { name: shop }
        spec:
          environments: { ai: { target: kubernetes, mode: prod, slots: 2, namespaceTemplate: "%s-{{ .Slot }}" } }
          services:
            - { name: two, deployGroup: internal, manifests: [ { path: two.yaml.tpl } ] }
            - { name: free, deployGroup: internal, manifests: [ { path: free.yaml.tpl } ] }
          orchestration: { cleanupPolicy: { fullEnvIdleTTL: %s, sleepAfter: %s } }
        """
                .formatted(prefix, ttl, sleepAfter);
    }

    private static final String ENDLESS =
            "terminationGracePeriodSeconds: 0, securityContext: { runAsUser: 1000 }, containers: [ { name: c, image: 'localhost/busybox:1', command: [ sleep, '100000' ] } ]";

    /// A pod on each node, and what is begun by a schedule.
    private static final String STANDING =
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: { name: each }
            spec: { selector: { matchLabels: { app: each } }, template: { metadata: { labels: { app: each } }, spec: { SPEC } } }
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: { name: tick }
            spec: { schedule: "0 0 1 1 *", jobTemplate: { spec: { template: { spec: { restartPolicy: Never, SPEC } } } } }
            """
                    .replace("SPEC", ENDLESS);

    private static final String WORK =
            """
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: { name: work }
            spec: { template: { spec: { restartPolicy: Never, SPEC } } }
            """
                    .replace("SPEC", ENDLESS);

    private String working() {
        return """
        apiVersion: fairlead.dev/v1alpha1
        kind: ServiceStack
        metadata: { name: shop }
        spec:
          environments: { ai: { target: kubernetes, mode: prod, slots: 2, namespaceTemplate: "%s-{{ .Slot }}" } }
          images: { box: { type: external, from: "localhost/busybox:1" } }
          services: [ { name: kinds, deployGroup: internal, manifests: [ { path: kinds.yaml.tpl } ] } ]
          agents: [ { name: coder, podSecurity: baseline, image: box, run: { command: [ sleep, "100000" ], stop: { grace: 1s } } } ]
          orchestration: { readinessTimeout: 5s }
        """
                .formatted(prefix);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Clock.systemUTC().instant().plus(ahead);
            }
        };
    }

    @AfterEach
    void fall() throws Exception {
        bench.engine.close();
        for (int slot = 0; slot <= 2; slot++) {
            cluster.kubectl(
                    "delete",
                    "namespace",
                    prefix + "-" + slot,
                    "--wait=false",
                    "--ignore-not-found");
        }
    }

    private SlotDesk desk() {
        return bench.engine.slots(bench.request(), Turn.AT_ONCE, bench.events::add);
    }

    private Outcome up(int slot) {
        return bench.engine.apply(
                bench.engine.plan(bench.slot(slot)),
                new ApplyOptions("up", Turn.AT_ONCE, false),
                bench.events::add);
    }

    private void take() {
        desk().take(
                        new Wish(
                                "ada",
                                "issue 7",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
        assertThat(up(1)).isInstanceOf(Outcome.Ready.class);
    }

    private String kubectl(String... arguments) throws IOException, InterruptedException {
        var all = new java.util.ArrayList<>(List.of("-n", prefix + "-1"));
        all.addAll(List.of(arguments));
        return cluster.kubectl(all.toArray(String[]::new)).strip();
    }

    private String replicas() throws IOException, InterruptedException {
        return kubectl("get", "deployments", "-o", "jsonpath={.items[*].spec.replicas}");
    }

    @Test
    @Covers({"SLOT-01", "SLOT-02", "SLOT-03"})
    void anIdleSlotSleepsWakesWithWhatItHadAndGoesAtTheEnd() throws Exception {
        take();
        kubectl("scale", "deployment/free", "--replicas=3");
        kubectl("create", "configmap", "theirs");
        ahead = Duration.ofMinutes(61);
        var nap = desk().collect(Optional.empty());
        assertThat(nap)
                .extracting(Collected::verdict)
                .singleElement()
                .isInstanceOf(Verdict.Sleeps.class);
        assertThat(replicas()).isEqualTo("0 0");
        assertThat(kubectl("get", "pods", "-o", "jsonpath={.items[*].metadata.name}")).isEmpty();
        assertThat(kubectl("get", "configmap", "theirs", "-o", "name")).isNotEmpty();
        assertThat(desk().require(1).state()).isEqualTo(SlotState.SLEEPING);
        assertThat(bench.engine.status(bench.slot(1)).state()).isEqualTo(UnitState.SLEEPING);
        // It sleeps, and its time goes on.
        assertThat(desk().judged(Optional.empty()).getFirst().verdict())
                .isInstanceOf(Verdict.Stays.class);

        assertThat(up(1)).isInstanceOf(Outcome.Ready.class);
        assertThat(replicas()).isEqualTo("3 2");
        assertThat(desk().require(1).state()).isEqualTo(SlotState.READY);
        assertThat(bench.engine.plan(bench.slot(1)).plan().isEmpty()).isTrue();

        // A further round on the live slot: only the difference, and it is as a fresh one would be.
        bench.file("two.yaml.tpl", POD.formatted("\n  replicas: 1"));
        var plan = bench.engine.plan(bench.slot(1)).plan();
        assertThat(plan.changes())
                .filteredOn(change -> change.action() != Action.KEEP)
                .extracting(change -> change.action() + " " + change.object())
                .containsExactly("update Deployment/two");
        assertThat(up(1)).isInstanceOf(Outcome.Ready.class);
        kubectl("scale", "deployment/free", "--replicas=1");
        assertThat(up(2)).isInstanceOf(Outcome.Ready.class);
        assertThat(scan(1)).isEqualTo(scan(2));

        ahead = Duration.ofHours(10);
        assertThat(desk().collect(Optional.empty())).allMatch(Collected::gone);
        assertThat(cluster.kubectl("get", "namespace", "-o", "name")).doesNotContain(prefix + "-1");
    }

    @Test
    @Covers({"SLOT-02", "SLOT-03", "PAR-04"})
    void whateverIsAtWorkEndsAndWhatTheStackSaysOfItComesBack() throws Exception {
        bench.file("kinds.yaml.tpl", STANDING).stack(working());
        assertThat(up(1)).isInstanceOf(Outcome.Ready.class);
        bench.file("kinds.yaml.tpl", STANDING + WORK);
        assertThat(up(1)).as("its Job is never over").isNotInstanceOf(Outcome.Ready.class);
        kubectl("create", "job", "tick-by-hand", "--from=cronjob/tick");
        var run =
                new FutureTask<>(() ->
                        bench.engine
                                .life()
                                .agents(bench.slot(1))
                                .run(
                                        new Errand(
                                                new UnitName("coder"), Optional.empty(), List.of()),
                                        "ada",
                                        QUIET));
        Thread.ofVirtual().start(run);
        while (pods().stream().map(SleepIT::owner).distinct().count() < 4) {
            pause();
        }

        assertThat(desk().sleep(1)).isInstanceOf(Outcome.Ready.class);
        assertThat(pods()).isEmpty();
        assertThat(kubectl("get", "jobs", "-o", "name")).isEqualTo("job.batch/work");
        assertThat(run.get().end())
                .isInstanceOfSatisfying(
                        End.Failed.class,
                        end -> assertThat(end.why().what()).contains("was put to sleep"));
        assertThat(desk().require(1).state()).isEqualTo(SlotState.SLEEPING);

        assertThat(up(1)).as("its Job is never over").isNotInstanceOf(Outcome.Ready.class);
        while (pods().size() < 2) {
            pause();
        }
        assertThat(pods()).allMatch(pod -> pod.matches("(each|work)-.*"));
        assertThat(kubectl("get", "cronjob", "-o", "jsonpath={.items[*].spec.suspend}"))
                .as("of the agent and of the schedule")
                .isEqualTo("true false");
        assertThat(
                        kubectl(
                                "get",
                                "daemonset,job,cronjob",
                                "-o",
                                "jsonpath={.items[*].metadata.annotations}"))
                .doesNotContain("before-sleep");
        assertThat(kubectl("get", "daemonset/each", "-o", "jsonpath={.spec.template.spec}"))
                .doesNotContain("nodeSelector");
    }

    /// Whatever runs, or is about to.
    private List<String> pods() throws IOException, InterruptedException {
        var names = kubectl("get", "pods", "-o", "jsonpath={.items[*].metadata.name}");
        return names.isEmpty() ? List.of() : List.of(names.split(" ", -1));
    }

    private static String owner(String pod) {
        return pod.substring(0, pod.indexOf('-'));
    }

    private static final Listener QUIET =
            new Listener() {
                @Override
                public void begun() {}

                @Override
                public void line(String text) {}

                @Override
                public void note(String what) {}
            };

    /// Everything that the slot's objects are specified to be, whichever slot it is.
    private String scan(int slot) throws IOException, InterruptedException {
        return cluster.kubectl(
                        "-n",
                        prefix + "-" + slot,
                        "get",
                        "deployments,networkpolicies,configmaps,serviceaccounts",
                        "-l",
                        "fairlead.dev/stack=shop",
                        "-o",
                        "jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.labels} {.spec}{\"\\n\"}{end}")
                .replace("slot\":\"" + slot + "\"", "slot\":\"N\"");
    }

    @Test
    void onTheMachinesOwnClockToo() throws Exception {
        bench.stack(stack("1s", "8h"));
        take();
        while (!(desk().judged(Optional.empty()).getFirst().verdict() instanceof Verdict.Sleeps)) {
            pause();
        }
        desk().collect(Optional.empty());
        assertThat(desk().require(1).state()).isEqualTo(SlotState.SLEEPING);
        bench.stack(stack("off", "1s"));
        while (!(desk().judged(Optional.empty()).getFirst().verdict() instanceof Verdict.Goes)) {
            pause();
        }
        assertThat(desk().collect(Optional.empty())).allMatch(Collected::gone);
    }

    private static void pause() throws InterruptedException {
        dev.fairlead.diagnostic.time.Ticker.SYSTEM.pause(Duration.ofMillis(200));
    }
}
