package dev.fairlead.migrate.catalogue;

import dev.fairlead.document.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The schema of a database at one moment. Same schema, same snapshot: no oid, no moment, no row is in it.
///
/// @param objects the properties of each object by their names; an object is called `table public.users`, a part of it
///     `table public.users column mail`
public record Snapshot(SortedMap<String, SortedMap<String, String>> objects) {
    public Snapshot {
        var copy = new TreeMap<String, SortedMap<String, String>>();
        objects.forEach((name, properties) ->
                copy.put(name, Collections.unmodifiableSortedMap(new TreeMap<>(properties))));
        objects = Collections.unmodifiableSortedMap(copy);
    }

    /// One thing that is not the same in two snapshots.
    ///
    /// @param property empty when the object as a whole is there in one of them alone
    /// @param before what it was; empty when it was not there
    /// @param after what it is; empty when it is not there any more
    public record Difference(
            String object, String property, Optional<String> before, Optional<String> after) {
        /// `+ table public.users`, `- index public.i`, `~ table public.users column mail type: text -> varchar`.
        @Override
        public String toString() {
            if (property.isEmpty()) {
                return (before.isPresent() ? "- " : "+ ") + object;
            }
            return "~ %s %s: %s -> %s"
                    .formatted(object, property, before.orElse("nothing"), after.orElse("nothing"));
        }
    }

    /// Names the schema: equal exactly when the snapshots are.
    public String digest() {
        return Digest.ofTree(objects);
    }

    /// What became different from this one to another, by object and property.
    public List<Difference> differencesTo(Snapshot later) {
        var differences = new ArrayList<Difference>();
        var names = new TreeSet<>(objects.keySet());
        names.addAll(later.objects.keySet());
        for (var name : names) {
            var before = objects.get(name);
            var after = later.objects.get(name);
            if (before == null || after == null) {
                differences.add(
                        new Difference(
                                name,
                                "",
                                Optional.ofNullable(before).map(_ -> name),
                                Optional.ofNullable(after).map(_ -> name)));
            } else if (!before.equals(after)) {
                compare(name, before, after, differences);
            }
        }
        return differences;
    }

    private static void compare(
            String name,
            Map<String, String> before,
            Map<String, String> after,
            List<Difference> differences) {
        var properties = new TreeSet<>(before.keySet());
        properties.addAll(after.keySet());
        for (var property : properties) {
            var old = Optional.ofNullable(before.get(property));
            var now = Optional.ofNullable(after.get(property));
            if (!old.equals(now)) {
                differences.add(new Difference(name, property, old, now));
            }
        }
    }
}
