package dev.fairlead.inventory.model;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.keys.RunKeys;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.read.StackText.Listed;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.Optional;

/// A unit merged with its components and, for one environment, its overlays.
///
/// @param node everything that it says; {@link UnitKeys} and {@link RunKeys} read it
public record UnitModel(UnitName name, Listed listed, Stage stage, Place place, Node.Mapping node) {

    /// Whether it runs only when somebody runs it.
    public boolean isAgent() {
        return listed == Listed.AGENTS;
    }

    public List<Node.Scalar> dependsOn() {
        return UnitKeys.DEPENDS_ON.scalars(node);
    }

    public Optional<Node.Scalar> when() {
        return UnitKeys.WHEN.scalar(node);
    }

    /// The migrations units whose schemas it needs.
    public List<Node.Scalar> requiresSchema() {
        return UnitKeys.REQUIRES_SCHEMA
                .scalar(node)
                .map(List::of)
                .orElseGet(() -> UnitKeys.REQUIRES_SCHEMA.scalars(node));
    }

    /// The unit that the database lives in, of a migrations unit.
    public Optional<Node.Scalar> databaseUnit() {
        return UnitKeys.DATABASE.map(node).flatMap(UnitKeys.DATABASE_UNIT::scalar);
    }

    /// An agent always is: nothing of it runs yet.
    public boolean eager() {
        return isAgent() || UnitKeys.EAGER.flag(node);
    }

    /// The paths of its manifest files.
    public List<Node.Scalar> manifests() {
        return UnitKeys.MANIFESTS.items(node).stream()
                .filter(Node.Mapping.class::isInstance)
                .flatMap(item -> UnitKeys.MANIFEST_PATH.scalar((Node.Mapping) item).stream())
                .toList();
    }

    /// What says how it runs on the target `local`: `local`, else `run`, else an empty map where only `dev` is there.
    public Optional<Node.Mapping> running() {
        return UnitKeys.LOCAL
                .map(node)
                .or(() -> UnitKeys.RUN.map(node))
                .or(() -> dev().map(block -> Node.Mapping.empty(block.place())));
    }

    public Optional<Node.Mapping> dev() {
        return UnitKeys.DEV.map(node);
    }

    /// `postgres`, `static` or `task`, where it is builtin work on the target `local`.
    public Optional<String> builtin() {
        return running().flatMap(RunKeys.BUILTIN::text);
    }
}
