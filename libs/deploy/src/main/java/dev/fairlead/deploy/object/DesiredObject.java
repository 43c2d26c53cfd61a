package dev.fairlead.deploy.object;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An object as it shall be.
///
/// @param tree plain but for texts that hold a secret, which are {@link dev.fairlead.diagnostic.Marked}; {@link Leaves} shows
///     or reveals them
/// @param hash of its masked tree and the fingerprints of its secrets: what the mark `fairlead.dev/applied` says
public record DesiredObject(
        ObjectRef ref,
        UnitName unit,
        Map<String, @Nullable Object> tree,
        String hash,
        Origin origin) {
    public DesiredObject {
        tree = Collections.unmodifiableMap(new LinkedHashMap<>(tree));
    }

    /// Where it comes from.
    ///
    /// @param manifest the path of the file in the stack, or the name of the partial that made it
    /// @param place where the object begins
    /// @param injected what Fairlead added to what is written there
    public record Origin(String manifest, Optional<Place> place, List<Injected> injected) {
        public Origin {
            injected = List.copyOf(injected);
        }
    }

    /// One thing that was added: `spec.template.spec.securityContext`, `podSecurity restricted`.
    public record Injected(String path, String why) {}

    /// `apps/v1`.
    public String apiVersion() {
        return String.valueOf(tree.get("apiVersion"));
    }
}
