package dev.fairlead.deploy.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.document.kubernetes.KubernetesYaml;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaWaitsTest {
    private static final String STACK =
            """
            apiVersion: fairlead.dev/v1alpha1
            kind: ServiceStack
            metadata: { name: shop }
            spec:
              environments: { k: { target: kubernetes, mode: prod, registry: registry.test } }
              secrets: { password: { generate: 24 } }
              images:
                api: { type: build, from: jdk, layers: [ { files: "services/internal/api/src/**" } ] }
              infrastructure:
                - name: db
                  manifests: [ { path: db.yaml } ]
                  exports: { url: "postgresql://shop:{{ .Secrets.password }}@db.{{ .Namespace }}.svc:5432/shop" }
              migrations:
                - { name: shop-db, owner: api, database: { unit: db, name: shop }, timeout: 10m%s }
              services:
                - { name: api, deployGroup: internal, requiresSchema: shop-db, image: api }
            """;

    @TempDir private Path folder;
    private ClusterStack stack;

    @BeforeEach
    void open() throws IOException {
        stack =
                new ClusterStack(folder)
                        .file("services.yaml", STACK.formatted(", image: api"))
                        .file(
                                "db.yaml",
                                "{ apiVersion: v1, kind: ConfigMap, metadata: { name: db } }")
                        .file("services/internal/api/src/Api.java", "void main() {}")
                        .file("services/internal/api/cmd/cli/migrations/0001_a.sql", "select 1;");
    }

    private String yaml(String ref) {
        return KubernetesYaml.write(stack.masked(ref)).toString();
    }

    @Test
    @Covers({"MIG-03", "MIG-07"})
    void aMigrationsUnitWithAnImageIsAJobOfIt() {
        var job = yaml("Job/shop-db");
        assertThat(job)
                .contains("image: registry.test/shop/api:in-")
                .contains("- migrate\n", "- up\n", "- /migrations/shop-db\n")
                .contains("activeDeadlineSeconds: 600", "restartPolicy: Never")
                .contains("fairlead.dev/unit: shop-db")
                .doesNotContain("postgresql://");
        assertThat(yaml("Secret/shop-db-database")).contains("${secret:password}");
    }

    @Test
    @Covers("MIG-05")
    void whoeverRequiresTheSchemaWaitsForItInAnInitContainer() {
        var api = stack.object("Deployment/api");
        assertThat(yaml("Deployment/api"))
                .contains("initContainers:", "name: schema-shop-db", "- await\n")
                .contains("name: shop-db-database");
        assertThat(api.origin().injected().toString())
                .contains("initContainers[schema-shop-db]", "waits for the schema of shop-db");
    }

    @Test
    @Covers("MIG-03")
    void withoutAnImageThereIsNeither() throws IOException {
        stack.file("services.yaml", STACK.formatted(""));
        assertThat(stack.objects())
                .extracting(object -> object.ref().toString())
                .containsExactly("Deployment/api", "ConfigMap/db");
        assertThat(yaml("Deployment/api")).doesNotContain("initContainers");
    }

    @Test
    @Covers("MIG-07")
    void theImageFollowsFromTheFiles() throws IOException {
        var before = yaml("Job/shop-db");
        stack.file("services/internal/api/cmd/cli/migrations/0002_b.sql", "select 2;");
        assertThat(yaml("Job/shop-db")).isNotEqualTo(before);
    }
}
