package dev.fairlead.diagnostic;

import java.util.List;
import java.util.Optional;

/// What is wrong, where, and what to do about it. `what` starts with a small letter and has no full stop at the end.
///
/// @param trace how the place was reached (a chain of template calls, of imports), the innermost first
public record Problem(
        Code code,
        Severity severity,
        Optional<Place> place,
        String what,
        Optional<String> hint,
        List<Step> trace) {
    /// One link of the chain that led to a problem.
    public record Step(Place place, String what) {}

    public Problem {
        trace = List.copyOf(trace);
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
        return new Problem(code, Severity.WARNING, place, what, hint, trace);
    }

    /// The same problem with advice: a sentence without a full stop.
    public Problem withHint(String advice) {
        return new Problem(code, severity, place, what, Optional.of(advice), trace);
    }

    /// The same problem with advice where there is some.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    public Problem withHint(Optional<String> advice) {
        return advice.isPresent() ? withHint(advice.get()) : this;
    }

    /// The same problem, reached by this chain.
    public Problem withTrace(List<Step> chain) {
        return new Problem(code, severity, place, what, hint, chain);
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
