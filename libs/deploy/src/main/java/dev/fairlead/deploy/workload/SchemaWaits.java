package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.DesiredObject.Injected;
import dev.fairlead.deploy.object.Paths;
import dev.fairlead.inventory.cluster.Workload.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Init containers that wait for schemas, before everything else of a pod: also a pod that somebody else starts, a year
/// later and on another node, starts on the schema that it was made for, or says what it lacks.
final class SchemaWaits {
    private static final String KEY = "initContainers";

    private SchemaWaits() {}

    static void into(
            Map<String, @Nullable Object> spec,
            String path,
            List<Schema> schemas,
            List<Injected> injected) {
        var all = new ArrayList<@Nullable Object>();
        for (var schema : schemas) {
            all.add(container(schema));
            injected.add(
                    new Injected(
                            Paths.member(path, KEY) + "[schema-" + schema.unit() + "]",
                            "waits for the schema of " + schema.unit()));
        }
        if (spec.get(KEY) instanceof List<?> said) {
            all.addAll(said);
        }
        spec.put(KEY, all);
    }

    private static Map<String, @Nullable Object> container(Schema schema) {
        var container = new LinkedHashMap<String, @Nullable Object>();
        container.put("name", "schema-" + schema.unit());
        container.put("image", schema.image());
        container.put("command", schema.command());
        var from = Map.of("name", schema.unit() + "-database", "key", "url");
        container.put(
                "env",
                List.of(
                        variable("HOME", "value", "/tmp"),
                        variable("FAIRLEAD_DATABASE", "valueFrom", Map.of("secretKeyRef", from))));
        return container;
    }

    private static Map<String, Object> variable(String name, String key, Object value) {
        var variable = new LinkedHashMap<String, Object>();
        variable.put("name", name);
        variable.put(key, value);
        return variable;
    }
}
