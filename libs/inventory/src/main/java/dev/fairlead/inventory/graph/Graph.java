package dev.fairlead.inventory.graph;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.graph.Vertex.Presence;
import dev.fairlead.inventory.graph.Vertex.Reference;
import dev.fairlead.inventory.unit.Edges;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The edges between the units of an environment.
public final class Graph {
    private final SortedMap<UnitName, Vertex> vertices = new TreeMap<>();
    private final Map<Stage, SortedSet<UnitName>> barriers = new EnumMap<>(Stage.class);
    private final Set<String> declared;
    private final Problems problems;

    /// @param declared the names of all units of the stack, also of those that could not be read
    public Graph(Collection<Vertex> units, Set<String> declared, Problems problems) {
        this.declared = declared;
        this.problems = problems;
        units.forEach(unit -> vertices.put(unit.name(), unit));
    }

    /// Reports references to units that are not there, not yet there or left out, and circles.
    public void check() {
        for (var vertex : vertices.values()) {
            if (vertex.presence() != Presence.DISABLED) {
                vertex.references().forEach(reference -> check(vertex, reference));
            }
        }
        new Circles().find();
    }

    private void check(Vertex from, Reference reference) {
        var to = vertices.get(reference.unit());
        if (to == null && declared.contains(reference.unit().value())) {
            return; // what is wrong with that unit is reported where it stands
        } else if (to == null) {
            problems.add(
                    Problem.error(
                                    InventoryCode.UNKNOWN_UNIT,
                                    reference.place(),
                                    "\"%s\" depends on \"%s\", which is no unit of the stack"
                                            .formatted(from.name(), reference.unit()))
                            .withHint(Nearest.hint(reference.unit().value(), declared)));
        } else if (to.presence() == Presence.DISABLED) {
            problems.add(
                    Problem.error(
                                    InventoryCode.DISABLED_UNIT,
                                    reference.place(),
                                    "\"%s\" depends on \"%s\", which its when leaves out here"
                                            .formatted(from.name(), to.name()))
                            .withHint(
                                    "give \""
                                            + from.name()
                                            + "\" the same when, or take the dependency away in an overlay"));
        } else if (to.stage() == Stage.AGENTS) {
            problems.add(
                    Problem.error(
                                    InventoryCode.DEPENDS_ON_AGENT,
                                    reference.place(),
                                    "\"%s\" depends on \"%s\", which is an agent: it runs only when somebody runs it"
                                            .formatted(from.name(), to.name()))
                            .withHint(InventoryCode.DEPENDS_ON_AGENT.remedy()));
        } else if (to.stage().compareTo(from.stage()) > 0) {
            problems.add(
                    Problem.error(
                            InventoryCode.LATER_STAGE,
                            reference.place(),
                            "\"%s\" of the stage %s depends on \"%s\" of the later stage %s"
                                    .formatted(from.name(), from.stage(), to.name(), to.stage())));
        }
    }

    /// The units that each unit here waits for. Ask only after {@link #check} found nothing.
    public SortedMap<UnitName, SortedSet<UnitName>> edges() {
        var edges = new TreeMap<UnitName, SortedSet<UnitName>>();
        for (var vertex : vertices.values()) {
            if (vertex.presence() == Presence.HERE) {
                edges.put(vertex.name(), edges(vertex));
            }
        }
        return edges;
    }

    private SortedSet<UnitName> edges(Vertex vertex) {
        var barrier =
                vertex.eager() ? Collections.<UnitName>emptySortedSet() : barrier(vertex.stage());
        var further = new TreeSet<UnitName>();
        for (var reference : vertex.references()) {
            var to = vertices.get(reference.unit());
            if (to != null && to.presence() == Presence.HERE) {
                further.add(to.name());
            }
        }
        return Edges.of(barrier, further);
    }

    /// What every unit of a stage waits for: the nearest earlier stage that has units. Units there wait for the stages
    /// before it in their turn; where all of them are eager they do not, and the stage before is waited for too. One set
    /// for all units of a stage, as their product grows fast.
    private SortedSet<UnitName> barrier(Stage stage) {
        var known = barriers.get(stage);
        if (known != null) {
            return known;
        }
        var barrier = new TreeSet<UnitName>();
        for (var of : List.of(Stage.values()).reversed()) {
            if (of.compareTo(stage) >= 0) {
                continue;
            }
            boolean allEager = true;
            for (var vertex : vertices.values()) {
                if (vertex.stage() == of && vertex.presence() == Presence.HERE) {
                    barrier.add(vertex.name());
                    allEager &= vertex.eager();
                }
            }
            if (!allEager) {
                break;
            }
        }
        var shared = Collections.unmodifiableSortedSet(barrier);
        barriers.put(stage, shared);
        return shared;
    }

    /// A walk along the references that reports each circle once, from its first unit by name.
    private final class Circles {
        private enum State {
            OPEN,
            DONE
        }

        private final Map<UnitName, State> states = new HashMap<>();

        void find() {
            for (var vertex : vertices.values()) {
                if (!states.containsKey(vertex.name())) {
                    walk(vertex);
                }
            }
        }

        /// By hand instead of recursion: a chain may be as long as the stack has units.
        private void walk(Vertex start) {
            var open = new ArrayList<Vertex>();
            var next = new ArrayList<Integer>();
            open.add(start);
            next.add(0);
            states.put(start.name(), State.OPEN);
            while (!open.isEmpty()) {
                int top = open.size() - 1;
                var vertex = open.get(top);
                int index = next.get(top);
                if (index == vertex.references().size()) {
                    states.put(vertex.name(), State.DONE);
                    open.removeLast();
                    next.removeLast();
                    continue;
                }
                next.set(top, index + 1);
                var reference = vertex.references().get(index);
                var to = vertices.get(reference.unit());
                if (to == null || !isHere(vertex) || !isHere(to)) {
                    continue;
                }
                var state = states.get(to.name());
                if (state == null) {
                    states.put(to.name(), State.OPEN);
                    open.add(to);
                    next.add(0);
                } else if (state == State.OPEN) {
                    report(open, to, reference);
                }
            }
        }

        private boolean isHere(Vertex vertex) {
            return vertex.presence() == Presence.HERE;
        }

        private void report(List<Vertex> open, Vertex closes, Reference reference) {
            var names = new ArrayList<String>();
            for (int i = open.indexOf(closes); i < open.size(); i++) {
                names.add(open.get(i).name().value());
            }
            names.add(closes.name().value());
            problems.add(
                    Problem.error(
                            InventoryCode.DEPENDENCY_CYCLE,
                            reference.place(),
                            "units depend on each other in a circle: "
                                    + String.join(" -> ", names)));
        }
    }
}
