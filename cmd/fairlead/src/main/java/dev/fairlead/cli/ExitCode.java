package dev.fairlead.cli;

import dev.fairlead.diagnostic.Kind;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Severity;
import java.util.Comparator;
import java.util.List;

/// The one place where the exit code of the command is decided. What a problem ends with is its {@link Kind}'s.
public final class ExitCode {
    /// Everything was done.
    public static final int DONE = 0;

    /// There are differences; only where `--exit-code` asked.
    public static final int DIFFERENCES = 2;

    private ExitCode() {}

    /// The exit code for problems that are reported together: the gravest kind among the errors decides, a defect before
    /// all; warnings do not count.
    public static int of(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .map(problem -> problem.code().kind())
                .max(Comparator.comparingInt(ExitCode::weight))
                .map(Kind::exitCode)
                .orElse(DONE);
    }

    private static int weight(Kind kind) {
        return switch (kind) {
            case BUG -> 6;
            case INTERRUPTED -> 5;
            // What the user can put right is said first: the rest is often its consequence.
            case USER -> 4;
            case REFUSED -> 3;
            case BUSY -> 2;
            case NOT_READY -> 1;
            case SURROUNDINGS -> 0;
        };
    }
}
