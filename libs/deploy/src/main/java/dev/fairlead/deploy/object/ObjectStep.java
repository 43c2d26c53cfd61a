package dev.fairlead.deploy.object;

import java.util.Optional;
import java.util.SortedSet;

/// What a plan does with one object of a unit.
public sealed interface ObjectStep {
    ObjectRef ref();

    /// Makes it what it shall be.
    ///
    /// @param uid of the object that is there; empty for one that is made
    /// @param takeOver the fields that may be taken from other managers, as the server names them: `.spec.replicas`
    record Apply(ObjectRef ref, Optional<String> uid, SortedSet<String> takeOver)
            implements ObjectStep {}

    /// Removes it and makes it anew.
    record Recreate(ObjectRef ref, String uid) implements ObjectStep {}

    /// Removes it.
    record Remove(ObjectRef ref, String uid) implements ObjectStep {}
}
