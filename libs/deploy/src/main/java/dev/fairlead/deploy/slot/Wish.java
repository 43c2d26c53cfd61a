package dev.fairlead.deploy.slot;

import java.util.Optional;

/// What somebody wants of a slot.
///
/// @param purpose may be empty
/// @param number this very slot; otherwise the lowest that is free
/// @param ref the branch to work on, in a folder of its own
/// @param keep whether it is never collected; as it is when nothing is said
public record Wish(
        String owner,
        String purpose,
        Optional<Integer> number,
        Optional<String> ref,
        Optional<Boolean> keep) {}
