package dev.fairlead.inventory.model;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.typed.Checker;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.keys.RunKeys;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.read.StackText.Declared;
import dev.fairlead.inventory.read.StackText.Listed;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Merges a unit with its components and overlays: components in their order, the unit over them, overlays over it.
public final class UnitReader {
    private final Node.Mapping components;
    private final Problems problems;
    private final Checker checker;

    public UnitReader(Node.Mapping components, Problems problems) {
        this.components = components;
        this.problems = problems;
        this.checker = new Checker(problems, _ -> {});
    }

    /// The unit in an environment; empty when it lacks what it needs, which is reported.
    ///
    /// @param chain the environments whose overlays count, the last one wins; empty for none
    public Optional<UnitModel> read(Declared declared, List<String> chain) {
        Node.Mapping own = declared.node().without(UnitKeys.OVERLAYS);
        var overlays = declared.node().find(UnitKeys.OVERLAYS);
        if (overlays instanceof Node.Mapping byName) {
            for (var environment : chain) {
                if (byName.find(environment) instanceof Node.Mapping overlay) {
                    own = moved(Node.merge(own, overlay), own.place());
                }
            }
        }
        var use = UnitKeys.USE.scalars(own);
        Node merged = Node.Mapping.empty(own.place());
        for (var name : use) {
            if (components.find(name.printed()) instanceof Node.Mapping component) {
                merged = Node.merge(merged, component);
            }
        }
        var node = moved(Node.merge(merged, own), own.place());
        if (!use.isEmpty()) {
            unknownFromComponents(declared, node);
        }
        return typed(declared, node);
    }

    /// The merged map, at the place of the unit.
    private static Node.Mapping moved(Node merged, Place place) {
        return new Node.Mapping(place, ((Node.Mapping) merged).entries());
    }

    /// Whether the unit is the same in all environments.
    public static boolean hasOverlays(Declared declared, List<String> chain) {
        return declared.node().find(UnitKeys.OVERLAYS) instanceof Node.Mapping byName
                && chain.stream().anyMatch(name -> byName.find(name) != null);
    }

    private Optional<UnitModel> typed(Declared declared, Node.Mapping node) {
        var name = declared.name();
        checker.required("\"" + name + "\"", node, declared.listed().shape());
        oneReadiness(node);
        var stage = stage(declared.listed(), node);
        return UnitName.isValid(name) && stage.isPresent()
                ? Optional.of(
                        new UnitModel(
                                new UnitName(name),
                                declared.listed(),
                                stage.get(),
                                declared.place(),
                                node))
                : Optional.empty();
    }

    private void oneReadiness(Node.Mapping node) {
        for (var key : List.of(UnitKeys.RUN, UnitKeys.LOCAL)) {
            key.map(node)
                    .flatMap(RunKeys.READY::map)
                    .ifPresent(ready -> checker.exclusive("ready", ready, RunKeys.READY_STRUCT));
        }
    }

    private static Optional<Stage> stage(Listed listed, Node.Mapping node) {
        return switch (listed) {
            case INFRASTRUCTURE -> Optional.of(Stage.STATEFUL);
            case MIGRATIONS -> Optional.of(Stage.MIGRATIONS);
            case SERVICES ->
                    UnitKeys.DEPLOY_GROUP
                            .text(node)
                            .flatMap(word ->
                                    List.of(Stage.INTERNAL, Stage.EDGE, Stage.FRONTEND).stream()
                                            .filter(stage ->
                                                    stage.name()
                                                            .toLowerCase(Locale.ROOT)
                                                            .equals(word))
                                            .findFirst());
            case AGENTS -> Optional.of(Stage.AGENTS);
        };
    }

    /// A component may hold keys of any kind of unit; those of another kind are an error where it is used.
    private void unknownFromComponents(Declared declared, Node.Mapping node) {
        var shape = declared.listed().shape();
        node.entries()
                .forEach((key, entry) -> {
                    if (!shape.keys().containsKey(key)
                            && declared.node().find(key) == null
                            && !key.equals(UnitKeys.DROP_KINDS.name())) {
                        checker.unknownKey(
                                "\"" + declared.name() + "\", which uses this component,",
                                key,
                                entry.place(),
                                shape);
                    }
                });
    }

    /// Reports names in `use` that are not components, in the unit and in its overlays.
    public void checkUse(Declared declared) {
        checkUse(declared.node());
        if (declared.node().find(UnitKeys.OVERLAYS) instanceof Node.Mapping overlays) {
            overlays.entries().values().stream()
                    .filter(entry -> entry.value() instanceof Node.Mapping)
                    .forEach(entry -> checkUse((Node.Mapping) entry.value()));
        }
    }

    private void checkUse(Node.Mapping node) {
        for (var name : UnitKeys.USE.scalars(node)) {
            if (components.find(name.printed()) == null) {
                var known = components.entries().keySet();
                problems.add(
                        Problem.error(
                                        InventoryCode.UNKNOWN_COMPONENT,
                                        name.place(),
                                        "there is no component \"" + name.printed() + "\"")
                                .withHint(Nearest.hint(name.printed(), known)));
            }
        }
    }
}
