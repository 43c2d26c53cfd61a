package dev.fairlead.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the known name that somebody most likely meant.
public final class Nearest {
    private Nearest() {}

    /// The known name nearest to `wanted`, when it is near enough to be a slip: at most a third of its letters differ
    /// (inserted, left out, changed or swapped with their neighbour; case does not count). Ties go to the first by name.
    public static Optional<String> of(String wanted, Collection<String> known) {
        int most = Math.max(1, wanted.length() / 3);
        record Candidate(String name, int distance) {}
        return known.stream()
                .filter(name -> Math.abs(name.length() - wanted.length()) <= most)
                .map(name -> new Candidate(name, distance(lower(wanted), lower(name))))
                .filter(candidate ->
                        candidate.distance() <= most && candidate.distance() < wanted.length())
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /// `did you mean "x"?` for the nearest known name.
    public static Optional<String> hint(String wanted, Collection<String> known) {
        return of(wanted, known).map(name -> "did you mean \"" + name + "\"?");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /// The optimal string alignment distance.
    private static int distance(String a, String b) {
        var row = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            row[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            row[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[i][j] =
                        Math.min(
                                Math.min(row[i - 1][j], row[i][j - 1]) + 1,
                                row[i - 1][j - 1] + changed);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[i][j] = Math.min(row[i][j], row[i - 2][j - 2] + 1);
                }
            }
        }
        return row[a.length()][b.length()];
    }
}
