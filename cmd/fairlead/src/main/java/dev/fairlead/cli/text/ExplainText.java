package dev.fairlead.cli.text;

import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Paint;
import dev.fairlead.cli.console.Paint.Tone;
import dev.fairlead.cli.live.Elapsed;
import dev.fairlead.deploy.explain.Explanation;
import dev.fairlead.deploy.explain.Explanation.Link;
import dev.fairlead.deploy.explain.Explanation.RootCause;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// Why units wait or failed, as people read it: the chain down to the root, its cause, the evidence and the advice.
public final class ExplainText {
    private final Paint paint;
    private final Instant now;

    public ExplainText(Paint paint, Instant now) {
        this.paint = paint;
        this.now = now;
    }

    /// Several explanations; those that share a root cause are told once.
    public String of(List<Explanation> explanations) {
        return explanations.stream()
                .filter(explanation -> !isToldByAnother(explanation, explanations))
                .map(this::of)
                .collect(Collectors.joining("\n"));
    }

    private static boolean isToldByAnother(Explanation explanation, List<Explanation> all) {
        return all.stream()
                .filter(other -> !other.unit().equals(explanation.unit()))
                .anyMatch(other ->
                        other.chain().size() > explanation.chain().size()
                                && other.chain().stream()
                                        .skip(1)
                                        .anyMatch(link -> link.unit().equals(explanation.unit())));
    }

    /// One explanation, ending in a line break.
    public String of(Explanation explanation) {
        var out = new StringBuilder();
        out.append(paint.of(Tone.STRONG, explanation.unit().value())).append(" is ");
        out.append(paint.of(StatusText.tone(explanation.state()), explanation.state().toString()));
        out.append(" since ").append(ago(explanation.since())).append('\n');
        for (var link : explanation.chain()) {
            if (!link.waitsFor().isEmpty()) {
                out.append("  ").append(link.unit()).append(" waits for ");
                out.append(names(link)).append('\n');
            }
        }
        explanation.rootCause().ifPresent(root -> root(out, root));
        explanation
                .deadline()
                .filter(_ -> explanation.state() != UnitState.READY)
                .ifPresent(deadline ->
                        out.append("  its time runs out in ")
                                .append(Elapsed.ticking(Duration.between(now, deadline)))
                                .append('\n'));
        return out.toString();
    }

    private void root(StringBuilder out, RootCause root) {
        var cause = root.cause();
        out.append("  ").append(paint.of(Tone.BAD, root.unit() + "[" + cause.code().name() + "]"));
        out.append(' ').append(Columns.clean(cause.what()));
        out.append(", since ").append(ago(root.since())).append('\n');
        for (var line : cause.evidence()) {
            out.append(paint.of(Tone.QUIET, "    | " + Columns.clean(line))).append('\n');
        }
        cause.advice()
                .forEach(advice ->
                        out.append("  hint: ").append(Columns.clean(advice)).append('\n'));
    }

    private String ago(Instant since) {
        return Elapsed.ticking(Duration.between(since, now));
    }

    private static String names(Link link) {
        return link.waitsFor().stream().map(UnitName::value).collect(Collectors.joining(", "));
    }
}
