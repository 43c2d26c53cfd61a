package dev.fairlead.cli.text;

import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Paint;
import dev.fairlead.cli.console.Paint.Tone;
import dev.fairlead.inventory.environment.Origin;
import dev.fairlead.inventory.environment.Origin.Written;
import java.util.List;

/// Where values come from, as a person reads it:
///
/// ```
/// api.run.env.PORT = 20123
///   services.yaml:81:17  {{ .Ports.http }}  (the unit)
///   over services.yaml:40:9  8080  (component java)
///   reads api.run.ports.http = 20123
///     services.yaml:83:24  auto  (the unit)
/// ```
public final class OriginText {
    private static final int LONGEST_VALUE = 200;

    private final Paint paint;

    public OriginText(Paint paint) {
        this.paint = paint;
    }

    /// The whole text, ending in a line break.
    public String of(List<Origin> origins) {
        var out = new StringBuilder();
        origins.forEach(origin -> origin(out, origin, "", ""));
        return out.toString();
    }

    private void origin(StringBuilder out, Origin origin, String indent, String word) {
        out.append(indent).append(word);
        out.append(paint.of(Tone.STRONG, origin.key()));
        out.append(" = ").append(shown(origin.value())).append('\n');
        var inner = indent + "  ";
        if (origin.written().isPresent()) {
            written(out.append(inner), origin.written().get(), origin.layer());
        } else {
            out.append(inner).append('(').append(origin.layer()).append(")\n");
        }
        for (var glob : origin.imports()) {
            out.append(inner).append("imported at ").append(glob).append('\n');
        }
        for (var over : origin.over()) {
            written(out.append(inner).append("over "), over.written(), over.layer());
        }
        origin.reads().forEach(read -> origin(out, read, inner, "reads "));
    }

    private static void written(StringBuilder out, Written written, String layer) {
        out.append(written.place()).append("  ").append(shown(written.text()));
        out.append("  (").append(layer).append(")\n");
    }

    private static String shown(String text) {
        return text.isEmpty() ? "\"\"" : Columns.shortened(Columns.clean(text), LONGEST_VALUE);
    }
}
