package dev.fairlead.target.kubernetes.ready;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.document.Json;
import dev.fairlead.document.kubernetes.KubernetesYaml;
import dev.fairlead.testkit.Covers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The published cases of kstatus (sigs.k8s.io/cli-utils, pkg/kstatus/status), and their verdicts. Where a unit asks for more
/// than kstatus does, the row says so.
class ConditionsTest {
    private record Case(String name, String verdict, String yaml) {}

    private static final String DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\n";
    private static final String REPLICA_SET = "apiVersion: apps/v1\nkind: ReplicaSet\n";
    private static final String STATEFUL_SET = "apiVersion: apps/v1\nkind: StatefulSet\n";
    private static final String DAEMON_SET = "apiVersion: apps/v1\nkind: DaemonSet\n";
    private static final String JOB = "apiVersion: batch/v1\nkind: Job\n";
    private static final String POD = "apiVersion: v1\nkind: Pod\n";
    private static final String CRD =
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n";
    private static final String OWN = "apiVersion: w.test/v1\nkind: Widget\n";

    @TestFactory
    @Covers("DEP-03")
    List<DynamicTest> everyCaseHasItsVerdict() {
        return List.of(
                        workload(
                                DEPLOYMENT, "no status", "InProgress", "metadata: {generation: 1}"),
                        workload(
                                DEPLOYMENT,
                                "progress deadline exceeded",
                                "Failed",
                                "metadata: {generation: 1}\nspec: {replicas: 1}\nstatus: {observedGeneration: 1, replicas: 1, updatedReplicas: 1, conditions: [{type: Progressing, status: \"False\", reason: ProgressDeadlineExceeded, message: late}]}"),
                        workload(
                                DEPLOYMENT,
                                "generation not observed",
                                "InProgress",
                                "metadata: {generation: 2}\nspec: {replicas: 1}\nstatus: {observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1}"),
                        workload(
                                DEPLOYMENT,
                                "not all updated",
                                "InProgress",
                                "metadata: {generation: 1}\nspec: {replicas: 2}\nstatus: {observedGeneration: 1, replicas: 2, updatedReplicas: 1, readyReplicas: 2, availableReplicas: 2}"),
                        workload(
                                DEPLOYMENT,
                                "old pods still there",
                                "InProgress",
                                "metadata: {generation: 1}\nspec: {replicas: 1}\nstatus: {observedGeneration: 1, replicas: 2, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1}"),
                        workload(
                                DEPLOYMENT,
                                "not available",
                                "InProgress",
                                "metadata: {generation: 1}\nspec: {replicas: 1}\nstatus: {observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 0}"),
                        workload(
                                DEPLOYMENT,
                                "rolled out",
                                "Current",
                                "metadata: {generation: 1}\nspec: {replicas: 1}\nstatus: {observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1}"),
                        workload(
                                DEPLOYMENT,
                                "none wanted",
                                "Current",
                                "metadata: {generation: 1}\nspec: {replicas: 0}\nstatus: {observedGeneration: 1}"),
                        workload(
                                REPLICA_SET,
                                "cannot make pods",
                                "InProgress",
                                "metadata: {generation: 1}\nspec: {replicas: 1}\nstatus: {observedGeneration: 1, conditions: [{type: ReplicaFailure, status: \"True\", message: quota}]}"),
                        workload(
                                REPLICA_SET,
                                "ready",
                                "Current",
                                "metadata: {generation: 1}\nspec: {replicas: 2}\nstatus: {observedGeneration: 1, replicas: 2, readyReplicas: 2, availableReplicas: 2}"),
                        workload(
                                STATEFUL_SET,
                                "not all ready",
                                "InProgress",
                                "metadata: {generation: 1}\nspec: {replicas: 3}\nstatus: {observedGeneration: 1, readyReplicas: 2, updatedReplicas: 3}"),
                        workload(
                                STATEFUL_SET,
                                "revisions differ",
                                "InProgress",
                                "metadata: {generation: 1}\nspec: {replicas: 1}\nstatus: {observedGeneration: 1, readyReplicas: 1, updatedReplicas: 1, currentRevision: a, updateRevision: b}"),
                        workload(
                                STATEFUL_SET,
                                "partitioned rollout",
                                "Current",
                                "metadata: {generation: 1}\nspec: {replicas: 3, updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 2}}}\nstatus: {observedGeneration: 1, readyReplicas: 3, updatedReplicas: 1, currentRevision: a, updateRevision: b}"),
                        workload(
                                STATEFUL_SET,
                                "on delete",
                                "Current",
                                "metadata: {generation: 1}\nspec: {replicas: 3, updateStrategy: {type: OnDelete}}\nstatus: {observedGeneration: 1}"),
                        workload(
                                DAEMON_SET,
                                "nothing known",
                                "InProgress",
                                "metadata: {generation: 1}\nstatus: {observedGeneration: 1}"),
                        workload(
                                DAEMON_SET,
                                "everywhere",
                                "Current",
                                "metadata: {generation: 1}\nstatus: {observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2, numberReady: 2}"),
                        workload(
                                DAEMON_SET,
                                "not everywhere",
                                "InProgress",
                                "metadata: {generation: 1}\nstatus: {observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1, numberReady: 2}"),
                        workload(JOB, "not begun", "InProgress", "status: {}"),
                        workload(
                                JOB,
                                "running (kstatus: current; a unit waits for its end)",
                                "InProgress",
                                "status: {startTime: \"2026-01-01T00:00:00Z\", active: 1}"),
                        workload(
                                JOB,
                                "complete",
                                "Current",
                                "status: {startTime: \"2026-01-01T00:00:00Z\", succeeded: 1, conditions: [{type: Complete, status: \"True\"}]}"),
                        workload(
                                JOB,
                                "failed",
                                "Failed",
                                "status: {startTime: \"2026-01-01T00:00:00Z\", failed: 1, conditions: [{type: Failed, status: \"True\", reason: BackoffLimitExceeded}]}"),
                        workload(POD, "no status", "InProgress", "metadata: {}"),
                        workload(
                                POD,
                                "ready",
                                "Current",
                                "status: {phase: Running, conditions: [{type: Ready, status: \"True\"}]}"),
                        workload(
                                POD,
                                "done",
                                "Current",
                                "status: {phase: Succeeded, conditions: [{type: Ready, status: \"False\", reason: PodCompleted}]}"),
                        workload(POD, "failed", "Failed", "status: {phase: Failed}"),
                        workload(
                                "apiVersion: v1\nkind: PersistentVolumeClaim\n",
                                "pending",
                                "InProgress",
                                "status: {phase: Pending}"),
                        workload(
                                "apiVersion: v1\nkind: PersistentVolumeClaim\n",
                                "bound",
                                "Current",
                                "status: {phase: Bound}"),
                        workload(
                                "apiVersion: v1\nkind: Service\n",
                                "of a cluster",
                                "Current",
                                "spec: {type: ClusterIP}"),
                        workload(
                                "apiVersion: v1\nkind: Service\n",
                                "load balancer without an address",
                                "InProgress",
                                "spec: {type: LoadBalancer, clusterIP: 10.0.0.1}\nstatus: {loadBalancer: {}}"),
                        workload(
                                CRD,
                                "names refused",
                                "Failed",
                                "metadata: {generation: 1}\nstatus: {conditions: [{type: NamesAccepted, status: \"False\", reason: ListKindConflict, message: taken}]}"),
                        workload(
                                CRD,
                                "installing",
                                "InProgress",
                                "metadata: {generation: 1}\nstatus: {conditions: [{type: NamesAccepted, status: \"True\"}, {type: Established, status: \"False\", reason: Installing}]}"),
                        workload(
                                CRD,
                                "established",
                                "Current",
                                "metadata: {generation: 1}\nstatus: {conditions: [{type: NamesAccepted, status: \"True\"}, {type: Established, status: \"True\"}]}"),
                        workload(OWN, "without a status", "Current", "metadata: {generation: 1}"),
                        workload(
                                OWN,
                                "not ready",
                                "InProgress",
                                "status: {conditions: [{type: Ready, status: \"False\", message: wait}]}"),
                        workload(
                                OWN,
                                "stalled",
                                "Failed",
                                "status: {conditions: [{type: Stalled, status: \"True\", reason: No}]}"),
                        workload(
                                OWN,
                                "reconciling",
                                "InProgress",
                                "status: {conditions: [{type: Reconciling, status: \"True\"}]}"),
                        workload(
                                OWN,
                                "being deleted",
                                "Terminating",
                                "metadata: {deletionTimestamp: \"2026-01-01T00:00:00Z\", finalizers: [w.test/x]}"))
                .stream()
                .map(one ->
                        DynamicTest.dynamicTest(
                                one.name(),
                                () ->
                                        assertThat(
                                                        Conditions.of(tree(one.yaml()))
                                                                .getClass()
                                                                .getSimpleName())
                                                .isEqualTo(one.verdict())))
                .toList();
    }

    private static Case workload(String head, String name, String verdict, String rest) {
        var kind = head.substring(head.indexOf("kind: ") + 6).strip();
        return new Case(kind + ": " + name, verdict, head + rest);
    }

    private static Map<String, Object> tree(String yaml) {
        return Json.readObject(Json.compact(KubernetesYaml.read(yaml)));
    }
}
