package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.explain.Explanation;
import dev.fairlead.deploy.explain.UnitReport;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Everything that can go wrong with pods at once, on a real node: each unit fails by itself, as soon as it is certain.
@WithCluster(pods = true)
class CertainFailuresIT {
    private static final String MANY = "8h"; // no unit of this stack ends by its timeout

    @TempDir static Path folder;
    private static TestCluster cluster;
    private static Workbench bench;
    private static Outcome outcome;
    private static final Map<String, UnitReport> REPORTS = new TreeMap<>();
    private static final Map<String, Explanation> EXPLAINED = new TreeMap<>();

    @BeforeAll
    static void everythingGoesWrong(TestCluster given) throws Exception {
        cluster = given;
        given.kubectl(
                "label",
                "namespace",
                given.namespace(),
                "pod-security.kubernetes.io/enforce=baseline");
        given.kubectlApply(
                """
                apiVersion: v1
                kind: ResourceQuota
                metadata: { name: small }
                spec: { hard: { requests.memory: 1Gi }, scopes: [NotBestEffort] }
                ---
                apiVersion: v1
                kind: LimitRange
                metadata: { name: claims }
                spec: { limits: [ { type: PersistentVolumeClaim, max: { storage: 1Gi } } ] }
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: { name: halfway }
                data: { a: b }
                ---
                apiVersion: v1
                kind: Secret
                metadata: { name: halfway }
                stringData: { a: b }
                """);
        given.kubectlApply(ofTheCluster());
        untilRefused("policy");
        bench = new Workbench(folder, Map.of("KUBECONFIG", given.kubeconfig().toString()));
        stack();
        for (var wrong : WrongUnit.values()) {
            write(wrong, wrong.manifest());
        }
        outcome = bench.up();
        var request = bench.request();
        bench.engine
                .status(request)
                .units()
                .forEach(unit -> REPORTS.put(unit.name().value(), unit));
        bench.engine
                .explain(request, Optional.empty())
                .explanations()
                .forEach(one -> EXPLAINED.put(one.unit().value(), one));
    }

    /// What refuses and what stalls: of the whole cluster, and for this namespace alone.
    private static String ofTheCluster() {
        return """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: { name: SPACE }
        spec:
          matchConstraints:
            namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: SPACE } }
            objectSelector: { matchLabels: { refused-by: policy } }
            resourceRules: [ { apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps] } ]
          validations: [ { expression: "false", message: nothing bad here } ]
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: { name: SPACE }
        spec: { policyName: SPACE, validationActions: [Deny] }
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: { name: SPACE }
        webhooks:
          - name: gone.fairlead.test
            admissionReviewVersions: [v1]
            sideEffects: None
            failurePolicy: Fail
            clientConfig: { service: { name: gone, namespace: SPACE, path: / } }
            namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: SPACE } }
            objectSelector: { matchLabels: { refused-by: hook } }
            rules: [ { apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps] } ]
        ---
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: things.SPACE.test }
        spec:
          group: SPACE.test
          scope: Namespaced
          names: { kind: Thing, plural: things, singular: thing }
          versions: [ { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } } } ]
        """
                .replace("SPACE", cluster.namespace());
    }

    /// A policy counts some time after it was made.
    private static void untilRefused(String label) throws Exception {
        var manifest = WrongUnit.labelled(label).replace("NAME", "trial");
        for (int tries = 0; tries < 300; tries++) {
            try {
                cluster.kubectlApply(manifest, "--dry-run=server");
            } catch (AssertionError refused) {
                return;
            }
        }
        throw new AssertionError("nobody refuses " + label);
    }

    private static void stack() throws IOException {
        var units = new ArrayList<String>();
        for (var wrong : WrongUnit.values()) {
            units.add(
                    "    - { name: %1$s, deployGroup: internal, podSecurity: privileged, manifests: [ { path: %1$s.yaml } ] }"
                            .formatted(wrong.unit()));
        }
        bench.stack(
                """
                apiVersion: fairlead.dev/v1alpha1
                kind: ServiceStack
                metadata: { name: wrong }
                spec:
                  environments: { k: { target: kubernetes, mode: prod, namespaceTemplate: %s } }
                  orchestration: { parallelism: 60, readinessTimeout: %s }
                  services:
                %s
                """
                        .formatted(cluster.namespace(), MANY, String.join("\n", units)));
    }

    private static void write(WrongUnit wrong, String manifest) throws IOException {
        bench.file(
                wrong.unit() + ".yaml",
                manifest.replace("NAME", wrong.unit())
                        .replace("GROUP", cluster.namespace() + ".test"));
    }

    @AfterAll
    static void end() throws Exception {
        if (bench != null) {
            bench.close();
            for (var kind :
                    List.of(
                            "validatingadmissionpolicybinding",
                            "validatingadmissionpolicy",
                            "validatingwebhookconfiguration")) {
                cluster.kubectl("delete", kind, cluster.namespace(), "--ignore-not-found");
            }
            cluster.kubectl(
                    "delete",
                    "crd",
                    "things." + cluster.namespace() + ".test",
                    "--ignore-not-found");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Covers({"DEP-03", "DEP-04"})
    void upEndsAsSoonAsItIsCertainAndSaysWhy(WrongUnit wrong) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) outcome).units())
                .filteredOn(trouble -> trouble.unit().value().equals(wrong.unit()))
                .singleElement()
                .satisfies(trouble -> wrong.isNamedBy(trouble.cause()));
    }

    @ParameterizedTest
    @EnumSource
    void statusAndExplainSayTheSameAfterwards(WrongUnit wrong) {
        var report = Objects.requireNonNull(REPORTS.get(wrong.unit()));
        assertThat(report.state()).isEqualTo(UnitState.FAILED);
        wrong.isNamedBy(report.cause().orElseThrow());
        var explained = Objects.requireNonNull(EXPLAINED.get(wrong.unit()));
        wrong.isNamedBy(explained.rootCause().orElseThrow().cause());
    }

    @Test
    void whoeverMendsItIsNotBlamedForWhatWas() throws Exception {
        // Mended outside of the stack: the same objects, tried again at once.
        cluster.kubectl("create", "secret", "generic", "theirs", "--from-literal=token=1");
        cluster.kubectl("create", "configmap", "theirs", "--from-literal=a=b");
        cluster.kubectl(
                "patch",
                "resourcequota",
                "small",
                "-p",
                "{\"spec\":{\"hard\":{\"requests.memory\":\"20Gi\"}}}");
        // Mended in the stack: the pods of the former template fail on beside it for a while.
        write(WrongUnit.CRASH, WrongUnit.deployment("command: [sleep, '1000']"));
        write(WrongUnit.JOB, WrongUnit.JOB.manifest().replace("exit 4", "exit 0"));
        var mended =
                List.of(
                        WrongUnit.SECRET_KEY,
                        WrongUnit.MOUNT,
                        WrongUnit.QUOTA,
                        WrongUnit.QUOTA_SET,
                        WrongUnit.QUOTA_JOB,
                        WrongUnit.CRASH,
                        WrongUnit.JOB);
        var again = bench.up();
        assertThat(again).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) again).units())
                .extracting(trouble -> trouble.unit().value())
                .doesNotContainAnyElementsOf(mended.stream().map(WrongUnit::unit).toList());
    }
}
