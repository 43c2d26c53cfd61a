package dev.fairlead.target.kubernetes.home;

import dev.fairlead.target.kubernetes.client.Answer;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.client.Removal;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Fairlead keeps for an environment in a namespace that is not its own alone.
public final class Kept {
    private static final List<String> LABELS = List.of(Home.KEEPS, Home.STATE);
    private static final List<String> NOTES =
            List.of(
                    "last-activity",
                    "last-activity-why",
                    "owner",
                    "purpose",
                    "sleeps-at",
                    "deletes-at");

    private final Home home;

    public Kept(Home home) {
        this.home = home;
    }

    /// Removes it.
    public void remove() {
        for (var kind : List.of("ConfigMap", "Secret")) {
            var resource = home.core(kind);
            for (var label : LABELS) {
                var selection =
                        Selection.of(resource)
                                .in(home.namespace())
                                .labelled(
                                        "%s,%s=%s"
                                                .formatted(
                                                        label,
                                                        Home.ENVIRONMENT,
                                                        Home.key(home.ref())))
                                .onlyMetadata();
                for (var object : home.ask(() -> home.cluster().list(selection)).objects()) {
                    var name = Trees.text(object, "metadata", "name").orElseThrow();
                    var address = ObjectAddress.of(resource, home.namespace(), name);
                    var removal = Removal.of(object).whateverChanged();
                    if (home.ask(() -> home.cluster().delete(address, removal))
                                    instanceof Answer.Refused(var refusal)
                            && !refusal.notFound()) {
                        throw refusal.problem().thrown();
                    }
                }
            }
        }
        var notes = new LinkedHashMap<String, @Nullable Object>();
        NOTES.forEach(note -> notes.put("fairlead.dev/" + note, null));
        Namespace.annotate(home, notes);
    }
}
