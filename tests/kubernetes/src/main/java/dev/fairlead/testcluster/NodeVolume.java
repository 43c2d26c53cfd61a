package dev.fairlead.testcluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Volumes on the node of the test cluster, each for one claim of the storage class of their name. The pod that makes their
/// folders goes with its namespace.
///
/// @param cluster in whose namespace the pod that makes the folders runs
public record NodeVolume(TestCluster cluster, String name, int count) {
    private static final String FOLDER = "/var/tmp/fairlead-tests";

    public static NodeVolume make(TestCluster cluster, String name)
            throws IOException, InterruptedException {
        return make(cluster, name, 1);
    }

    public static NodeVolume make(TestCluster cluster, String name, int count)
            throws IOException, InterruptedException {
        // Made by a pod there: fsGroup is for local volumes, not for host paths.
        cluster.kubectlApply(
                """
                apiVersion: v1
                kind: Pod
                metadata: { name: disk }
                spec:
                  terminationGracePeriodSeconds: 0
                  volumes: [ { name: disk, hostPath: { path: %1$s, type: DirectoryOrCreate } } ]
                  containers:
                    - { name: c, image: "localhost/busybox:1", command: [ sh, -c, "mkdir -p %2$s && exec sleep 100000" ], volumeMounts: [ { name: disk, mountPath: /disk } ] }
                """
                        .formatted(FOLDER, String.join(" ", folders(name, count))));
        cluster.kubectl("wait", "--for=condition=Ready", "pod/disk", "--timeout=120s");
        var node = cluster.kubectl("get", "pod", "disk", "-o", "jsonpath={.spec.nodeName}");
        for (int i = 0; i < count; i++) {
            cluster.kubectlApply(
                    """
                    apiVersion: v1
                    kind: PersistentVolume
                    metadata: { name: %1$s-%4$d }
                    spec:
                      capacity: { storage: 1Gi }
                      accessModes: [ ReadWriteOnce ]
                      persistentVolumeReclaimPolicy: Retain
                      storageClassName: %1$s
                      local: { path: %3$s/%1$s-%4$d }
                      nodeAffinity: { required: { nodeSelectorTerms: [ { matchExpressions: [ { key: kubernetes.io/hostname, operator: In, values: [ %2$s ] } ] } ] } }
                    """
                            .formatted(name, node, FOLDER, i));
        }
        return new NodeVolume(cluster, name, count);
    }

    /// As the pod there sees them.
    private static List<String> folders(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> "/disk/" + name + "-" + i).toList();
    }

    public void remove() throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("exec", "disk", "--", "rm", "-rf"));
        command.addAll(folders(name, count));
        for (int i = 0; i < count; i++) {
            cluster.kubectl("delete", "pv", name + "-" + i, "--wait=false", "--ignore-not-found");
        }
        cluster.kubectl(command.toArray(String[]::new));
    }
}
