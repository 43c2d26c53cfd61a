package dev.fairlead.deploy.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.document.kubernetes.KubernetesYaml;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What mode dev makes of pods.
class DevCommandTest {
    private static final String STACK =
            """
            apiVersion: fairlead.dev/v1alpha1
            kind: ServiceStack
            metadata: { name: shop }
            spec:
              environments: { k: { target: kubernetes, mode: MODE } }
              secrets: { key: { generate: 12 } }
              images:
                fairlead: { type: external, from: "fairlead:1" }
                tools: { type: external, from: "tools:1" }
                api: { type: external, from: "api:1" }
              WORKSPACE
              services:
                - name: api
                  deployGroup: internal
                  path: src/api
                  image: api
                  podSecurity: baseline
                  run: { command: [ serve ], ports: { http: 80 }, ready: { http: { path: /readyz } } }
                  dev:
                    image: tools
                    command: [ go, run, ., "{{ .Secrets.key }}" ]
                    build: [ go, build, ./... ]
                    watch: [ "**/*.go" ]
                    ignore: [ "**/*_test.go" ]
                - { name: side, deployGroup: internal, manifests: [ { path: side.yaml } ], podSecurity: baseline, dev: { command: [ vite ], reload: tool } }
                - { name: own, deployGroup: internal, image: api, workspace: false, dev: { command: [ x ] } }
            """;

    private static final String SIDE =
            """
            apiVersion: v1
            kind: Pod
            metadata: { name: side, annotations: { kubectl.kubernetes.io/default-container: main } }
            spec:
              containers:
                - { name: proxy, image: "p:1", command: [ proxy ] }
                - { name: main, image: "m:1", command: [ m ], args: [ x ] }
            """;

    @TempDir private Path folder;
    private ClusterStack stack;

    @BeforeEach
    void open() throws IOException {
        stack = new ClusterStack(folder).file("side.yaml", SIDE).file("src/api/main.go", "");
        write("dev", "workspace: { size: 1Gi, accessMode: ReadWriteMany }");
    }

    private void write(String mode, String workspace) throws IOException {
        stack.file("services.yaml", STACK.replace("MODE", mode).replace("WORKSPACE", workspace));
    }

    private String yaml(String ref) {
        return KubernetesYaml.write(stack.masked(ref)).toString();
    }

    @Test
    @Covers({"PAR-01", "PAR-02", "PAR-04"})
    void theDevBlockTakesThePlaceOfTheCommand() {
        assertThat(yaml("Deployment/api"))
                .contains(
                        """
                              containers:
                              - command:
                                - /fairlead/jre/bin/java
                                - '@/fairlead/dev-run'
                                - --root=/workspace
                                - --folder=/workspace/src/api
                                - --scratch=/fairlead
                                - --build=go
                                - --build=build
                                - --build=./...
                                - --watch=**/*.go
                                - --ignore=**/*_test.go
                                - --debounce=200ms
                                - --stop=TERM,10000ms
                                - --ready=http:80/readyz
                                - --
                                - go
                                - run
                                - .
                                - ${secret:key}
                                image: tools:1
                        """)
                .contains("workingDir: /workspace/src/api")
                .contains("- emptyDir: {}\n        name: fairlead")
                .contains(
                        """
                              initContainers:
                              - command:
                                - /opt/fairlead/jre/bin/java
                        """)
                .contains("- --install\n        - /fairlead\n        image: fairlead:1");
        assertThat(stack.object("Deployment/api").origin().injected().toString())
                .contains(
                        "spec.template.spec.containers[api].command",
                        "spec.template.spec.initContainers",
                        "mode dev: the dev block");
    }

    @Test
    @Covers("PAR-01")
    void aManifestsMainContainerIsMeantAndNobodyElses() {
        assertThat(yaml("Pod/side"))
                .contains("- command:\n    - proxy\n", "- --reload=tool", "- vite")
                .doesNotContain("args:", "- m\n");
    }

    @Test
    @Covers("PAR-04")
    void whoeverIsNotMeantRunsItsImage() throws IOException {
        assertThat(yaml("Deployment/own")).doesNotContain("dev-run").contains("image: api:1");
        assertThat(stack.environment().outline().notes())
                .contains(
                        "mode dev, by their dev block on the workspace: api, side",
                        "mode dev, but without their dev block: own");

        write("dev", "");
        assertThat(yaml("Deployment/api")).doesNotContain("dev-run").contains("image: api:1");
        assertThat(stack.environment().outline().notes())
                .contains(
                        "mode dev, but without their dev block (the stack has no workspace): api, own, side");

        write("prod", "workspace: { size: 1Gi }");
        assertThat(yaml("Deployment/api")).doesNotContain("dev-run").contains("image: api:1");
    }

    @Test
    @Covers("WS-01")
    void aPodThatMayWriteAllOfItReceivesTheCheckout() {
        assertThat(yaml("Deployment/workspace"))
                .contains("- --wait", "mountPath: /workspace\n          name: workspace\n")
                .contains("automountServiceAccountToken: false")
                .doesNotContain("readOnly: true");
    }
}
