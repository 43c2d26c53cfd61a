package dev.fairlead.deploy.object;

import dev.fairlead.inventory.unit.UnitName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a cluster has of an environment. In memory only: trees of Secrets are as the server gave them.
///
/// @param home the environment's namespace
/// @param found those of the desired objects that are there
/// @param inventory what the environment made and has not removed yet, and is still there, by unit
/// @param notes what a person should know: objects that changed hands
public record ObjectSnapshot(
        String home,
        SortedMap<ObjectRef, Found> found,
        SortedMap<UnitName, List<Remembered>> inventory,
        List<String> notes) {
    public ObjectSnapshot {
        found = Collections.unmodifiableSortedMap(new TreeMap<>(found));
        inventory = Collections.unmodifiableSortedMap(new TreeMap<>(inventory));
        notes = List.copyOf(notes);
    }

    /// A namespace in which nothing is.
    public static ObjectSnapshot empty(String home) {
        return new ObjectSnapshot(home, new TreeMap<>(), new TreeMap<>(), List.of());
    }

    /// An object of the inventory; its uid is that of the one that is there.
    public record Remembered(ObjectRef ref, String uid) {}

    /// An object that is there.
    ///
    /// @param tree as it is
    /// @param owner whose it is
    public record Found(String uid, Map<String, Object> tree, Owner owner, Trial trial) {}

    /// Whose an object is.
    public sealed interface Owner {
        /// This environment's.
        record Ours() implements Owner {}

        /// Another environment's that Fairlead keeps: `shop/dev-2`.
        record Other(String environment) implements Owner {}

        /// Nobody's that Fairlead knows.
        record Unknown() implements Owner {}
    }

    /// What applying the desired object would do to the one that is there.
    public sealed interface Trial {
        /// Nothing: its mark and the owners of its fields prove it.
        record Same() implements Trial {}

        /// @param after what it would be
        record Changed(Map<String, Object> after) implements Trial {}

        /// Others own fields that it would set.
        ///
        /// @param after what it would be if all of them were taken; empty where that was not tried
        record Conflicted(List<Conflict> conflicts, Optional<Map<String, Object>> after)
                implements Trial {
            public Conflicted {
                conflicts = List.copyOf(conflicts);
            }
        }

        /// Fields change that cannot change.
        ///
        /// @param fields as the server names them: `spec.selector`
        record Immutable(List<String> fields, String message) implements Trial {
            public Immutable {
                fields = List.copyOf(fields);
            }
        }

        /// It is refused.
        record Refused(String message) implements Trial {}
    }

    /// A field that somebody else owns.
    ///
    /// @param field as the server names it: `.spec.replicas`
    public record Conflict(String field, String manager) {}
}
