package dev.fairlead.cli.life;

import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Paint;
import dev.fairlead.cli.console.Paint.Tone;
import dev.fairlead.deploy.plan.LiveDiff;
import dev.fairlead.deploy.plan.LiveDiff.Entry;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.Plan.Field;

/// What lives against what is wanted, in the form of a diff: one line for what is, one for what would be.
record DiffText(Paint paint) {
    /// The whole, ending in a line break.
    String of(LiveDiff diff) {
        var where = diff.plan().environment() + " on " + diff.plan().target();
        if (!diff.differs()) {
            return "No difference: " + where + " is as the stack says.\n";
        }
        var out = new StringBuilder();
        out.append(paint.of(Tone.STRONG, where + ": as it is (-), as services.yaml says (+)"))
                .append('\n');
        diff.units().forEach(entry -> unit(out, entry));
        int count = diff.names().size();
        return out.append('\n')
                .append(count == 1 ? "1 unit differs\n" : count + " units differ\n")
                .toString();
    }

    private void unit(StringBuilder out, Entry entry) {
        out.append('\n').append(paint.of(Tone.STRONG, entry.object()));
        out.append(' ').append(word(entry.action()));
        entry.reason().ifPresent(reason -> out.append(": ").append(Columns.clean(reason)));
        out.append('\n');
        entry.fields().forEach(field -> field(out, field));
        entry.lines().forEach(line -> out.append("    ").append(Columns.clean(line)).append('\n'));
    }

    private static String word(Action action) {
        return switch (action) {
            case CREATE -> "is new";
            case UPDATE -> "changes";
            case RECREATE -> "is made anew";
            case KEEP -> "stays";
            case PRUNE -> "goes";
            case ADOPT -> "is taken over";
            case CONFLICT -> "is somebody else's";
        };
    }

    private void field(StringBuilder out, Field field) {
        field.from()
                .ifPresent(from ->
                        out.append("  ")
                                .append(paint.of(Tone.BAD, "- " + line(field.path(), from)))
                                .append('\n'));
        field.to()
                .ifPresent(to ->
                        out.append("  ")
                                .append(paint.of(Tone.GOOD, "+ " + line(field.path(), to)))
                                .append('\n'));
    }

    private static String line(String path, String value) {
        return path + ": " + Columns.clean(value);
    }
}
