package dev.fairlead.inventory;

import dev.fairlead.inventory.environment.TargetKind;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which environment of a stack is meant, and what the user sets over it.
///
/// @param environment its name; when absent, the stack's default (see the reference of `-e`)
/// @param slot from 1; 0 for none
/// @param target instead of the environment's own
/// @param sets `--set key=value`: replaces `vars.<key>` (dots go into maps) before anything is evaluated
/// @param context of the kubeconfig, instead of the environment's own
public record Choice(
        Optional<String> environment,
        int slot,
        Optional<TargetKind> target,
        SortedMap<String, String> sets,
        Optional<String> context) {
    /// In the environment's own cluster.
    public Choice(
            Optional<String> environment,
            int slot,
            Optional<TargetKind> target,
            SortedMap<String, String> sets) {
        this(environment, slot, target, sets, Optional.empty());
    }

    public Choice {
        sets = Collections.unmodifiableSortedMap(new TreeMap<>(sets));
    }
}
