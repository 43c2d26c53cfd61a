package dev.fairlead.inventory.cluster;

import dev.fairlead.diagnostic.Place;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What Kubernetes needs to know of a unit beside its manifests.
///
/// @param singleton it is shared by all slots, and may hold objects outside the environment's namespace
/// @param inject labels and defaults are added to its pod templates
/// @param account whether its pods may reach the API server, and as whom
/// @param dropKinds kinds of objects that its manifests leave out here
/// @param readyRule when its custom resources are ready
/// @param readyTimeout the deadline of its step
public record Workload(
        boolean singleton,
        boolean inject,
        PodSecurity podSecurity,
        Account account,
        SortedSet<String> dropKinds,
        Optional<ReadyRule> readyRule,
        Duration readyTimeout) {
    public Workload {
        dropKinds = Collections.unmodifiableSortedSet(new TreeSet<>(dropKinds));
    }

    /// @param cel an expression of the Common Expression Language over `object` that is true when the resource is ready
    public record ReadyRule(String cel, Place place) {}

    /// Whom the pods of a unit are to the API server.
    public sealed interface Account {
        /// Nobody: no token is mounted.
        record None() implements Account {}

        /// A service account of its own, with the unit's name.
        record Own() implements Account {}

        /// One that exists.
        record Named(String name) implements Account {}
    }
}
