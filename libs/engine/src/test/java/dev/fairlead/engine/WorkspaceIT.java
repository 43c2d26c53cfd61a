package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.testcluster.NodeVolume;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The workspace in running pods: who writes where is what the grants say.
@WithCluster(pods = true)
class WorkspaceIT {
    private static final String POD =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: "{{ .Unit.name }}" }
            spec:
              selector: { matchLabels: { app: "{{ .Unit.name }}" } }
              template:
                metadata: { labels: { app: "{{ .Unit.name }}" } }
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                    - { name: c, image: "localhost/busybox:1", command: [ sleep, "100000" ] }
            """;

    @TempDir Path folder;
    private TestCluster cluster;
    private Workbench bench;
    private String namespace;
    private NodeVolume volume;

    @BeforeEach
    void stand(TestCluster given) throws Exception {
        cluster = given;
        namespace = given.namespace() + "-w";
        volume = NodeVolume.make(given, namespace);
        bench = new Workbench(folder, Map.of("KUBECONFIG", given.kubeconfig().toString()));
        bench.file("pod.yaml.tpl", POD)
                .stack(
                        """
                        apiVersion: fairlead.dev/v1alpha1
                        kind: ServiceStack
                        metadata: { name: shop }
                        spec:
                          environments: { k: { target: kubernetes, mode: prod, namespaceTemplate: %1$s } }
                          workspace:
                            size: 1Gi
                            storageClass: %1$s
                            owner: { uid: 1000, gid: 1000 }
                            grants:
                              - { unit: ada, path: ada/out, access: rw }
                              - { unit: bob, path: bob, access: rw }
                              - { unit: ada, path: both, access: rw, shared: true }
                              - { unit: bob, path: both, access: rw, shared: true }
                          services:
                            - { name: ada, deployGroup: internal, manifests: [ { path: pod.yaml.tpl } ] }
                            - { name: bob, deployGroup: internal, manifests: [ { path: pod.yaml.tpl } ] }
                            - { name: eve, deployGroup: internal, manifests: [ { path: pod.yaml.tpl } ] }
                        """
                                .formatted(namespace));
    }

    @AfterEach
    void fall() throws Exception {
        bench.close();
        cluster.kubectl("delete", "namespace", namespace, "--wait=false", "--ignore-not-found");
        volume.remove();
    }

    private String in(String unit, String script) throws IOException, InterruptedException {
        return cluster.kubectl("-n", namespace, "exec", "deploy/" + unit, "--", "sh", "-c", script)
                .strip();
    }

    private void refused(String unit, String script) {
        assertThatThrownBy(() -> in(unit, script)).hasMessageContaining("Read-only file system");
    }

    @Test
    @Covers({"WS-01", "WS-02"})
    void whoIsGrantedWritesAndNobodyElse() throws Exception {
        assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);

        assertThat(in("ada", "id -u; echo from ada > /workspace/ada/out/a; echo ok"))
                .isEqualTo("1000\nok");
        in("bob", "echo from bob > /workspace/bob/b");
        // Both write where both may, also over each other's files.
        in("ada", "echo one >> /workspace/both/log");
        in("bob", "echo two >> /workspace/both/log");
        assertThat(in("eve", "cat /workspace/ada/out/a /workspace/bob/b /workspace/both/log"))
                .isEqualTo("from ada\nfrom bob\none\ntwo");

        refused("bob", "echo x > /workspace/ada/out/a");
        refused("ada", "echo x > /workspace/bob/b");
        refused("ada", "echo x > /workspace/new");
        refused("ada", "echo x > /workspace/ada/new");
        refused("eve", "echo x > /workspace/both/log");
        refused("eve", "mkdir /workspace/mine");
    }
}
