package dev.fairlead.target.kubernetes.slot;

import dev.fairlead.target.kubernetes.client.Answer;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.client.Removal;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Namespace;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Fairlead keeps in a namespace that somebody else made.
final class Kept {
    private static final List<String> LABELS = List.of("fairlead.dev/keeps", Home.STATE);
    private static final List<String> NOTES =
            List.of(
                    "last-activity",
                    "last-activity-why",
                    "owner",
                    "purpose",
                    "sleeps-at",
                    "deletes-at");

    private final Home home;

    Kept(Home home) {
        this.home = home;
    }

    void remove() {
        for (var kind : List.of("ConfigMap", "Secret")) {
            var resource = home.core(kind);
            for (var label : LABELS) {
                var selection =
                        Selection.of(resource).in(home.namespace()).labelled(label).onlyMetadata();
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
