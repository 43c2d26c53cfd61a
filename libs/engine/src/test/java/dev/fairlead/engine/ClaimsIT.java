package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The claims of `volumeClaimTemplates`, in a namespace that somebody else made and that stays.
@WithCluster
class ClaimsIT {
    private static final String CLAIM =
            "{ storageClassName: none, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Mi } } }";

    @TempDir Path folder;
    private Workbench bench;
    private TestCluster cluster;

    @BeforeEach
    void open(TestCluster given) throws IOException {
        cluster = given;
        bench = new Workbench(folder, Map.of("KUBECONFIG", given.kubeconfig().toString()));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /// As the controller makes them; nothing here runs a pod.
    @Test
    @Covers("DEP-03")
    void theClaimsThatAStatefulSetMadeGoWithTheVolumesAndNeverByAPlan() throws Exception {
        bench.stack(
                """
                apiVersion: fairlead.dev/v1alpha1
                kind: ServiceStack
                metadata: { name: shop }
                spec:
                  environments: { k: { target: kubernetes, mode: prod, namespaceTemplate: %s } }
                  services: [ { name: web, deployGroup: internal, manifests: [ { path: web.yaml } ] } ]
                """
                        .formatted(cluster.namespace()));
        bench.file(
                "web.yaml",
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: { name: web }
                spec:
                  replicas: 0
                  serviceName: web
                  selector: { matchLabels: { app: web } }
                  template:
                    metadata: { labels: { app: web } }
                    spec: { containers: [ { name: c, image: "registry.test/web:1" } ] }
                  volumeClaimTemplates: [ { metadata: { name: data }, spec: CLAIM } ]
                """
                        .replace("CLAIM", CLAIM));
        assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);
        for (var name : List.of("data-web-0", "data-web-11", "data-web-x", "other-web-0")) {
            cluster.kubectlApply(
                    "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: %s}, spec: %s}"
                            .formatted(name, CLAIM),
                    "--namespace=" + cluster.namespace());
        }
        bench.engine.down(bench.request(), false, Turn.AT_ONCE, bench.events::add);
        assertThat(bench.events)
                .anySatisfy(event ->
                        assertThat(event.what())
                                .contains(
                                        "its volumes stay: PersistentVolumeClaim/data-web-0, PersistentVolumeClaim/data-web-11"));
        assertThat(claims()).hasSize(4);
        assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);
        assertThat(bench.engine.plan(bench.request()).plan().changes())
                .allSatisfy(change -> assertThat(change.action()).isEqualTo(Action.KEEP));
        assertThat(claims()).hasSize(4);
        bench.engine.down(bench.request(), true, Turn.AT_ONCE, bench.events::add);
        assertThat(claims())
                .containsExactly(
                        "persistentvolumeclaim/data-web-x", "persistentvolumeclaim/other-web-0");
    }

    private List<String> claims() throws IOException, InterruptedException {
        return cluster.kubectl("get", "persistentvolumeclaim", "-o", "name").lines().toList();
    }
}
