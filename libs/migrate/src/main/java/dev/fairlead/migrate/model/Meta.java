package dev.fairlead.migrate.model;

import java.util.List;
import java.util.Optional;

/// Who owns a migration and what it is about; approvals are routed by it.
///
/// @param owners teams or people, in the order of the file
public record Meta(
        Optional<String> title,
        Optional<String> description,
        Optional<String> domain,
        List<String> owners,
        List<String> tags,
        Optional<Stability> stability,
        Optional<String> docId) {
    /// Nothing said.
    public static final Meta NONE =
            new Meta(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());

    /// How settled a migration is, in the words of the published shape.
    public enum Stability {
        IDEA,
        IN_CREATION,
        EXPERIMENTAL,
        BETA,
        STABLE,
        DEPRECATED
    }

    public Meta {
        owners = List.copyOf(owners);
        tags = List.copyOf(tags);
    }
}
