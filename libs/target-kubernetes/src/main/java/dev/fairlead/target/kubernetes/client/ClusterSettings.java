package dev.fairlead.target.kubernetes.client;

import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.target.kubernetes.http.Patience;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// What a connection to a cluster needs besides the way in.
///
/// @param cache the folder in which the kinds of servers are kept; empty: not kept
public record ClusterSettings(Patience patience, Ticker ticker, Clock clock, Optional<Path> cache) {
    public static ClusterSettings of(Ticker ticker, Clock clock) {
        return new ClusterSettings(Patience.DEFAULTS, ticker, clock, Optional.empty());
    }

    public ClusterSettings cachedIn(Path folder) {
        return new ClusterSettings(patience, ticker, clock, Optional.of(folder));
    }

    public ClusterSettings waiting(Patience wanted) {
        return new ClusterSettings(wanted, ticker, clock, cache);
    }
}
