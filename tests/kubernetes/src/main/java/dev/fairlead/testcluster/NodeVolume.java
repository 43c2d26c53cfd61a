package dev.fairlead.testcluster;

import java.io.IOException;

/// A volume on the node of the test cluster, for one claim of the storage class of its name. The pod that makes its folder
/// goes with its namespace.
///
/// @param cluster in whose namespace the pod that makes its folder runs
public record NodeVolume(TestCluster cluster, String name) {
    private static final String FOLDER = "/var/tmp/fairlead-tests";

    public static NodeVolume make(TestCluster cluster, String name)
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
                    - { name: c, image: "localhost/busybox:1", command: [ sh, -c, "mkdir -p /disk/%2$s && exec sleep 100000" ], volumeMounts: [ { name: disk, mountPath: /disk } ] }
                """
                        .formatted(FOLDER, name));
        cluster.kubectl("wait", "--for=condition=Ready", "pod/disk", "--timeout=120s");
        var node = cluster.kubectl("get", "pod", "disk", "-o", "jsonpath={.spec.nodeName}");
        cluster.kubectlApply(
                """
                apiVersion: v1
                kind: PersistentVolume
                metadata: { name: %1$s }
                spec:
                  capacity: { storage: 1Gi }
                  accessModes: [ ReadWriteOnce ]
                  persistentVolumeReclaimPolicy: Retain
                  storageClassName: %1$s
                  local: { path: %3$s/%1$s }
                  nodeAffinity: { required: { nodeSelectorTerms: [ { matchExpressions: [ { key: kubernetes.io/hostname, operator: In, values: [ %2$s ] } ] } ] } }
                """
                        .formatted(name, node, FOLDER));
        return new NodeVolume(cluster, name);
    }

    public void remove() throws IOException, InterruptedException {
        cluster.kubectl("delete", "pv", name, "--wait=false", "--ignore-not-found");
        cluster.kubectl("exec", "disk", "--", "rm", "-rf", "/disk/" + name);
    }
}
