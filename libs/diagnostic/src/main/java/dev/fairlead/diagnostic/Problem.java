package dev.fairlead.diagnostic;

import java.util.List;
import java.util.Optional;

/// What is wrong, where, and what to do about it. `what` starts with a small letter and has no full stop at the end.
///
/// @param trace how the place was reached (a chain of template calls, of imports), the innermost first
/// @param evidence lines that show it: the last ones of an output (oldest first), an answer, a difference; secrets masked
public record Problem(
        Code code,
        Severity severity,
        Optional<Place> place,
        String what,
        Optional<String> hint,
        List<Step> trace,
        List<String> evidence) {
    /// One link of the chain that led to a problem.
    public record Step(Place place, String what) {}

    public Problem {
        trace = List.copyOf(trace);
        evidence = List.copyOf(evidence);
    }

    /// A problem without evidence.
    public Problem(
            Code code,
            Severity severity,
            Optional<Place> place,
            String what,
            Optional<String> hint,
            List<Step> trace) {
        this(code, severity, place, what, hint, trace, List.of());
    }

    /// An error at a place.
    public static Problem error(Code code, Place place, String what) {
        return new Problem(
                code, Severity.ERROR, Optional.of(place), what, Optional.empty(), List.of());
    }

    /// An error that belongs to no line of a file.
    public static Problem error(Code code, String what) {
        return new Problem(
                code, Severity.ERROR, Optional.empty(), what, Optional.empty(), List.of());
    }

    /// The same problem as a warning: reported, but it does not end the work.
    public Problem asWarning() {
        return new Problem(code, Severity.WARNING, place, what, hint, trace, evidence);
    }

    /// The same problem where it does end the work.
    public Problem asError() {
        return new Problem(code, Severity.ERROR, place, what, hint, trace, evidence);
    }

    /// The same problem with advice: a sentence without a full stop.
    public Problem withHint(String advice) {
        return new Problem(code, severity, place, what, Optional.of(advice), trace, evidence);
    }

    /// The same problem with advice where there is some.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    public Problem withHint(Optional<String> advice) {
        return advice.isPresent() ? withHint(advice.get()) : this;
    }

    /// The same problem, reached by this chain.
    public Problem withTrace(List<Step> chain) {
        return new Problem(code, severity, place, what, hint, chain, evidence);
    }

    /// The same problem, shown by these lines.
    public Problem withEvidence(List<String> lines) {
        return new Problem(code, severity, place, what, hint, trace, lines);
    }

    /// What to do about it: its own hint, or else what helps against every problem of its code.
    public String advice() {
        return hint.orElseGet(code::remedy);
    }

    /// The problem as something to throw.
    public ProblemException thrown() {
        return new ProblemException(List.of(this));
    }

    /// One line: `services.yaml:41:7 UNKNOWN_KEY unknown key "dependOn"; did you mean "dependsOn"?`.
    @Override
    public String toString() {
        return place.map(p -> p + " ").orElse("")
                + code.name()
                + " "
                + what
                + hint.map(h -> "; " + h).orElse("");
    }
}
