package dev.fairlead.deploy.resolve;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.document.Digest;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The resolution where no target is asked: what `validate` and `render` work with when the target is not at hand. Follows
/// from the outline alone, so it is the same everywhere.
public final class Assumed {
    private static final int FIRST_PORT = 20000;
    private static final int PORTS = 12000;

    private Assumed() {}

    public static Resolution of(Outline outline) {
        var addresses = new TreeMap<UnitName, Resolution.Address>();
        outline.units()
                .forEach((name, part) ->
                        addresses.put(
                                name,
                                new Resolution.Address(
                                        host(outline, name),
                                        ports(outline, part),
                                        new TreeMap<>())));
        return new Resolution(addresses, secrets(outline), Optional.empty());
    }

    private static String host(Outline outline, UnitName unit) {
        return outline.target() == TargetKind.KUBERNETES
                ? unit + "." + outline.namespace() + ".svc"
                : "127.0.0.1";
    }

    private static SortedMap<String, Integer> ports(Outline outline, Outline.Part part) {
        var ports = new TreeMap<String, Integer>();
        part.ports()
                .forEach((name, wish) ->
                        ports.put(
                                name,
                                switch (wish) {
                                    case Outline.PortWish.Fixed(var number) -> number;
                                    case Outline.PortWish.Auto _ ->
                                            number(outline, part.name(), name);
                                }));
        return ports;
    }

    /// The number that a port's name leads to.
    static int number(Outline outline, UnitName unit, String port) {
        var ref = outline.ref();
        var key = String.join("/", ref.project(), ref.name(), "" + ref.slot(), unit.value(), port);
        return FIRST_PORT + (int) (Long.parseLong(Digest.ofText(key).substring(0, 8), 16) % PORTS);
    }

    // A secret that will be made has no value yet; its length is all that a template may depend on.
    private static SortedMap<String, Marked> secrets(Outline outline) {
        var secrets = new TreeMap<String, Marked>();
        outline.secrets()
                .forEach((name, source) -> {
                    switch (source) {
                        case Outline.SecretSource.Generated(var length) ->
                                secrets.put(name, Marked.secret(name, "x".repeat(length)));
                        case Outline.SecretSource.Given(var value) ->
                                value.ifPresent(
                                        text -> secrets.put(name, Marked.secret(name, text)));
                    }
                });
        return secrets;
    }
}
