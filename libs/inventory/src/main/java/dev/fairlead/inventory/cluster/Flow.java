package dev.fairlead.inventory.cluster;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A network flow that `allow` declares.
///
/// @param inwards from the peer to the unit; else from the unit to the peer
/// @param port of whoever is reached; absent: any
/// @param protocol `TCP`, `UDP` or `SCTP`
public record Flow(boolean inwards, Peer peer, Optional<Integer> port, String protocol) {
    /// The other end.
    public sealed interface Peer {
        /// A unit of the same environment.
        record OfStack(String unit) implements Peer {}

        /// Addresses: `10.1.0.0/16`, `192.0.2.7/32`.
        record Block(String cidr) implements Peer {}

        /// A name outside the cluster. Policies of Kubernetes know no names: it stands for every address that is not private.
        record Host(String name) implements Peer {}

        /// Pods of another namespace.
        ///
        /// @param pods their labels; none: all of its pods
        record Namespace(String name, SortedMap<String, String> pods) implements Peer {
            public Namespace {
                pods = Collections.unmodifiableSortedMap(new TreeMap<>(pods));
            }
        }
    }
}
