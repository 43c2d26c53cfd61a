package dev.fairlead.target.kubernetes.client;

import java.util.Map;

/// What the server says to a request about an object.
public sealed interface Answer {
    /// @param object as the server has it now (or would have it, for a dry run)
    record Accepted(Map<String, Object> object) implements Answer {}

    record Refused(Refusal refusal) implements Answer {}

    /// The object.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException when it was refused
    default Map<String, Object> orThrow() {
        return switch (this) {
            case Accepted(var object) -> object;
            case Refused(var refusal) -> throw refusal.problem().thrown();
        };
    }
}
