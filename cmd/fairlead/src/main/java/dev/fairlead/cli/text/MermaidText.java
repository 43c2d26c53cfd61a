package dev.fairlead.cli.text;

import dev.fairlead.deploy.explain.EnvironmentReport;
import dev.fairlead.deploy.explain.UnitReport;
import java.util.Locale;

/// What waits for what, as a Mermaid flowchart: units with their states, and an edge to each unit that is waited for.
public final class MermaidText {
    private MermaidText() {}

    /// The chart, ending in a line break.
    public static String of(EnvironmentReport report) {
        var out = new StringBuilder("flowchart TD\n");
        for (var unit : report.units()) {
            out.append(
                    "  %s[\"%s<br/>%s\"]:::%s%n"
                            .formatted(id(unit), unit.name(), remark(unit), unit.state()));
        }
        for (var unit : report.units()) {
            unit.waitsFor()
                    .forEach(needed ->
                            out.append(
                                    "  %s --> n_%s%n"
                                            .formatted(
                                                    id(unit), needed.value().replace('-', '_'))));
        }
        return out.append(
                        "  classDef ready stroke:#2a2\n  classDef failed stroke:#c22,stroke-width:3px\n")
                .toString();
    }

    // A letter in front: some words (`end`) mean something to Mermaid.
    private static String id(UnitReport unit) {
        return "n_" + unit.name().value().replace('-', '_');
    }

    private static String remark(UnitReport unit) {
        var state = unit.state().toString().toLowerCase(Locale.ROOT);
        return unit.cause().map(cause -> state + ": " + escaped(cause.what())).orElse(state);
    }

    private static String escaped(String text) {
        return text.replace("#", "#35;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;");
    }
}
