package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.explain.Explanation;
import dev.fairlead.deploy.explain.UnitReport;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Everything that can go wrong with pods at once, on a real node: each unit fails by itself, as soon as it is certain.
@WithCluster(pods = true)
class CertainFailuresIT {
    private static final String MANY = "8h"; // no unit of this stack ends by its timeout

    /// What is wrong, and what is said of it.
    enum Wrong {
        CRASH(
                deployment(
                        "command: [sh, -c, 'echo no database at db; exit 3'], readinessProbe: { exec: { command: ['false'] } }"),
                CauseCode.CRASH_LOOP,
                "ends again and again with 3",
                "last lines",
                "no database at db"),
        MEMORY(
                deployment(
                        "command: [sh, -c, 'echo eats; tail /dev/zero'], readinessProbe: { exec: { command: ['false'] } }, resources: { limits: { memory: 16Mi } }"),
                CauseCode.OUT_OF_MEMORY,
                "it used more memory than its limit",
                "resources.limits.memory",
                "eats"),
        PROBE(
                deployment(
                        "command: [sh, -c, 'echo up; sleep 1000'], startupProbe: { exec: { command: [sh, -c, 'echo stale lock; exit 1'] }, periodSeconds: 1, failureThreshold: 1 }"),
                CauseCode.CRASH_LOOP,
                "after its startup probe failed: stale lock",
                "last lines",
                "up"),
        START(
                deployment("command: [no-such-program]"),
                CauseCode.CONTAINER_CONFIG,
                "no-such-program",
                "",
                ""),
        INIT(
                pods(
                        "initContainers: [ { name: prepare, image: 'localhost/busybox:1', command: [sh, -c, 'echo no disk; exit 1'] } ], ",
                        "command: [sleep, '1000']"),
                CauseCode.INIT_STUCK,
                "the container prepare of",
                "waits for",
                "no disk"),
        IMAGE(
                deployment("command: [sleep, '1']")
                        .replace("localhost/busybox:1", "registry.invalid/none:1"),
                CauseCode.IMAGE_UNAVAILABLE,
                "the image registry.invalid/none:1 of c cannot be pulled",
                "name and tag",
                ""),
        IMAGE_NAME(
                deployment("command: [sleep, '1']").replace("localhost/busybox:1", "Bad/Name:1"),
                CauseCode.IMAGE_UNAVAILABLE,
                "Bad/Name:1",
                "name and tag",
                ""),
        SECRET_KEY(
                deployment(
                        "command: [sleep, '1000'], env: [ { name: A, valueFrom: { secretKeyRef: { name: theirs, key: token } } } ]"),
                CauseCode.CONTAINER_CONFIG,
                "secret \"theirs\" not found",
                "Correct what the message names",
                ""),
        MOUNT(
                pods(
                        "volumes: [ { name: v, configMap: { name: theirs } } ], ",
                        "command: [sleep, '1000'], volumeMounts: [ { name: v, mountPath: /v } ]"),
                CauseCode.VOLUME_UNAVAILABLE,
                "configmap \"theirs\" not found",
                "make what the message names",
                ""),
        CLAIM(
                pods(
                        "volumes: [ { name: v, persistentVolumeClaim: { claimName: theirs } } ], ",
                        "command: [sleep, '1000'], volumeMounts: [ { name: v, mountPath: /v } ]"),
                CauseCode.VOLUME_UNAVAILABLE,
                "persistentvolumeclaim \"theirs\" not found",
                "",
                ""),
        STORAGE_CLASS(
                """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: { name: NAME }
                spec: { storageClassName: no-such-class, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Mi } } }
                """,
                CauseCode.VOLUME_UNAVAILABLE,
                "\"no-such-class\" not found",
                "storage class",
                ""),
        JOB(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: NAME }
                spec:
                  backoffLimit: 0
                  template: { spec: { terminationGracePeriodSeconds: 0, restartPolicy: Never, containers: [ { name: c, image: 'localhost/busybox:1', command: [sh, -c, 'echo no rows; exit 4'] } ] } }
                """,
                CauseCode.JOB_FAILED,
                "the container c ended with 4",
                "last lines",
                "no rows"),
        TOO_BIG(
                deployment(
                        "command: [sleep, '1000'], resources: { requests: { cpu: '1000', memory: 1Mi } }"),
                CauseCode.UNSCHEDULABLE,
                "Insufficient cpu",
                "lower resources.requests.cpu",
                ""),
        NO_NODE(
                pods("nodeSelector: { disk: 'of-gold' }, ", "command: [sleep, '1000']"),
                CauseCode.UNSCHEDULABLE,
                "didn't match Pod's node affinity/selector",
                "kubectl label node",
                ""),
        DENIED(
                pods("hostNetwork: true, ", "command: [sleep, '1000']"),
                CauseCode.OBJECT_DENIED,
                "violates PodSecurity \"baseline:latest\"",
                "podSecurity",
                ""),
        QUOTA(
                deployment("command: [sleep, '1000'], resources: { requests: { memory: 3Gi } }"),
                CauseCode.QUOTA_EXCEEDED,
                "exceeded quota: small",
                "have the quota raised",
                ""),
        QUOTA_SET(
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: { name: NAME }
                spec:
                  serviceName: NAME
                  selector: { matchLabels: { app: NAME } }
                  template:
                    metadata: { labels: { app: NAME } }
                    spec: { terminationGracePeriodSeconds: 0, containers: [ { name: c, image: 'localhost/busybox:1', command: [sleep, '1000'], resources: { requests: { memory: 3Gi } } } ] }
                """,
                CauseCode.QUOTA_EXCEEDED,
                "exceeded quota: small",
                "have the quota raised",
                ""),
        QUOTA_JOB(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: NAME }
                spec:
                  template: { spec: { terminationGracePeriodSeconds: 0, restartPolicy: Never, containers: [ { name: c, image: 'localhost/busybox:1', command: ['true'], resources: { requests: { memory: 3Gi } } } ] } }
                """,
                CauseCode.QUOTA_EXCEEDED,
                "exceeded quota: small",
                "have the quota raised",
                "");

        private final String manifest;
        private final CauseCode code;
        private final String what;
        private final String advice;
        private final String output;

        Wrong(String manifest, CauseCode code, String what, String advice, String output) {
            this.manifest = manifest;
            this.code = code;
            this.what = what;
            this.advice = advice;
            this.output = output;
        }

        String unit() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        void isNamedBy(Cause cause) {
            assertThat(cause.code()).as(unit() + ": " + cause).isEqualTo(code);
            assertThat(cause.what()).contains(what);
            assertThat(String.join("\n", cause.advice())).contains(advice);
            if (!output.isEmpty()) {
                assertThat(cause.evidence()).as(unit()).contains(output);
            }
        }
    }

    private static String deployment(String container) {
        return pods("", container);
    }

    private static String pods(String spec, String container) {
        return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: NAME }
        spec:
          selector: { matchLabels: { app: NAME } }
          template:
            metadata: { labels: { app: NAME } }
            spec: { terminationGracePeriodSeconds: 0, SPECcontainers: [ { name: c, image: 'localhost/busybox:1', CONTAINER } ] }
        """
                .replace("SPEC", spec)
                .replace("CONTAINER", container);
    }

    @TempDir static Path folder;
    private static TestCluster cluster;
    private static Workbench bench;
    private static Outcome outcome;
    private static final Map<String, UnitReport> REPORTS = new TreeMap<>();
    private static final Map<String, Explanation> EXPLAINED = new TreeMap<>();

    @BeforeAll
    static void everythingGoesWrong(TestCluster given) throws Exception {
        cluster = given;
        given.kubectl(
                "label",
                "namespace",
                given.namespace(),
                "pod-security.kubernetes.io/enforce=baseline");
        given.kubectlApply(
                """
                apiVersion: v1
                kind: ResourceQuota
                metadata: { name: small }
                spec: { hard: { requests.memory: 1Gi }, scopes: [NotBestEffort] }
                """);
        bench = new Workbench(folder, Map.of("KUBECONFIG", given.kubeconfig().toString()));
        stack();
        for (var wrong : Wrong.values()) {
            write(wrong, wrong.manifest);
        }
        outcome = bench.up();
        var request = bench.request();
        bench.engine
                .status(request)
                .units()
                .forEach(unit -> REPORTS.put(unit.name().value(), unit));
        bench.engine
                .explain(request, Optional.empty())
                .explanations()
                .forEach(one -> EXPLAINED.put(one.unit().value(), one));
    }

    private static void stack() throws IOException {
        var units = new ArrayList<String>();
        for (var wrong : Wrong.values()) {
            units.add(
                    "    - { name: %1$s, deployGroup: internal, podSecurity: privileged, manifests: [ { path: %1$s.yaml } ] }"
                            .formatted(wrong.unit()));
        }
        bench.stack(
                """
                apiVersion: fairlead.dev/v1alpha1
                kind: ServiceStack
                metadata: { name: wrong }
                spec:
                  environments: { k: { target: kubernetes, mode: prod, namespaceTemplate: %s } }
                  orchestration: { parallelism: 40, readinessTimeout: %s }
                  services:
                %s
                """
                        .formatted(cluster.namespace(), MANY, String.join("\n", units)));
    }

    private static void write(Wrong wrong, String manifest) throws IOException {
        bench.file(wrong.unit() + ".yaml", manifest.replace("NAME", wrong.unit()));
    }

    @AfterAll
    static void end() {
        if (bench != null) {
            bench.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Covers({"DEP-03", "DEP-04"})
    void upEndsAsSoonAsItIsCertainAndSaysWhy(Wrong wrong) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) outcome).units())
                .filteredOn(trouble -> trouble.unit().value().equals(wrong.unit()))
                .singleElement()
                .satisfies(trouble -> wrong.isNamedBy(trouble.cause()));
    }

    @ParameterizedTest
    @EnumSource
    void statusAndExplainSayTheSameAfterwards(Wrong wrong) {
        var report = Objects.requireNonNull(REPORTS.get(wrong.unit()));
        assertThat(report.state()).isEqualTo(UnitState.FAILED);
        wrong.isNamedBy(report.cause().orElseThrow());
        var explained = Objects.requireNonNull(EXPLAINED.get(wrong.unit()));
        wrong.isNamedBy(explained.rootCause().orElseThrow().cause());
    }

    @Test
    void whoeverMendsItIsNotBlamedForWhatWas() throws Exception {
        // Mended outside of the stack: the same objects, tried again at once.
        cluster.kubectl("create", "secret", "generic", "theirs", "--from-literal=token=1");
        cluster.kubectl("create", "configmap", "theirs", "--from-literal=a=b");
        cluster.kubectl(
                "patch",
                "resourcequota",
                "small",
                "-p",
                "{\"spec\":{\"hard\":{\"requests.memory\":\"20Gi\"}}}");
        // Mended in the stack: the pods of the former template fail on beside it for a while.
        write(Wrong.CRASH, deployment("command: [sleep, '1000']"));
        write(Wrong.JOB, Wrong.JOB.manifest.replace("exit 4", "exit 0"));
        var mended =
                List.of(
                        Wrong.SECRET_KEY,
                        Wrong.MOUNT,
                        Wrong.QUOTA,
                        Wrong.QUOTA_SET,
                        Wrong.QUOTA_JOB,
                        Wrong.CRASH,
                        Wrong.JOB);
        var again = bench.up();
        assertThat(again).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) again).units())
                .extracting(trouble -> trouble.unit().value())
                .doesNotContainAnyElementsOf(mended.stream().map(Wrong::unit).toList());
    }
}
