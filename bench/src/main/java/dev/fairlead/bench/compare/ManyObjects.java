package dev.fairlead.bench.compare;

import dev.fairlead.testcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Objects to deploy: a third each ConfigMap, Service and Deployment with no pods.
///
/// @param changed one ConfigMap has another value
record ManyObjects(int size, boolean changed) {
    /// All in one file.
    Path manifest(Path folder) throws IOException {
        return Files.writeString(
                Files.createDirectories(folder).resolve("all.yaml"), String.join("---\n", texts()));
    }

    /// A chart whose templates are the objects.
    Path chart(Path folder) throws IOException {
        var templates = Files.createDirectories(folder.resolve("chart/templates"));
        Files.writeString(
                folder.resolve("chart/Chart.yaml"),
                "apiVersion: v2\nname: bench\nversion: 0.1.0\n");
        Files.writeString(templates.resolve("all.yaml"), String.join("---\n", texts()));
        return folder.resolve("chart");
    }

    /// A stack with one unit that consists of the objects.
    Path stack(Path folder, TestCluster cluster) throws IOException {
        var stack = Files.createDirectories(folder.resolve("stack"));
        manifest(stack);
        Files.writeString(
                stack.resolve("services.yaml"),
                """
                apiVersion: fairlead.dev/v1alpha1
                kind: ServiceStack
                metadata: { name: bench }
                spec:
                  environments:
                    k: { target: kubernetes, mode: prod, namespaceTemplate: "%s" }
                  services:
                    - { name: bench, deployGroup: internal, manifests: [ { path: all.yaml } ] }
                """
                        .formatted(cluster.namespace()));
        return stack;
    }

    private List<String> texts() {
        var texts = new ArrayList<String>();
        for (int i = 0; i < size / 3; i++) {
            texts.add(
                    """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: config-%d, labels: {bench: "yes"}}
                    data: {color: %s, size: "%d"}
                    """
                            .formatted(i, changed && i == 0 ? "green" : "blue", i));
            texts.add(
                    """
                    apiVersion: v1
                    kind: Service
                    metadata: {name: service-%d, labels: {bench: "yes"}}
                    spec: {selector: {app: app-%d}, ports: [{name: http, port: 80, targetPort: 8080}]}
                    """
                            .formatted(i, i));
            texts.add(
                    """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: app-%d, labels: {bench: "yes"}}
                    spec:
                      replicas: 0
                      selector: {matchLabels: {app: app-%d}}
                      template:
                        metadata: {labels: {app: app-%d}}
                        spec:
                          containers:
                            - name: app
                              image: localhost/busybox:1
                              envFrom: [{configMapRef: {name: config-%d}}]
                    """
                            .formatted(i, i, i, i));
        }
        return texts;
    }
}
