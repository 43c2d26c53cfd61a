package dev.fairlead.deploy.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaCheckTest {
    private static final String STACK =
            """
            apiVersion: fairlead.dev/v1alpha1
            kind: ServiceStack
            metadata: { name: shop }
            spec:
              environments: { k: { target: kubernetes, mode: prod, quota: { QUOTA }, limits: { cpu: 500m, memory: 256Mi } } }
              services:
                - { name: app, deployGroup: internal, manifests: [ { path: app.yaml } ] }
                - { name: web, deployGroup: edge, manifests: [ { path: web.yaml } ] }
            """;

    @TempDir private Path folder;
    private ClusterStack stack;

    @BeforeEach
    void open() throws IOException {
        stack =
                new ClusterStack(folder)
                        .file("app.yaml", pods("app", 3, ""))
                        .file(
                                "web.yaml",
                                pods(
                                        "web",
                                        1,
                                        ", resources: { requests: { cpu: \"1\", memory: 1Gi } }"));
    }

    private static String pods(String name, int replicas, String more) {
        return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: %1$s }
        spec:
          replicas: %2$d
          selector: { matchLabels: { app: %1$s } }
          template: { metadata: { labels: { app: %1$s } }, spec: { containers: [ { name: c, image: "c:1"%3$s } ] } }
        """
                .formatted(name, replicas, more);
    }

    private List<String> with(String quota) throws IOException {
        stack.file("services.yaml", STACK.replace("QUOTA", quota));
        return stack.problems();
    }

    @Test
    void whatFitsIsNoProblem() throws IOException {
        // 3 of half a core by the default limits, and 1 that asks for a whole one.
        assertThat(with("requests.cpu: \"2500m\", requests.memory: 1792Mi, pods: 4")).isEmpty();
    }

    @Test
    void whatDoesNotFitIsNamedWithBothSums() throws IOException {
        assertThat(with("cpu: 2, limits.memory: 1000Mi, pods: 3"))
                .hasSize(3)
                .anySatisfy(one ->
                        assertThat(one)
                                .contains(
                                        "QUOTA_TOO_SMALL the pods of the stack ask for 2.5 of cpu, and ResourceQuota/quota gives 2"))
                .anySatisfy(one -> assertThat(one).contains("ask for 4 of pods"))
                .anySatisfy(one -> assertThat(one).contains("of limits.memory"));
    }

    @Test
    void theNamespaceIsAUnitThatEverybodyWaitsFor() throws IOException {
        with("pods: 9");
        assertThat(stack.objects())
                .extracting(one -> one.unit() + " " + one.ref())
                .startsWith(
                        "app Deployment/app",
                        "namespace ResourceQuota/quota",
                        "namespace LimitRange/limits");
        var units = stack.environment().outline().units();
        units.forEach((name, part) -> {
            if (!name.value().equals("namespace") && !name.value().equals("web")) {
                assertThat(part.waitsFor()).extracting(Object::toString).contains("namespace");
            }
        });
    }

    @Test
    void itsNameIsNobodyElses() throws IOException {
        stack.file(
                "services.yaml",
                STACK.replace("QUOTA", "pods: 9").replace("name: web", "name: namespace"));
        assertThat(
                        org.junit.jupiter.api.Assertions.assertThrows(
                                dev.fairlead.diagnostic.ProblemException.class,
                                () -> stack.environment()))
                .hasMessageContaining(
                        "DUPLICATE_UNIT \"namespace\" is the unit of the environment's own namespace");
    }
}
