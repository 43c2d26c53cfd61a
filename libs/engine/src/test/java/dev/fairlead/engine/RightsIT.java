package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody needs who may do something in one namespace alone: the Role that the reference shows, and no more.
@WithCluster
class RightsIT {
    private static final String STACK =
            """
            apiVersion: fairlead.dev/v1alpha1
            kind: ServiceStack
            metadata: { name: shop }
            spec:
              secrets: { token: { generate: 24 } }
              environments: { k: { target: kubernetes, mode: prod, namespaceTemplate: NAMESPACE } }
              services:
                - { name: app, deployGroup: internal, manifests: [ { path: app.yaml.tpl } ] }
            """;

    private static final String MANIFEST =
            """
            apiVersion: v1
            kind: Secret
            metadata: { name: app }
            stringData: { token: "{{ .Secrets.token }}" }
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: app }
            spec:
              replicas: 0
              selector: { matchLabels: { app: app } }
              template:
                metadata: { labels: { app: app } }
                spec: { containers: [ { name: app, image: "registry.test/app:1", readinessProbe: { tcpSocket: { port: 80 } } } ] }
            """;

    @TempDir Path folder;

    @Test
    @Covers("DEP-04")
    void theDocumentedRoleIsEnoughAndWhatIsMissingIsNamedBeforeAnythingIsWritten(
            TestCluster cluster) throws Exception {
        cluster.kubectl("create", "serviceaccount", "deployer");
        cluster.kubectl(
                "create",
                "rolebinding",
                "deployer",
                "--role=fairlead",
                "--serviceaccount=" + cluster.namespace() + ":deployer");
        var role = documented();
        cluster.kubectlApply(role.replace("secrets, ", "").replace("deployments, ", ""));
        try (var bench = bench(cluster)) {
            assertThatThrownBy(bench::up)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("secrets")
                    .hasMessageContaining(cluster.namespace());
            assertThat(cluster.kubectl("get", "configmap,secret,deployment", "-o", "name"))
                    .doesNotContain("fairlead", "app");
            cluster.kubectlApply(role.replace("deployments, ", ""));
            assertThatThrownBy(bench::up)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("deployments");
            cluster.kubectlApply(
                    role.replace(
                            "    verbs: [get, list, watch, create, patch, delete]",
                            "    verbs: [get, list, watch]"));
            assertThatThrownBy(bench::up)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining(
                            "the right to create, patch deployments.apps in the namespace "
                                    + cluster.namespace()
                                    + " is missing");
            assertThat(cluster.kubectl("get", "configmap,secret,deployment", "-o", "name"))
                    .doesNotContain("fairlead", "app");
            cluster.kubectlApply(role);
            assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);
        }
    }

    /// The Role of docs/reference/kubernetes.md.
    private static String documented() throws IOException {
        var page = Files.readString(Repository.root().resolve("docs/reference/kubernetes.md"));
        var from = page.indexOf("```yaml\n", page.indexOf("## Rights")) + 8;
        return page.substring(from, page.indexOf("```", from));
    }

    private Workbench bench(TestCluster cluster) throws IOException, InterruptedException {
        var token = cluster.kubectl("create", "token", "deployer");
        var file =
                Files.readString(cluster.kubeconfig())
                        .replaceAll(
                                "user: \\{client-certificate.*", "user: {token: " + token + "}}]");
        var config = Files.writeString(folder.resolve("deployer.kubeconfig"), file);
        return new Workbench(folder, Map.of("KUBECONFIG", config.toString()))
                .stack(STACK.replace("NAMESPACE", cluster.namespace()))
                .file("app.yaml.tpl", MANIFEST);
    }
}
