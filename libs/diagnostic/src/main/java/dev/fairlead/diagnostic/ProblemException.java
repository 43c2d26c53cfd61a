package dev.fairlead.diagnostic;

import java.util.List;
import java.util.stream.Collectors;

/// Ends a piece of work with the problems that were found in it; at least one of them is an error.
public final class ProblemException extends RuntimeException {
    private final List<Problem> problems;

    public ProblemException(List<Problem> problems) {
        this(problems, null);
    }

    /// @param cause the exception behind a problem, for a defect's report; never shown to a user
    public ProblemException(
            List<Problem> problems, @org.jspecify.annotations.Nullable Throwable cause) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), cause);
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a ProblemException without a problem");
        }
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
