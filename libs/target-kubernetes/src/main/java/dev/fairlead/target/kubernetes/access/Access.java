package dev.fairlead.target.kubernetes.access;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// One way into one cluster.
///
/// @param context its name in the kubeconfig, or `in-cluster`
/// @param namespace the context's own
/// @param proxy an HTTP proxy to go through
public record Access(
        String context,
        URI server,
        Optional<String> namespace,
        Trust trust,
        Credentials credentials,
        Optional<URI> proxy) {
    /// The name of the way that a pod has.
    public static final String IN_CLUSTER = "in-cluster";

    /// Which servers are believed.
    ///
    /// @param authorities PEM texts; none: those of the machine
    /// @param verified false: whoever answers is believed
    /// @param serverName the name that the server's certificate must have, when not the address's
    public record Trust(List<String> authorities, boolean verified, Optional<String> serverName) {
        public Trust {
            authorities = List.copyOf(authorities);
        }
    }
}
