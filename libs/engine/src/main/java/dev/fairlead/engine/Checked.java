package dev.fairlead.engine;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Severity;
import dev.fairlead.inventory.environment.EnvironmentRef;
import java.util.List;
import java.util.Optional;

/// What `validate` found: every problem, by file and line.
///
/// @param environment which environment was evaluated; absent when the stack could not be read so far
/// @param units how many units it has
public record Checked(Optional<EnvironmentRef> environment, int units, List<Problem> problems) {
    public Checked {
        problems = List.copyOf(problems);
    }

    /// No errors; there may be warnings.
    public boolean ok() {
        return problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
    }
}
