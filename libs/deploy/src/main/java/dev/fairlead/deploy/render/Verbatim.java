package dev.fairlead.deploy.render;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The values of secrets as they are themselves, by name: those that the stack declares, and the passwords that a target
/// made.
public record Verbatim(SortedMap<String, String> values) {
    public static Verbatim of(Resolution resolution) {
        var values = new TreeMap<String, String>();
        resolution.addresses().values().stream()
                .map(address -> Optional.ofNullable(address.exports().get("password")))
                .flatMap(Optional::stream)
                .forEach(password -> add(password, values));
        resolution.secrets().values().forEach(secret -> add(secret, values));
        return new Verbatim(values);
    }

    private static void add(Marked text, SortedMap<String, String> values) {
        text.spans()
                .forEach(span ->
                        values.put(span.name(), text.reveal().substring(span.start(), span.end())));
    }

    /// By unit, the secrets that stand in it in another form than their own.
    public SortedMap<UnitName, SortedSet<String>> derived(Environment environment) {
        var derived = new TreeMap<UnitName, SortedSet<String>>();
        environment
                .units()
                .forEach((name, unit) -> {
                    var secrets = unit.run().map(this::derived).orElseGet(TreeSet::new);
                    if (!secrets.isEmpty()) {
                        derived.put(name, secrets);
                    }
                });
        return derived;
    }

    private SortedSet<String> derived(Run run) {
        var secrets = new TreeSet<String>();
        for (var value : UnitTree.values(run)) {
            for (var span : value.spans()) {
                var text = value.reveal().substring(span.start(), span.end());
                if (!text.equals(values.get(span.name()))) {
                    secrets.add(span.name());
                }
            }
        }
        return secrets;
    }
}
