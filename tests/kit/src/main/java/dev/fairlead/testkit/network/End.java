package dev.fairlead.testkit.network;

import java.util.Map;

/// One end of a connection.
public sealed interface End {
    String address();

    /// A pod.
    ///
    /// @param ports the ports that its containers name
    record Pod(
            String name,
            String namespace,
            Map<String, String> labels,
            Map<String, Integer> ports,
            String address)
            implements End {}

    /// An address outside the cluster.
    record Outside(String address) implements End {}
}
