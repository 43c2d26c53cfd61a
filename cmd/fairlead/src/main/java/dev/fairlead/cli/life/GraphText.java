package dev.fairlead.cli.life;

import dev.fairlead.cli.console.Paint;
import dev.fairlead.cli.console.Paint.Tone;
import dev.fairlead.cli.live.Elapsed;
import dev.fairlead.cli.text.Table;
import dev.fairlead.cli.text.Table.Cell;
import dev.fairlead.cli.text.TimesLine;
import dev.fairlead.deploy.graph.Reduction;
import dev.fairlead.deploy.history.UnitTime;
import dev.fairlead.engine.life.GraphReport;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The units in the order in which they start, as a table.
///
/// @param columns how wide a line may be
record GraphText(Paint paint, int columns) {
    /// The whole, ending in a line break.
    String of(GraphReport report) {
        if (report.graph().nodes().isEmpty()) {
            return report.ref() + " has no units.\n";
        }
        var edges = Reduction.of(report.graph());
        var table = new Table(paint, "UNIT", "STAGE", "TOOK", "WAITS FOR");
        for (var unit : report.graph().order()) {
            var node = report.graph().nodes().get(unit);
            var time = Optional.ofNullable(report.times().get(unit));
            var took = time.flatMap(UnitTime::took).map(Elapsed::exact).orElse("");
            boolean critical = report.path().has(unit);
            table.add(
                    Cell.of(
                            unit.value() + (critical ? " *" : ""),
                            critical ? Tone.STRONG : Tone.PLAIN),
                    Cell.of(node == null ? "" : node.stage().toString(), Tone.QUIET),
                    Cell.of(took),
                    Cell.of(
                            edges.getOrDefault(unit, new TreeSet<>()).stream()
                                    .map(UnitName::value)
                                    .collect(Collectors.joining(", "))));
        }
        return table.text(columns) + last(report);
    }

    private static String last(GraphReport report) {
        return report.last()
                .map(last ->
                        "last run %s: %s%s\n"
                                .formatted(
                                        last.id(),
                                        last.took().map(Elapsed::exact).orElse(last.outcome()),
                                        report.path().links().isEmpty()
                                                ? ""
                                                : "; * " + TimesLine.path(report.path())))
                .orElse("nothing was started here yet\n");
    }
}
