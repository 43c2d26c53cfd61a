package dev.fairlead.target.kubernetes.store;

import java.util.Comparator;
import java.util.Optional;

/// An object that was applied: where it is, never what is in it.
public record Reference(String apiVersion, String kind, Optional<String> namespace, String name)
        implements Comparable<Reference> {
    private static final Comparator<Reference> ORDER = Comparator.comparing(Reference::line);

    /// As it is kept: `apps/v1 Deployment shop api`, `-` for no namespace.
    String line() {
        return apiVersion + " " + kind + " " + namespace.orElse("-") + " " + name;
    }

    static Optional<Reference> parsed(String line) {
        var parts = line.split(" ", -1);
        return parts.length == 4
                ? Optional.of(
                        new Reference(
                                parts[0],
                                parts[1],
                                Optional.of(parts[2]).filter(space -> !space.equals("-")),
                                parts[3]))
                : Optional.empty();
    }

    @Override
    public int compareTo(Reference other) {
        return ORDER.compare(this, other);
    }
}
