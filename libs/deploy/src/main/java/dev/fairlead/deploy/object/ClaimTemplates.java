package dev.fairlead.deploy.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The claims that a StatefulSet makes of its `volumeClaimTemplates`, `TEMPLATE-SET-ORDINAL`: no manifest has them, and they
/// stay when their set goes.
public final class ClaimTemplates {
    private ClaimTemplates() {}

    /// Whether a claim is one of an object's.
    ///
    /// @param object any; only StatefulSets make claims
    public static boolean make(Map<String, ?> object, ObjectRef claim) {
        var set = ObjectRef.of(object);
        return set.kind().equals("StatefulSet")
                && claim.kind().equals("PersistentVolumeClaim")
                && set.namespace().equals(claim.namespace())
                && names(object).stream()
                        .map(name -> Pattern.quote(name + "-" + set.name() + "-") + "\\d+")
                        .anyMatch(claim.name()::matches);
    }

    private static List<String> names(Map<String, ?> set) {
        var names = new ArrayList<String>();
        if (set.get("spec") instanceof Map<?, ?> spec
                && spec.get("volumeClaimTemplates") instanceof List<?> templates) {
            for (var template : templates) {
                if (template instanceof Map<?, ?> map) {
                    var name = Paths.name(map.get("metadata"));
                    if (name != null) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }
}
