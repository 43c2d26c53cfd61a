package dev.fairlead.diagnostic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Collects what is found in one pass, so that all of it is reported at once. Not safe for several threads.
public final class Problems {
    private static final Comparator<Problem> BY_PLACE =
            Comparator.comparing(
                    problem -> problem.place().orElse(null),
                    Comparator.nullsFirst(Comparator.naturalOrder()));

    private final List<Problem> found = new ArrayList<>();

    public void add(Problem problem) {
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    public void addAll(Collection<Problem> problems) {
        problems.forEach(this::add);
    }

    /// Whether an error is among them; warnings do not count.
    public boolean hasErrors() {
        return found.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// A snapshot by file, line and column; what has no place comes first, ties in the order of finding.
    public List<Problem> list() {
        return found.stream().sorted(BY_PLACE).toList();
    }

    /// Throws everything that was found, warnings included, when an error is among it.
    public void throwIfErrors() {
        if (hasErrors()) {
            throw new ProblemException(list());
        }
    }
}
