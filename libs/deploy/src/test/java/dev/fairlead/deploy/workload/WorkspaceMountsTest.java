package dev.fairlead.deploy.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.document.kubernetes.KubernetesYaml;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceMountsTest {
    private static final String STACK =
            """
            apiVersion: fairlead.dev/v1alpha1
            kind: ServiceStack
            metadata: { name: shop }
            spec:
              environments: { k: { target: kubernetes, mode: prod } }
              workspace:
                size: 1Gi
                storageClass: fast
                owner: { uid: 1000, gid: 2000 }
                grants: [ { unit: api, path: build/out, access: rw }, { unit: coder, path: ., access: rw, shared: true } ]
              infrastructure: [ { name: db, manifests: [ { path: db.yaml } ] } ]
              services:
                - { name: api, deployGroup: internal, podSecurity: baseline, manifests: [ { path: api.yaml } ] }
                - { name: coder, deployGroup: internal, podSecurity: baseline, manifests: [ { path: coder.yaml } ] }
            """;

    @TempDir private Path folder;
    private ClusterStack stack;

    @BeforeEach
    void open() throws IOException {
        stack =
                new ClusterStack(folder)
                        .file("services.yaml", STACK)
                        .file("db.yaml", pod("db", ""))
                        .file(
                                "api.yaml",
                                pod("api", ", volumeMounts: [ { name: tmp, mountPath: /tmp } ]"))
                        .file("coder.yaml", pod("coder", ""));
    }

    private static String pod(String name, String more) {
        return """
        apiVersion: v1
        kind: Pod
        metadata: { name: %s }
        spec:
          automountServiceAccountToken: false
          volumes: [ { name: tmp, emptyDir: {} } ]
          containers: [ { name: c, image: "c:1"%s } ]
        """
                .formatted(name, more);
    }

    private String yaml(String ref) {
        return KubernetesYaml.write(stack.masked(ref)).toString();
    }

    @Test
    @Covers({"WS-01", "WS-02"})
    void aServiceReadsAllAndWritesWhatIsGranted() {
        assertThat(yaml("Pod/api"))
                .endsWith(
                        """
                        spec:
                          affinity:
                            podAffinity:
                              requiredDuringSchedulingIgnoredDuringExecution:
                              - labelSelector:
                                  matchLabels:
                                    fairlead.dev/env: k
                                    fairlead.dev/slot: "0"
                                    fairlead.dev/stack: shop
                                    fairlead.dev/workspace: workspace
                                topologyKey: kubernetes.io/hostname
                          automountServiceAccountToken: false
                          containers:
                          - image: c:1
                            name: c
                            volumeMounts:
                            - mountPath: /tmp
                              name: tmp
                            - mountPath: /workspace
                              name: workspace
                              readOnly: true
                            - mountPath: /workspace/build/out
                              name: workspace
                              subPath: build/out
                          securityContext:
                            fsGroup: 2000
                            fsGroupChangePolicy: OnRootMismatch
                            runAsGroup: 2000
                            runAsUser: 1000
                          volumes:
                          - emptyDir: {}
                            name: tmp
                          - name: workspace
                            persistentVolumeClaim:
                              claimName: workspace\
                        """);
        assertThat(yaml("Pod/coder"))
                .contains("- mountPath: /workspace\n      name: workspace\n  sec");
        assertThat(yaml("Pod/db")).doesNotContain("workspace");
        assertThat(yaml("PersistentVolumeClaim/workspace"))
                .endsWith(
                        """
                        spec:
                          accessModes:
                          - ReadWriteOnce
                          resources:
                            requests:
                              storage: 1Gi
                          storageClassName: fast\
                        """);
    }

    @Test
    void manyNodesNeedNoNeighbours() throws IOException {
        stack.file(
                "services.yaml",
                STACK.replace("size: 1Gi", "size: 1Gi\n    accessMode: ReadWriteMany"));
        assertThat(yaml("Pod/api")).doesNotContain("affinity").contains("readOnly: true");
    }

    @Test
    void whatTheManifestSaysStays() throws IOException {
        stack.file(
                "api.yaml",
                pod("api", ", volumeMounts: [ { name: tmp, mountPath: /workspace } ]")
                        .replace(
                                "volumes:",
                                "securityContext: { runAsUser: 7, fsGroup: 8 }\n  volumes:"));
        assertThat(yaml("Pod/api"))
                .contains("runAsUser: 7", "fsGroup: 8")
                .doesNotContain("readOnly: true")
                .contains("mountPath: /workspace/build/out");
    }

    /// A mount that can be written to is not enough: what a volume holds belongs to somebody.
    @Test
    @Covers("WS-02")
    void whoeverMayWriteByItsGrantAndNotByItsUserIsWarnedOf() throws IOException {
        assertThat(stack.problems()).isEmpty();
        stack.file(
                "api.yaml",
                pod("api", "").replace("volumes:", "securityContext: { fsGroup: 8 }\n  volumes:"));
        assertThat(stack.problems())
                .singleElement()
                .asString()
                .contains(
                        "WORKSPACE_CLOSED Pod/api has the fsGroup 8, and the files of the workspace belong to the group 2000");
        var nobody = STACK.replace("    owner: { uid: 1000, gid: 2000 }\n", "");
        stack.file("services.yaml", nobody).file("api.yaml", pod("api", ""));
        assertThat(stack.problems()).as("root writes everywhere").isEmpty();
        var restricted =
                nobody.replace(
                        "podSecurity: baseline, manifests: [ { path: api",
                        "manifests: [ { path: api");
        stack.file("services.yaml", restricted);
        assertThat(stack.problems())
                .singleElement()
                .asString()
                .contains(
                        "WORKSPACE_CLOSED c in Pod/api is granted a folder of the workspace to write to and does not run as root",
                        "owner: { uid, gid }");
        stack.file(
                "api.yaml",
                pod("api", "").replace("volumes:", "securityContext: { fsGroup: 8 }\n  volumes:"));
        assertThat(stack.problems()).isEmpty();
    }
}
