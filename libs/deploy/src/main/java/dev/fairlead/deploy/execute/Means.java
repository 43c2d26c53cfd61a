package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.render.Desired;
import dev.fairlead.deploy.render.Renderer;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.Resolution.DigestKey;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/// What executions work with.
///
/// @param keys makes the key for fingerprints of an environment that has none yet
public record Means(Clock clock, Ticker ticker, Renderer renderer, Supplier<DigestKey> keys) {
    /// Hands a prepared environment over. The first time it is given its key, and the fingerprints that the plan could not
    /// know yet are made with it, so that the next plan finds what it expects.
    Session.Handed hand(Session session, Prepared prepared) {
        var resolution = prepared.resolution();
        if (resolution.digestKey().isPresent()) {
            return session.hand(prepared.environment(), resolution, prepared.desired().units());
        }
        var key = keys.get();
        var keyed = new Resolution(resolution.addresses(), resolution.secrets(), Optional.of(key));
        Desired desired =
                renderer.render(
                        prepared.environment(),
                        prepared.desired().units().keySet(),
                        Optional.of(key));
        return session.hand(prepared.environment(), keyed, desired.units());
    }
}
