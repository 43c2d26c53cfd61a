package dev.fairlead.target.kubernetes.client;

import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How to delete an object.
///
/// @param uid only if it is still this one
/// @param resourceVersion only if it did not change since
/// @param grace seconds its pods have to end; empty: their own
public record Removal(
        Optional<String> uid,
        Optional<String> resourceVersion,
        Propagation propagation,
        Optional<Integer> grace,
        boolean dryRun) {
    /// What becomes of the objects that it owns.
    public enum Propagation {
        BACKGROUND("Background"),
        /// They go first.
        FOREGROUND("Foreground"),
        ORPHAN("Orphan");

        private final String word;

        Propagation(String word) {
            this.word = word;
        }
    }

    /// Exactly the object that was read, as it was.
    public static Removal of(Map<String, Object> object) {
        return new Removal(
                Trees.text(object, "metadata", "uid"),
                Trees.text(object, "metadata", "resourceVersion"),
                Propagation.BACKGROUND,
                Optional.empty(),
                false);
    }

    /// The object that was read, whatever changed in it since.
    public Removal whateverChanged() {
        return new Removal(uid, Optional.empty(), propagation, grace, dryRun);
    }

    public Removal with(Propagation wanted) {
        return new Removal(uid, resourceVersion, wanted, grace, dryRun);
    }

    Map<String, Object> tree() {
        var preconditions = new LinkedHashMap<String, Object>();
        uid.ifPresent(id -> preconditions.put("uid", id));
        resourceVersion.ifPresent(version -> preconditions.put("resourceVersion", version));
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", "v1");
        tree.put("kind", "DeleteOptions");
        tree.put("propagationPolicy", propagation.word);
        tree.put("preconditions", preconditions);
        grace.ifPresent(seconds -> tree.put("gracePeriodSeconds", seconds));
        return tree;
    }
}
