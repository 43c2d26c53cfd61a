package dev.fairlead.inventory.model;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.environment.Mode;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.keys.EnvironmentKeys;
import java.util.List;
import java.util.Optional;

/// An environment with everything that it inherits.
///
/// @param chain the environments that it is from, the furthest first, and itself at the end: the order of overlays
/// @param node its keys, merged along the chain
public record EnvironmentModel(String name, List<String> chain, Place place, Node.Mapping node) {
    /// Absent when the environment is only there to be `from`.
    public Optional<TargetKind> target() {
        return EnvironmentKeys.TARGET
                .text(node)
                .map(word -> word.equals("kubernetes") ? TargetKind.KUBERNETES : TargetKind.LOCAL);
    }

    public Mode mode() {
        return EnvironmentKeys.MODE.text(node).filter("dev"::equals).isPresent()
                ? Mode.DEV
                : Mode.PROD;
    }

    /// Whether somebody wrote down a mode.
    public boolean saysMode() {
        return EnvironmentKeys.MODE.node(node).isPresent();
    }

    /// Whether changing it asks first.
    public boolean guarded() {
        return EnvironmentKeys.PROTECTED.node(node).isPresent()
                ? EnvironmentKeys.PROTECTED.flag(node)
                : name.equals("production") || name.equals("prod");
    }

    /// The highest number of a slot; 0 when there are none.
    public int slots(TargetKind on) {
        if (EnvironmentKeys.SLOTS.node(node).isPresent()) {
            return EnvironmentKeys.SLOTS.whole(node);
        }
        return on == TargetKind.LOCAL ? 9 : 0;
    }
}
