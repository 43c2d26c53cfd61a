package dev.fairlead.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.inventory.cluster.PodSecurity;
import dev.fairlead.inventory.cluster.Workload;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testkit.Covers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The keys that only Kubernetes knows.
class ClusterKeysTest {
    @TempDir private Path folder;

    private static Unit unit(Sample sample, String name) {
        return Objects.requireNonNull(
                sample.evaluate(Sample.choice("k")).units().get(new UnitName(name)));
    }

    @Test
    @Covers("DEP-01")
    void whatKubernetesNeedsToKnowOfAUnitIsEvaluated() {
        var sample =
                Sample.in(folder)
                        .file("m.yaml", "kind: ConfigMap\n")
                        .spec(
                                """
                                environments: { k: { target: kubernetes, mode: prod } }
                                services:
                                  - name: plain
                                    deployGroup: edge
                                    manifests: [ { path: m.yaml } ]
                                  - name: full
                                    deployGroup: edge
                                    manifests: [ { path: m.yaml } ]
                                    scope: infrastructure-singleton
                                    inject: false
                                    podSecurity: baseline
                                    serviceAccount: robot
                                    run: { ready: { tcp: http, timeout: 20s }, ports: { http: 80 } }
                                    overlays: { k: { dropKinds: [ Ingress ] } }
                                """);
        assertThat(unit(sample, "plain").workload())
                .contains(
                        new Workload(
                                false,
                                true,
                                PodSecurity.RESTRICTED,
                                new Workload.Account.None(),
                                new java.util.TreeSet<>(),
                                Optional.empty(),
                                Duration.ofMinutes(5),
                                new java.util.TreeSet<>(),
                                java.util.List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                java.util.List.of()));
        var full = unit(sample, "full").workload().orElseThrow();
        assertThat(full.singleton()).isTrue();
        assertThat(full.inject()).isFalse();
        assertThat(full.podSecurity()).isEqualTo(PodSecurity.BASELINE);
        assertThat(full.account()).isEqualTo(new Workload.Account.Named("robot"));
        assertThat(full.dropKinds()).containsExactly("Ingress");
        assertThat(full.readyTimeout()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void theClusterIsTheEnvironmentsUnlessAFlagNamesAnother() {
        var sample =
                Sample.in(folder)
                        .spec(
                                """
                                environments:
                                  k: { target: kubernetes, kubernetes: { context: staging, kubeconfig: deploy/kube.yaml } }
                                services: []
                                """);
        var cluster = sample.outline(Sample.choice("k")).cluster();
        assertThat(cluster.context()).contains("staging");
        assertThat(cluster.kubeconfig()).get().asString().endsWith("deploy/kube.yaml");
        var asked =
                new Choice(
                        Optional.of("k"),
                        0,
                        Optional.empty(),
                        new TreeMap<>(),
                        Optional.of("other"));
        assertThat(sample.outline(asked).cluster().context()).contains("other");
    }

    @Test
    void anImageOfSomebodyElseSaysItsWholeName() {
        var sample =
                Sample.in(folder)
                        .spec(
                                """
                                environments: { k: { target: kubernetes, mode: prod, registry: registry.test } }
                                images: { a: { type: skip, repository: "{{ .Registry }}/a:1" }, b: { type: skip } }
                                services:
                                  - { name: a, deployGroup: edge, image: a }
                                  - { name: b, deployGroup: edge, image: b }
                                """);
        assertThat(sample.evaluateProblems(Sample.choice("k")))
                .singleElement()
                .asString()
                .contains("BAD_VALUE", "the image \"b\" is made by somebody else");
    }

    /// A line of the output cannot be asked for by a probe.
    @Test
    void readinessThatAPodCannotHaveIsSaid() {
        var sample =
                Sample.in(folder)
                        .spec(
                                """
                                environments: { k: { target: kubernetes, mode: prod } }
                                images: { a: { type: skip, repository: "a:1" } }
                                services:
                                  - { name: a, deployGroup: edge, image: a, run: { ready: { log: up } } }
                                """);
        assertThat(sample.check(Sample.choice("k")))
                .singleElement()
                .asString()
                .contains("NOT_YET readiness of \"a\" by a line of its output");
    }
}
