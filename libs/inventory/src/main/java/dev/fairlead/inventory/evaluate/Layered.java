package dev.fairlead.inventory.evaluate;

import dev.fairlead.document.tree.Node;
import dev.fairlead.document.typed.Shape;
import dev.fairlead.inventory.keys.EnvironmentKeys;
import dev.fairlead.inventory.keys.StackKeys;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.model.ModelReader;
import dev.fairlead.inventory.model.UnitModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A part of a stack as it holds in one environment, and the layers that it was merged from.
///
/// @param name how its keys begin: `api`, `vars`
/// @param node the whole, merged
/// @param layers those that win come first
/// @param unit the unit, where it is one
record Layered(String name, Node node, Shape shape, List<Layer> layers, Optional<UnitModel> unit) {
    /// What one place says.
    record Layer(String says, Node node) {}

    static Layered unit(UnitModel unit, Scope.Subject subject) {
        var declared = subject.model().declared().get(unit.name().value());
        var layers = new ArrayList<Layer>();
        if (declared != null) {
            if (declared.node().find(UnitKeys.OVERLAYS) instanceof Node.Mapping overlays) {
                for (var environment : subject.environment().chain().reversed()) {
                    add(layers, "overlay of " + environment, overlays.find(environment));
                }
            }
            add(layers, "the unit", declared.node());
        }
        var components = ModelReader.under(StackKeys.COMPONENTS, subject.model().spec());
        for (var use : UnitKeys.USE.texts(unit.node()).reversed()) {
            add(layers, "component " + use, components.find(use));
        }
        return new Layered(
                unit.name().value(), unit.node(), unit.listed().shape(), layers, Optional.of(unit));
    }

    static Layered vars(Scope.Subject subject) {
        var layers = new ArrayList<Layer>();
        for (var environment : subject.environment().chain().reversed()) {
            if (environment(subject, environment) instanceof Node.Mapping own) {
                add(
                        layers,
                        "environment " + environment,
                        EnvironmentKeys.VARS.node(own).orElse(null));
            }
        }
        add(layers, "the stack", StackKeys.VARS.node(subject.model().spec()).orElse(null));
        return new Layered(
                "vars", subject.vars(), StackKeys.VARS.shape(), layers, Optional.empty());
    }

    /// The chosen environment, under `environments.<name>`.
    static Layered environment(Scope.Subject subject) {
        var layers = new ArrayList<Layer>();
        for (var name : subject.environment().chain().reversed()) {
            add(layers, "environment " + name, environment(subject, name));
        }
        return new Layered(
                "environments." + subject.environment().name(),
                subject.environment().node(),
                EnvironmentKeys.ENVIRONMENT,
                layers,
                Optional.empty());
    }

    static Layered spec(Scope.Subject subject) {
        var spec = subject.model().spec();
        return new Layered(
                "",
                spec,
                StackKeys.SPEC_STRUCT,
                List.of(new Layer("the stack", spec)),
                Optional.empty());
    }

    private static @Nullable Node environment(Scope.Subject subject, String name) {
        return ModelReader.under(StackKeys.ENVIRONMENTS, subject.model().spec()).find(name);
    }

    private static void add(List<Layer> layers, String says, @Nullable Node node) {
        if (node != null) {
            layers.add(new Layer(says, node));
        }
    }
}
