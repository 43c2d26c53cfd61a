package dev.fairlead.deploy.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.document.Json;
import dev.fairlead.testkit.Covers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OwnershipTest {
    private static final String DESIRED =
            """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","namespace":"n","labels":{"x.test/y":"1"}},
             "spec":{"replicas":2,"template":{"spec":{"volumes":[{"name":"v","emptyDir":{}}],
              "containers":[{"name":"c","image":"c:1","args":["a","b"],"ports":[{"containerPort":80}]}]}}}}
            """;
    private static final String FIELDS =
            """
            {"f:metadata":{"f:labels":{"f:x.test/y":{}}},
             "f:spec":{"f:replicas":{},"f:template":{"f:spec":{
               "f:volumes":{"k:{\\"name\\":\\"v\\"}":{".":{},"f:emptyDir":{},"f:name":{}}},
               "f:containers":{"k:{\\"name\\":\\"c\\"}":{".":{},"f:name":{},"f:image":{},"f:args":{},
                 "f:ports":{"k:{\\"containerPort\\":80,\\"protocol\\":\\"TCP\\"}":{".":{},"f:containerPort":{}}}}}}}}}
            """;

    private static boolean proves(String desired, String manager, String fields) {
        var live = new LinkedHashMap<String, Object>();
        var entry = new LinkedHashMap<String, Object>();
        entry.put("manager", manager);
        entry.put("operation", "Apply");
        entry.put("fieldsV1", Json.readObject(fields));
        live.put("metadata", Map.of("managedFields", List.of(entry)));
        return Ownership.proves(live, new LinkedHashMap<>(Json.readObject(desired)), "fairlead");
    }

    @Test
    @Covers("DEP-05")
    void whoeverOwnsEveryFieldHasAppliedThemAll() {
        assertThat(proves(DESIRED, "fairlead", FIELDS)).isTrue();
        assertThat(proves(DESIRED, "kubectl", FIELDS)).isFalse();
    }

    private record Lost(String what, String fields) {}

    @TestFactory
    List<DynamicTest> aFieldThatIsNotOwnedProvesNothing() {
        return List.of(
                        new Lost("a scalar", FIELDS.replace("\"f:replicas\":{},", "")),
                        new Lost("a label", FIELDS.replace("f:x.test/y", "f:x.test/z")),
                        new Lost("an item's field", FIELDS.replace("\"f:image\":{},", "")),
                        new Lost(
                                "an item",
                                FIELDS.replace(
                                        "\\\"containerPort\\\":80", "\\\"containerPort\\\":81")),
                        new Lost("an atomic list", FIELDS.replace("\"f:args\":{},", "")))
                .stream()
                .map(lost ->
                        DynamicTest.dynamicTest(
                                lost.what(),
                                () -> {
                                    assertThat(lost.fields()).isNotEqualTo(FIELDS);
                                    assertThat(proves(DESIRED, "fairlead", lost.fields()))
                                            .isFalse();
                                }))
                .toList();
    }

    @Test
    @Covers("DEP-05")
    void whatOthersTookIsNamedWithTheirNamesAndWhatIsThereNow() {
        var live =
                Json.readObject(
                        """
                        {"metadata":{"managedFields":[
                           {"manager":"fairlead","operation":"Apply","fieldsV1":OURS},
                           {"manager":"kubectl-edit","operation":"Update","fieldsV1":
                             {"f:spec":{"f:template":{"f:spec":{"f:containers":{"k:{\\"name\\":\\"c\\"}":{"f:image":{}}}}}}}},
                           {"manager":"kubectl-edit","operation":"Update","subresource":"scale","fieldsV1":{"f:spec":{"f:replicas":{}}}}]},
                         "spec":{"replicas":5,"template":{"spec":{"containers":[{"name":"other"},{"name":"c","image":"c:2"}]}}}}
                        """
                                .replace(
                                        "OURS",
                                        FIELDS.replace("\"f:replicas\":{},", "")
                                                .replace("\"f:image\":{},", "")
                                                .replace("f:x.test/y", "f:x.test/z")));
        var lost = Ownership.lost(live, new LinkedHashMap<>(Json.readObject(DESIRED)), "fairlead");
        assertThat(lost)
                .extracting(one -> one.path() + " " + one.live() + " " + one.managers())
                .containsExactlyInAnyOrder(
                        "metadata.labels[x.test/y] null []",
                        "spec.replicas 5 [kubectl-edit]",
                        "spec.template.spec.containers[c].image c:2 [kubectl-edit]");
    }

    @Test
    void fieldsAreFoundAsTheServerNamesThem() {
        var tree = Json.readObject(DESIRED);
        assertThat(FieldPath.find(tree, ".spec.replicas")).contains(2);
        assertThat(FieldPath.find(tree, ".metadata.labels.x.test/y")).contains("1");
        assertThat(FieldPath.find(tree, ".spec.template.spec.containers[name=\"c\"].image"))
                .contains("c:1");
        assertThat(
                        FieldPath.find(
                                tree,
                                ".spec.template.spec.containers[name=\"c\"].ports[containerPort=80,protocol=\"TCP\"].containerPort"))
                .contains(80);
        assertThat(FieldPath.find(tree, ".spec.paused")).isEmpty();
        assertThat(FieldPath.shown(".spec.template.spec.containers[name=\"c\"].image"))
                .isEqualTo("spec.template.spec.containers[c].image");
    }
}
