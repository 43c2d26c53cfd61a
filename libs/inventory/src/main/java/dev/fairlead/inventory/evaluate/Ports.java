package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.environment.Outline.PortWish;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.keys.RunKeys;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.model.UnitModel;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which ports units wish for. Only wishes: numbers are chosen by the target.
final class Ports {
    private static final String HTTP = "http";

    private final Scope scope;
    private final Problems problems;
    private final Map<Integer, Place> taken = new HashMap<>();

    Ports(Scope scope, Problems problems) {
        this.scope = scope;
        this.problems = problems;
    }

    SortedMap<String, PortWish> of(UnitModel unit) {
        var wishes = new TreeMap<String, PortWish>();
        var target = scope.subject().target();
        var running = target == TargetKind.LOCAL ? unit.running() : UnitKeys.RUN.map(unit.node());
        running.flatMap(RunKeys.PORTS::map)
                .ifPresent(ports ->
                        ports.entries()
                                .forEach((name, entry) ->
                                        wishes.put(name, wish(entry.value(), target))));
        if (target == TargetKind.LOCAL && unit.builtin().filter("static"::equals).isPresent()) {
            wishes.putIfAbsent(HTTP, new PortWish.Auto());
        }
        return wishes;
    }

    private PortWish wish(Node node, TargetKind target) {
        if (!(node instanceof Node.Scalar scalar)) {
            return new PortWish.Auto();
        }
        try {
            var text = scope.templates().shown(scalar, scope.context(Map.of())).strip();
            if (text.equals("auto")) {
                return new PortWish.Auto();
            }
            int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
            if (number >= 1 && number <= 65_535) {
                fixed(number, scalar.place(), target);
                return new PortWish.Fixed(number);
            }
            problems.add(
                    Problem.error(
                            InventoryCode.PORT_VALUE,
                            scalar.place(),
                            "\"" + text + "\" is neither auto nor a port number"));
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
        return new PortWish.Auto();
    }

    /// On Kubernetes every unit has an address of its own: numbers do not collide there.
    private void fixed(int number, Place place, TargetKind target) {
        if (target != TargetKind.LOCAL) {
            return;
        }
        if (scope.subject().slot() > 0) {
            problems.add(
                    Problem.error(
                                    InventoryCode.PORT_FIXED_IN_SLOT,
                                    place,
                                    "port %d is fixed, and every slot would want it"
                                            .formatted(number))
                            .withHint("write auto"));
        }
        var first = taken.putIfAbsent(number, place);
        if (first != null) {
            problems.add(
                    Problem.error(
                                    InventoryCode.PORT_COLLISION,
                                    place,
                                    "port " + number + " is taken twice")
                            .withHint("the other is at " + first));
        }
    }
}
