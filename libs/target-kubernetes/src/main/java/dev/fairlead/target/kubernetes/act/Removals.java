package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.ObjectSnapshot.Owner;
import dev.fairlead.deploy.object.ObjectStep;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Inventory.Entry;
import dev.fairlead.target.kubernetes.look.Marks;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.Optional;

/// What of the inventory may be removed.
final class Removals {
    private Removals() {}

    static Optional<ObjectStep.Remove> of(Home home, EnvironmentRef ref, Entry entry) {
        if (!entry.uid().isEmpty()) {
            return Optional.of(new ObjectStep.Remove(entry.ref(), entry.uid()));
        }
        return home.address(entry.ref())
                .flatMap(at -> home.ask(() -> home.cluster().find(at)))
                .filter(live -> Marks.owner(live, ref) instanceof Owner.Ours)
                .flatMap(live -> Trees.text(live, "metadata", "uid"))
                .map(uid -> new ObjectStep.Remove(entry.ref(), uid));
    }
}
