package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.graph.Vertex;
import dev.fairlead.inventory.graph.Vertex.Reference;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.model.StackModel;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.List;

/// Which units a unit names as needed: `dependsOn`, the schema that it requires, the unit of its database.
final class References {
    private References() {}

    static Vertex vertex(UnitModel unit, Vertex.Presence presence) {
        var references = new ArrayList<Reference>();
        unit.dependsOn().forEach(name -> add(name, references));
        unit.requiresSchema().forEach(name -> add(name, references));
        unit.databaseUnit().ifPresent(name -> add(name, references));
        return new Vertex(unit.name(), unit.stage(), presence, unit.eager(), references);
    }

    private static void add(Node.Scalar name, List<Reference> references) {
        if (UnitName.isValid(name.printed())) {
            references.add(new Reference(new UnitName(name.printed()), name.place()));
        }
    }

    /// Names in overlays that are no units: the graph of an environment sees only its own overlays.
    static void checkOverlays(StackModel model, Problems problems) {
        var known = model.declared().keySet();
        for (var declared : model.declared().values()) {
            if (!(declared.node().find(UnitKeys.OVERLAYS) instanceof Node.Mapping overlays)) {
                continue;
            }
            for (var entry : overlays.entries().values()) {
                if (entry.value() instanceof Node.Mapping overlay) {
                    UnitKeys.DEPENDS_ON.scalars(overlay).stream()
                            .filter(name -> !known.contains(name.printed()))
                            .forEach(name ->
                                    problems.add(
                                            Problem.error(
                                                            InventoryCode.UNKNOWN_UNIT,
                                                            name.place(),
                                                            "\"%s\" depends on \"%s\", which is no unit of the stack"
                                                                    .formatted(
                                                                            declared.name(),
                                                                            name.printed()))
                                                    .withHint(
                                                            Nearest.hint(name.printed(), known))));
                }
            }
        }
    }
}
