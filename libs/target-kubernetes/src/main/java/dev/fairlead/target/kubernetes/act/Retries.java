package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.target.kubernetes.client.Removal;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.ready.Around;
import dev.fairlead.target.kubernetes.ready.PodCauses;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/// Has the cluster try again at once what it would try again later and later: whoever runs a command has mended
/// something, most often.
final class Retries {
    private static final String RETRIED = "fairlead.dev/retried";

    private final Home home;
    private final Clock clock;

    Retries(Home home, Clock clock) {
        this.home = home;
        this.clock = clock;
    }

    void of(Map<String, Object> object, Around around) throws InterruptedException {
        for (var pod : PodCauses.stuck(object, around)) {
            delete(pod);
        }
        var refused = PodCauses.refused(object, around);
        if (refused.isPresent()) {
            var address = home.address(ObjectRef.of(refused.get()));
            var mark = Map.of("annotations", Map.of(RETRIED, clock.instant().toString()));
            if (address.isPresent()) {
                // Whether it is accepted or not: the wait that follows tells how it stands.
                var _ = home.cluster().merge(address.get(), Map.of("metadata", mark));
            }
        }
    }

    private void delete(Map<String, Object> pod) throws InterruptedException {
        var exactly =
                new Removal(
                        Trees.text(pod, "metadata", "uid"),
                        Optional.empty(),
                        Removal.Propagation.BACKGROUND,
                        Optional.empty(),
                        false);
        var name = Trees.text(pod, "metadata", "name").orElse("");
        var _ = home.cluster().delete(home.own("Pod", name), exactly);
    }
}
