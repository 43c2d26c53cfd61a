package dev.fairlead.inventory.cluster;

import dev.fairlead.diagnostic.Place;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
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
/// @param reaches the units that it may reach over the network: what it depends on, and the databases of its schemas
/// @param workspace the volume that its pods mount, with what is granted to it alone
/// @param flows what `allow` declares beyond that
/// @param dev what its pods run in place of their own command, in mode dev
/// @param schemas the schemas that each of its pods waits for before it starts
public record Workload(
        boolean singleton,
        boolean inject,
        PodSecurity podSecurity,
        Account account,
        SortedSet<String> dropKinds,
        Optional<ReadyRule> readyRule,
        Duration readyTimeout,
        SortedSet<String> reaches,
        List<Flow> flows,
        Optional<Workspace> workspace,
        Optional<PodDev> dev,
        List<Schema> schemas) {
    public Workload {
        reaches = Collections.unmodifiableSortedSet(new TreeSet<>(reaches));
        flows = List.copyOf(flows);
        schemas = List.copyOf(schemas);
        dropKinds = Collections.unmodifiableSortedSet(new TreeSet<>(dropKinds));
    }

    /// The same, with the schemas that its pods wait for.
    public Workload awaiting(List<Schema> wanted) {
        return new Workload(
                singleton,
                inject,
                podSecurity,
                account,
                dropKinds,
                readyRule,
                readyTimeout,
                reaches,
                flows,
                workspace,
                dev,
                wanted);
    }

    /// The same in mode dev.
    public Workload in(PodDev mode) {
        return new Workload(
                singleton,
                inject,
                podSecurity,
                account,
                dropKinds,
                readyRule,
                readyTimeout,
                reaches,
                flows,
                workspace,
                Optional.of(mode),
                schemas);
    }

    /// A schema that is waited for.
    ///
    /// @param unit the migrations unit; its Secret `UNIT-database` has the address
    /// @param command waits, and says what for
    public record Schema(String unit, String image, List<String> command) {
        public Schema {
            command = List.copyOf(command);
        }
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
