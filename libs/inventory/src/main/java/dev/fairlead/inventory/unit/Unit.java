package dev.fairlead.inventory.unit;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.inventory.cluster.Workload;
import dev.fairlead.template.LineMap;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// One enabled unit, every value evaluated.
///
/// @param waitsFor the units that must be ready before it starts: the edges of the graph
/// @param run how it runs on the target `local`; absent on Kubernetes
/// @param migrations what it migrates, for a unit of the stage migrations
/// @param requiresSchema the migrations units whose schemas must be there before it starts
/// @param manifests rendered manifest texts; on local only what `render` shows
/// @param workload what Kubernetes needs to know beside them; absent on local and for migrations
public record Unit(
        UnitName name,
        Stage stage,
        Place place,
        SortedSet<UnitName> waitsFor,
        Optional<Run> run,
        Optional<Migrations> migrations,
        SortedSet<UnitName> requiresSchema,
        SortedMap<String, Marked> exports,
        List<Manifest> manifests,
        Optional<Workload> workload) {
    /// A unit of the target `local`.
    public Unit(
            UnitName name,
            Stage stage,
            Place place,
            SortedSet<UnitName> waitsFor,
            Optional<Run> run,
            Optional<Migrations> migrations,
            SortedSet<UnitName> requiresSchema,
            SortedMap<String, Marked> exports,
            List<Manifest> manifests) {
        this(
                name,
                stage,
                place,
                waitsFor,
                run,
                migrations,
                requiresSchema,
                exports,
                manifests,
                Optional.empty());
    }

    /// A rendered manifest file: its path in the stack, and its text.
    ///
    /// @param lines where each line of the text came from; absent for a file that is no template
    public record Manifest(String path, Marked text, Optional<LineMap> lines) {
        /// One whose lines are the file's own.
        public Manifest(String path, Marked text) {
            this(path, text, Optional.empty());
        }
    }

    public Unit {
        waitsFor = Edges.copyOf(waitsFor);
        requiresSchema = Edges.copyOf(requiresSchema);
        exports = Collections.unmodifiableSortedMap(new TreeMap<>(exports));
        manifests = List.copyOf(manifests);
    }
}
