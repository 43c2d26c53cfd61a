package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.Code;
import dev.fairlead.target.kubernetes.KubernetesCode;
import java.util.Locale;

/// What is wrong, and what is said of it.
enum WrongUnit {
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
            "no node can resolve its name",
            ""),
    IMAGE_NAME(
            deployment("command: [sleep, '1']").replace("localhost/busybox:1", "Bad/Name:1"),
            CauseCode.IMAGE_UNAVAILABLE,
            "Bad/Name:1",
            "in lower case",
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
            deployment("command: [sleep, '1000'], resources: { requests: { memory: 1100Mi } }"),
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
                spec: { terminationGracePeriodSeconds: 0, containers: [ { name: c, image: 'localhost/busybox:1', command: [sleep, '1000'], resources: { requests: { memory: 1100Mi } } } ] }
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
              template: { spec: { terminationGracePeriodSeconds: 0, restartPolicy: Never, containers: [ { name: c, image: 'localhost/busybox:1', command: ['true'], resources: { requests: { memory: 1100Mi } } } ] } }
            """,
            CauseCode.QUOTA_EXCEEDED,
            "exceeded quota: small",
            "have the quota raised",
            ""),
    DONE_AT_ONCE(
            deployment("command: ['true'], readinessProbe: { exec: { command: ['false'] } }"),
            CauseCode.CRASH_LOOP,
            "ends again and again with 0",
            "make it a Job",
            ""),
    CALLS_NOTHING(
            deployment(
                    "command: [sh, -c, 'no-such-tool'], readinessProbe: { exec: { command: ['false'] } }"),
            CauseCode.CRASH_LOOP,
            "ends again and again with 127",
            "is not in the image",
            "sh: no-such-tool: not found"),
    LIVENESS(
            deployment(
                    "command: [sleep, '1000'], readinessProbe: { exec: { command: ['false'] } }, livenessProbe: { exec: { command: [sh, -c, 'echo heap is full; exit 1'] }, periodSeconds: 1, failureThreshold: 1 }"),
            CauseCode.CRASH_LOOP,
            "after its liveness probe failed: heap is full",
            "last lines",
            ""),
    NEVER_READY(
            deployment(
                            "command: [sleep, '1000'], readinessProbe: { exec: { command: [sh, -c, 'echo cache is cold; exit 1'] }, periodSeconds: 1 }")
                    .replace(
                            "spec:\n  selector",
                            "spec:\n  progressDeadlineSeconds: 10\n  selector"),
            CauseCode.PROBE_PENDING,
            "Readiness probe failed: cache is cold; the rollout did not get on within its progressDeadlineSeconds",
            "what is waited for",
            ""),
    MAP_KEY(
            deployment(
                    "command: [sleep, '1000'], env: [ { name: A, valueFrom: { configMapKeyRef: { name: halfway, key: nope } } } ]"),
            CauseCode.CONTAINER_CONFIG,
            "couldn't find key nope in ConfigMap",
            "Correct what the message names",
            ""),
    ENV_FROM(
            deployment("command: [sleep, '1000'], envFrom: [ { secretRef: { name: nowhere } } ]"),
            CauseCode.CONTAINER_CONFIG,
            "secret \"nowhere\" not found",
            "Correct what the message names",
            ""),
    VOLUME_KEY(
            pods(
                    "volumes: [ { name: v, secret: { secretName: halfway, items: [ { key: nope, path: p } ] } } ], ",
                    "command: [sleep, '1000'], volumeMounts: [ { name: v, mountPath: /v } ]"),
            CauseCode.VOLUME_UNAVAILABLE,
            "references non-existent secret key: nope",
            "make what the message names",
            ""),
    INIT_CONFIG(
            pods(
                    "initContainers: [ { name: prepare, image: 'localhost/busybox:1', command: ['true'], envFrom: [ { configMapRef: { name: nowhere } } ] } ], ",
                    "command: [sleep, '1000']"),
            CauseCode.CONTAINER_CONFIG,
            "the container prepare of",
            "Correct what the message names",
            ""),
    INIT_MEMORY(
            pods(
                    "initContainers: [ { name: prepare, image: 'localhost/busybox:1', command: [sh, -c, 'tail /dev/zero'], resources: { limits: { memory: 16Mi } } } ], ",
                    "command: [sleep, '1000'], resources: { requests: { memory: 1Mi } }"),
            CauseCode.OUT_OF_MEMORY,
            "the container prepare of",
            "resources.limits.memory",
            ""),
    SIDECAR(
            pods(
                    "initContainers: [ { name: proxy, image: 'localhost/busybox:1', restartPolicy: Always, command: [sh, -c, 'echo no upstream; exit 5'] } ], ",
                    "command: [sleep, '1000'], readinessProbe: { exec: { command: ['false'] } }"),
            CauseCode.INIT_STUCK,
            "the container proxy of",
            "last lines",
            "no upstream"),
    ROOT(
            pods("securityContext: { runAsNonRoot: true }, ", "command: [sleep, '1000']"),
            CauseCode.CONTAINER_CONFIG,
            "image will run as root",
            "podSecurity: baseline",
            ""),
    IMAGE_NEVER(
            deployment("imagePullPolicy: Never, command: [sleep, '1']")
                    .replace("localhost/busybox:1", "localhost/nothing:1"),
            CauseCode.IMAGE_UNAVAILABLE,
            "pull policy of Never",
            "leave out `imagePullPolicy: Never`",
            ""),
    IMAGE_HOST(
            deployment("command: [sleep, '1']")
                    .replace("localhost/busybox:1", "127.0.0.1:1/none:1"),
            CauseCode.IMAGE_UNAVAILABLE,
            "connection refused",
            "whether the registry runs",
            ""),
    IMAGE_LOGIN(
            pods("imagePullSecrets: [ { name: no-login } ], ", "command: [sleep, '1']")
                    .replace("localhost/busybox:1", "127.0.0.1:1/none:1"),
            CauseCode.IMAGE_UNAVAILABLE,
            "Unable to retrieve some image pull secrets (no-login)",
            "whether the registry runs",
            ""),
    ALONE(
            pods(
                            "affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [ { topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: NAME } } } ] } }, ",
                            "command: [sleep, '1000']")
                    .replace("spec:\n  selector", "spec:\n  replicas: 2\n  selector"),
            CauseCode.UNSCHEDULABLE,
            "didn't match pod anti-affinity rules",
            "podAntiAffinity",
            ""),
    BESIDE(
            pods(
                    "affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [ { topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: nobody } } } ] } }, ",
                    "command: [sleep, '1000']"),
            CauseCode.UNSCHEDULABLE,
            "didn't match pod affinity rules",
            "podAffinity",
            ""),
    ORDINAL(
            set(
                    2,
                    "command: [sh, -c, 'case $(hostname) in *-1) echo no seat; exit 9;; esac; sleep 1000'], readinessProbe: { exec: { command: [sh, -c, 'case $(hostname) in *-1) exit 1;; esac'] }, periodSeconds: 1 }"),
            CauseCode.CRASH_LOOP,
            "the container c of ordinal-1 ends again and again with 9",
            "last lines",
            "no seat"),
    LONG_JOB(
            job("activeDeadlineSeconds: 3", "command: [sleep, '1000']"),
            CauseCode.JOB_FAILED,
            "Job was active longer than specified deadline",
            "activeDeadlineSeconds",
            ""),
    TRIED_JOB(
            job("backoffLimit: 1", "command: [sh, -c, 'echo no rows again; exit 6']"),
            CauseCode.JOB_FAILED,
            "the container c ended with 6",
            "last lines",
            "no rows again"),
    BARE_POD(
            """
            apiVersion: v1
            kind: Pod
            metadata: { name: NAME }
            spec: { restartPolicy: Never, containers: [ { name: c, image: 'localhost/busybox:1', command: [sh, -c, 'echo no licence; exit 7'] } ] }
            """,
            CauseCode.EXITED,
            "the container c ended with 7",
            "last lines",
            "no licence"),
    PAUSED(
            deployment("command: [sleep, '1000']")
                    .replace("spec:\n  selector", "spec:\n  paused: true\n  selector"),
            CauseCode.OBJECT_PENDING,
            "it is paused (spec.paused)",
            "kubectl rollout resume",
            ""),
    NOBODY(
            pods("serviceAccountName: nobody, ", "command: [sleep, '1000']"),
            CauseCode.OBJECT_DENIED,
            "serviceaccount \"nobody\" not found",
            "serviceAccountName",
            ""),
    PRIORITY(
            pods("priorityClassName: of-kings, ", "command: [sleep, '1000']"),
            CauseCode.OBJECT_DENIED,
            "no PriorityClass with name of-kings was found",
            "kubectl get priorityclass",
            ""),
    RUNTIME(
            pods("runtimeClassName: of-glass, ", "command: [sleep, '1000']"),
            CauseCode.OBJECT_DENIED,
            "RuntimeClass \"of-glass\" not found",
            "kubectl get runtimeclass",
            ""),
    QUOTA_WORDLESS(
            deployment("command: [sleep, '1000'], resources: { requests: { cpu: 1m } }"),
            CauseCode.QUOTA_EXCEEDED,
            "failed quota: small: must specify requests.memory",
            "requests and limits",
            ""),
    LIMITED(
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: { name: NAME }
            spec: { storageClassName: none, accessModes: [ReadWriteOnce], resources: { requests: { storage: 2Gi } } }
            """,
            CauseCode.OBJECT_DENIED,
            "maximum storage usage per PersistentVolumeClaim is 1Gi",
            "LimitRange",
            ""),
    POLICY(
            labelled("policy"),
            CauseCode.OBJECT_DENIED,
            "denied request: nothing bad here",
            "whoever keeps the rule",
            ""),
    HOOK(
            labelled("hook"),
            KubernetesCode.CLUSTER_FAILED,
            "failed calling webhook",
            "kubectl get validatingwebhookconfigurations",
            ""),
    STALLED(
            """
            apiVersion: GROUP/v1
            kind: Thing
            metadata: { name: NAME }
            status: { conditions: [ { type: Stalled, status: "True", reason: NoZone, message: "the zone is not ours" } ] }
            """,
            CauseCode.OBJECT_FAILED,
            "the zone is not ours",
            "Read its message",
            "");

    private final String manifest;
    private final String code;
    private final String what;
    private final String advice;
    private final String output;

    WrongUnit(String manifest, Code code, String what, String advice, String output) {
        this.manifest = manifest;
        this.code = code.name();
        this.what = what;
        this.advice = advice;
        this.output = output;
    }

    String unit() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void isNamedBy(Cause cause) {
        assertThat(cause.code().name()).as(unit() + ": " + cause).isEqualTo(code);
        assertThat(cause.what()).contains(what);
        assertThat(String.join("\n", cause.advice())).contains(advice);
        if (!output.isEmpty()) {
            assertThat(cause.evidence()).as(unit()).contains(output);
        }
    }

    String manifest() {
        return manifest;
    }

    static String deployment(String container) {
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

    private static String set(int replicas, String container) {
        return """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: { name: NAME }
        spec:
          replicas: REPLICAS
          serviceName: NAME
          selector: { matchLabels: { app: NAME } }
          template:
            metadata: { labels: { app: NAME } }
            spec: { terminationGracePeriodSeconds: 0, containers: [ { name: c, image: 'localhost/busybox:1', CONTAINER } ] }
        """
                .replace("REPLICAS", Integer.toString(replicas))
                .replace("CONTAINER", container);
    }

    private static String job(String spec, String container) {
        return """
        apiVersion: batch/v1
        kind: Job
        metadata: { name: NAME }
        spec:
          SPEC
          template: { spec: { terminationGracePeriodSeconds: 0, restartPolicy: Never, containers: [ { name: c, image: 'localhost/busybox:1', CONTAINER } ] } }
        """
                .replace("SPEC", spec)
                .replace("CONTAINER", container);
    }

    static String labelled(String label) {
        return """
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: NAME, labels: { refused-by: LABEL } }
        """
                .replace("LABEL", label);
    }
}
