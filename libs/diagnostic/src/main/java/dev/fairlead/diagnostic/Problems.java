package dev.fairlead.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects what is found in one pass, so that all of it is reported at once. Not safe for several threads.
public final class Problems {
    private static final Comparator<Problem> BY_PLACE =
            Comparator.comparing(
                    problem -> problem.place().orElse(null),
                    Comparator.nullsFirst(Comparator.naturalOrder()));

    private final Set<Problem> found = new LinkedHashSet<>();

    public void add(Problem problem) {
        found.add(problem);
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

    /// How many there are, warnings included.
    public int size() {
        return found.size();
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
