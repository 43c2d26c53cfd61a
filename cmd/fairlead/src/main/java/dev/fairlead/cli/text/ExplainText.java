package dev.fairlead.cli.text;

import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Paint;
import dev.fairlead.cli.console.Paint.Tone;
import dev.fairlead.cli.live.Elapsed;
import dev.fairlead.deploy.explain.Explanation;
import dev.fairlead.deploy.explain.Explanation.Link;
import dev.fairlead.deploy.explain.Explanation.RootCause;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// Why units wait or failed, as people read it: the chain down to the root, its cause, the evidence and the advice.
public final class ExplainText {
    private final Paint paint;
    private final Instant now;
    private final SortedMap<UnitName, Place> places;

    /// @param places where the stack declares its units
    public ExplainText(Paint paint, Instant now, SortedMap<UnitName, Place> places) {
        this.paint = paint;
        this.now = now;
        this.places = places;
    }

    /// Several explanations; those that share a root cause are told once, in the order of the root causes.
    public String of(List<Explanation> explanations) {
        var units = explanations.stream().map(Explanation::unit).toList();
        return explanations.stream()
                .filter(explanation -> !isToldByAnother(explanation, explanations))
                .sorted(Comparator.comparingInt(explanation -> units.indexOf(root(explanation))))
                .map(this::of)
                .collect(Collectors.joining("\n"));
    }

    private static UnitName root(Explanation explanation) {
        return explanation.rootCause().map(RootCause::unit).orElse(explanation.unit());
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

    /// One explanation, ending in a line break: the root cause with its place, what to do, what shows it, and how the
    /// unit depends on it.
    public String of(Explanation explanation) {
        var out = new StringBuilder();
        if (explanation.rootCause().isEmpty()) {
            out.append(paint.of(Tone.STRONG, explanation.unit().value())).append(" is ");
            return out.append(state(explanation)).append('\n').toString();
        }
        root(out, explanation, explanation.rootCause().get());
        if (explanation.chain().size() > 1) {
            out.append("  so ").append(paint.of(Tone.STRONG, explanation.unit().value()));
            out.append(" is ").append(state(explanation));
            explanation.own().ifPresent(own -> out.append(": ").append(said(own)));
            out.append('\n');
        }
        for (var link : explanation.chain()) {
            if (!link.waitsFor().isEmpty()) {
                out.append("  ").append(link.unit()).append(" waits for ");
                out.append(names(link)).append('\n');
            }
        }
        explanation
                .deadline()
                .filter(_ -> explanation.state() != UnitState.READY)
                .ifPresent(deadline ->
                        out.append("  its time runs out in ")
                                .append(Elapsed.ticking(Duration.between(now, deadline)))
                                .append('\n'));
        return out.toString();
    }

    private String state(Explanation explanation) {
        return paint.of(StatusText.tone(explanation.state()), explanation.state().toString())
                + " for "
                + ago(explanation.since());
    }

    private void root(StringBuilder out, Explanation explanation, RootCause root) {
        var cause = root.cause();
        out.append(paint.of(Tone.BAD, root.unit() + "[" + cause.code().name() + "]")).append(' ');
        var place = places.get(root.unit());
        if (place != null) {
            out.append(place).append(' ');
        }
        out.append(said(cause)).append(", ");
        out.append(
                        root.unit().equals(explanation.unit())
                                ? state(explanation)
                                : "for " + ago(root.since()))
                .append('\n');
        cause.advice()
                .forEach(advice ->
                        out.append("  hint: ").append(Columns.clean(advice)).append('\n'));
        for (var line : cause.evidence()) {
            out.append(paint.of(Tone.QUIET, "    | " + Columns.clean(line))).append('\n');
        }
    }

    /// What happened, with the one line that tells most of it.
    private static String said(Cause cause) {
        var what = Columns.clean(cause.what());
        return LastWord.of(cause).map(line -> what + ": " + line).orElse(what);
    }

    private String ago(Instant since) {
        return Elapsed.ticking(Duration.between(since, now));
    }

    private static String names(Link link) {
        return link.waitsFor().stream().map(UnitName::value).collect(Collectors.joining(", "));
    }
}
