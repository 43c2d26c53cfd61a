package dev.fairlead.deploy.render;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Gives the masked texts of one recorded unit their secrets back.
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{secret:([^}]*)}");

    private final Revision revision;
    private final UnitName unit;
    private final Resolution resolution;
    private final Set<String> declared;
    private final Verbatim verbatim;
    private final Map<String, Object> recorded = new HashMap<>();
    private final Map<String, Marked> now = new HashMap<>();
    private final Set<String> replaced = new HashSet<>();

    /// @param today the unit as the stack declares it today
    /// @param declared the secrets that it declares today
    Placeholders(
            Revision revision,
            UnitName unit,
            Optional<Unit> today,
            Set<String> declared,
            Resolution resolution) {
        this.revision = revision;
        this.declared = declared;
        this.unit = unit;
        this.resolution = resolution;
        this.verbatim = Verbatim.of(resolution);
        if (revision.units().getOrDefault(unit, Map.of()).get("secrets")
                instanceof Map<?, ?> secrets) {
            secrets.forEach((name, fingerprint) ->
                    recorded.put(String.valueOf(name), String.valueOf(fingerprint)));
        }
        today.flatMap(Unit::run).ifPresent(run -> now.putAll(RecordedRun.places(run)));
    }

    /// A text that the unit still has today at the same place is taken as it is today: that covers secrets in another form.
    /// In any other one each placeholder of a secret of this unit stands for the secret's own value.
    Marked reveal(String place, String masked) {
        var same = now.get(place);
        if (same != null && same.toString().equals(masked)) {
            same.spans().forEach(span -> replaced.add(span.name()));
            return same;
        }
        var out = new Marked.Builder();
        var found = PLACEHOLDER.matcher(masked);
        int at = 0;
        while (found.find()) {
            var name = found.group(1);
            var value = verbatim.values().get(name);
            if (recorded.containsKey(name) && value != null) {
                out.append(masked.substring(at, found.start()));
                out.append(Marked.secret(name, value));
                replaced.add(name);
                at = found.end();
            } else if (recorded.containsKey(name)) {
                replaced.add(name); // found to be missing by the check
            }
        }
        return out.append(masked.substring(at)).build();
    }

    /// Whether the secrets that were put in are those that the placeholders stood for.
    void check(Run run, Problems problems) {
        var fingerprints = Renderer.fingerprints(run, resolution.digestKey());
        var derived = revision.derived().getOrDefault(unit, new TreeSet<>());
        for (var name : new TreeSet<>(replaced)) {
            boolean proved =
                    String.valueOf(fingerprints.get(name))
                            .equals(String.valueOf(recorded.get(name)));
            if (proved) {
                continue;
            }
            if (!verbatim.values().containsKey(name)) {
                refuse(name, "has no value any more", problems);
            } else if (derived.contains(name)) {
                refuse(name, "stands in it in another form than its own", problems);
            } else if (!declared.contains(name) && !isPassword(name)) {
                refuse(name, "is not kept any more", problems);
            }
        }
    }

    private boolean isPassword(String name) {
        return UnitName.isValid(name) && resolution.addresses().containsKey(new UnitName(name));
    }

    private void refuse(String secret, String why, Problems problems) {
        problems.add(
                Problem.error(
                                DeployCode.REVISION_INCOMPLETE,
                                "%s of revision %d cannot be made again: its secret \"%s\" %s"
                                        .formatted(unit, revision.number(), secret, why))
                        .withHint(DeployCode.REVISION_INCOMPLETE.remedy()));
    }
}
