package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.image.ImageMaker;
import dev.fairlead.deploy.kind.UnitKind;
import dev.fairlead.deploy.render.Desired;
import dev.fairlead.deploy.render.Renderer;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.Resolution.DigestKey;
import dev.fairlead.inventory.unit.Unit;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What executions work with.
///
/// @param kinds the kinds of units that no target runs
/// @param keys makes the key for fingerprints of an environment that has none yet
/// @param images asks registries and makes images
public record Means(
        Clock clock,
        Ticker ticker,
        Renderer renderer,
        List<UnitKind> kinds,
        Supplier<DigestKey> keys,
        ImageMaker images) {
    public Means {
        kinds = List.copyOf(kinds);
    }

    /// Where no image is made.
    public Means(
            Clock clock,
            Ticker ticker,
            Renderer renderer,
            List<UnitKind> kinds,
            Supplier<DigestKey> keys) {
        this(clock, ticker, renderer, kinds, keys, ImageMaker.NONE);
    }

    /// The same with somebody who makes images.
    public Means with(ImageMaker maker) {
        return new Means(clock, ticker, renderer, kinds, keys, maker);
    }

    /// The kind of a unit that no target runs.
    public Optional<UnitKind> kind(Unit unit) {
        return kinds.stream().filter(kind -> kind.covers(unit)).findFirst();
    }

    /// Hands a prepared environment over. The first time it is given its key, and the fingerprints that the plan could not
    /// know yet are made with it, so that the next plan finds what it expects.
    Session.Handed hand(Session session, Prepared prepared) {
        session.follow(prepared.plan().objects().steps());
        var resolution = prepared.resolution();
        if (resolution.digestKey().isPresent()) {
            return session.hand(prepared.environment(), resolution, prepared.desired().units());
        }
        var key = keys.get();
        var keyed =
                new Resolution(
                        resolution.addresses(),
                        resolution.secrets(),
                        Optional.of(key),
                        resolution.pins());
        Desired desired = renderer.keyed(prepared.environment(), prepared.desired(), key);
        return session.hand(prepared.environment(), keyed, desired.units());
    }
}
