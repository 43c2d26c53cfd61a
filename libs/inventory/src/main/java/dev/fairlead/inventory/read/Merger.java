package dev.fairlead.inventory.read;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.read.StackText.Declared;
import dev.fairlead.inventory.read.StackText.Listed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Puts the `spec` of several files together, one after the other; the later one wins.
final class Merger {
    private final Problems problems;
    private final Map<String, Declared> units = new LinkedHashMap<>();
    private final Set<String> merged = new HashSet<>();
    private Node.@Nullable Mapping spec;

    Merger(Problems problems) {
        this.problems = problems;
    }

    void add(Node.Mapping more) {
        for (var listed : Listed.values()) {
            if (more.find(listed.key()) instanceof Node.Sequence list) {
                list.items().forEach(item -> addUnit(listed, item));
            }
        }
        var rest =
                more.without(
                        Listed.INFRASTRUCTURE.key(),
                        Listed.MIGRATIONS.key(),
                        Listed.SERVICES.key(),
                        Listed.AGENTS.key());
        spec = spec == null ? rest : (Node.Mapping) Node.merge(spec, rest);
    }

    Node.Mapping spec(Node.Mapping whereNone) {
        return spec == null ? whereNone : spec;
    }

    List<Declared> units() {
        return new ArrayList<>(units.values());
    }

    /// A name that is meant to be that of a unit in another file, and is not, is most often a slip.
    void warnOfLoneExtensions() {
        for (var unit : units.values()) {
            if (UnitKeys.EXTEND.flag(unit.node()) && !merged.contains(unit.name())) {
                var others = new TreeSet<>(units.keySet());
                others.remove(unit.name());
                problems.add(
                        Problem.error(
                                        InventoryCode.UNKNOWN_UNIT,
                                        unit.place(),
                                        "\"%s\" says extend: true, and no other file has a unit of that name"
                                                .formatted(unit.name()))
                                .asWarning()
                                .withHint(Nearest.hint(unit.name(), others)));
            }
        }
    }

    private void addUnit(Listed listed, Node item) {
        if (!(item instanceof Node.Mapping node)) {
            return; // reported by the check of the file
        }
        var name = UnitKeys.NAME.scalar(node);
        if (name.isEmpty()) {
            return;
        }
        var declared = new Declared(listed, name.get().printed(), name.get().place(), node);
        var first = units.putIfAbsent(declared.name(), declared);
        if (first != null) {
            if (mayMerge(first, declared)) {
                merged.add(first.name());
                units.put(
                        declared.name(),
                        new Declared(
                                listed,
                                first.name(),
                                first.place(),
                                (Node.Mapping) Node.merge(first.node(), node)));
            } else {
                problems.add(duplicate(first, declared));
            }
        }
    }

    private static boolean mayMerge(Declared first, Declared second) {
        return first.listed() == second.listed()
                && !first.place().source().equals(second.place().source())
                && (UnitKeys.EXTEND.flag(first.node()) || UnitKeys.EXTEND.flag(second.node()));
    }

    private static Problem duplicate(Declared first, Declared second) {
        var problem =
                Problem.error(
                        InventoryCode.DUPLICATE_UNIT,
                        second.place(),
                        "a second unit has the name \"" + second.name() + "\"");
        var hint = "the first is at " + first.place();
        return problem.withHint(
                first.place().source().equals(second.place().source())
                                || first.listed() != second.listed()
                        ? hint
                        : hint + "; say extend: true in one of them if both are one unit");
    }
}
