package dev.fairlead.cli.life;

import dev.fairlead.cli.live.Elapsed;
import dev.fairlead.deploy.graph.Reduction;
import dev.fairlead.deploy.history.UnitTime;
import dev.fairlead.engine.life.GraphReport;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The units for programs that draw: a box per stage, an arrow from each unit to those that wait for it, the critical path
/// thick.
record GraphDrawing(GraphReport report) {
    /// As a Mermaid flowchart, ending in a line break.
    String mermaid() {
        var out = new StringBuilder("flowchart LR\n");
        stages().forEach((stage, units) -> {
            out.append("  subgraph ").append(stage).append('\n');
            units.forEach(unit ->
                    out.append(
                            "    %s[\"%s%s\"]%n".formatted(id(unit), unit, took(unit, "<br/>"))));
            out.append("  end\n");
        });
        Reduction.of(report.graph())
                .forEach((unit, needed) ->
                        needed.forEach(before ->
                                out.append(
                                        "  %s %s %s%n"
                                                .formatted(
                                                        id(before),
                                                        isCritical(before, unit) ? "==>" : "-->",
                                                        id(unit)))));
        var critical = report.path().links().stream().map(link -> id(link.unit())).toList();
        if (!critical.isEmpty()) {
            out.append("  classDef critical stroke-width:3px\n");
            out.append("  class ").append(String.join(",", critical)).append(" critical\n");
        }
        return out.toString();
    }

    /// As a graph of Graphviz, ending in a line break.
    String dot() {
        var out = new StringBuilder("digraph \"" + report.ref() + "\" {\n  rankdir=LR;\n");
        out.append("  node [shape=box];\n");
        stages().forEach((stage, units) -> {
            out.append("  subgraph \"cluster_%s\" {%n    label=\"%s\";%n".formatted(stage, stage));
            units.forEach(unit ->
                    out.append(
                            "    \"%s\" [label=\"%s%s\"%s];%n"
                                    .formatted(
                                            unit,
                                            unit,
                                            took(unit, "\\n"),
                                            report.path().has(unit) ? ", penwidth=3" : "")));
            out.append("  }\n");
        });
        Reduction.of(report.graph())
                .forEach((unit, needed) ->
                        needed.forEach(before ->
                                out.append(
                                        "  \"%s\" -> \"%s\"%s;%n"
                                                .formatted(
                                                        before,
                                                        unit,
                                                        isCritical(before, unit)
                                                                ? " [penwidth=3]"
                                                                : ""))));
        return out.append("}\n").toString();
    }

    private Map<Stage, List<UnitName>> stages() {
        var stages = new EnumMap<Stage, List<UnitName>>(Stage.class);
        report.graph()
                .nodes()
                .forEach((unit, node) ->
                        stages.computeIfAbsent(node.stage(), _ -> new ArrayList<>()).add(unit));
        return stages;
    }

    private String took(UnitName unit, String before) {
        return Optional.ofNullable(report.times().get(unit))
                .flatMap(UnitTime::took)
                .map(took -> before + Elapsed.exact(took))
                .orElse("");
    }

    private boolean isCritical(UnitName before, UnitName unit) {
        var links = report.path().links();
        for (int i = 1; i < links.size(); i++) {
            if (links.get(i - 1).unit().equals(before) && links.get(i).unit().equals(unit)) {
                return true;
            }
        }
        return false;
    }

    // A letter in front: some words (`end`) mean something to Mermaid.
    private static String id(UnitName unit) {
        return "n_" + unit.value().replace('-', '_');
    }
}
