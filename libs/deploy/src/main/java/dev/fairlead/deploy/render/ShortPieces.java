package dev.fairlead.deploy.render;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// Finds pieces of secrets (`trunc 2 .Secrets.pin`) that a unit is given and that are too short to be masked in what it
/// prints.
public final class ShortPieces {
    private ShortPieces() {}

    /// One note per unit and secret.
    public static List<String> notes(Environment environment, Collection<UnitName> units) {
        var notes = new ArrayList<String>();
        for (var name : new TreeSet<>(units)) {
            var unit = environment.units().get(name);
            if (unit != null && unit.run().isPresent()) {
                var found = new TreeSet<String>();
                UnitTree.values(unit.run().get()).forEach(value -> collect(value, found));
                found.forEach(secret ->
                        notes.add(
                                "%s is given a piece of the secret %s that is shorter than %d characters: it cannot be masked in its output"
                                        .formatted(name, secret, Marked.SHORTEST_SECRET)));
            }
        }
        return notes;
    }

    private static void collect(Marked value, Collection<String> found) {
        for (var span : value.spans()) {
            int length = span.end() - span.start();
            if (length > 0 && length < Marked.SHORTEST_SECRET) {
                found.add(span.name());
            }
        }
    }
}
