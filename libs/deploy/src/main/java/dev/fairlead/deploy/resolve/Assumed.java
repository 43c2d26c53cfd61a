package dev.fairlead.deploy.resolve;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Outline.PortWish;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.util.HashSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The resolution where no target is asked: what `validate` and `render` work with when the target is not at hand. Follows
/// from the outline alone, so it is the same everywhere.
public final class Assumed {
    private Assumed() {}

    public static Resolution of(Outline outline) {
        var addresses = new TreeMap<UnitName, Resolution.Address>();
        ports(outline)
                .forEach((unit, ports) ->
                        addresses.put(
                                unit,
                                new Resolution.Address(
                                        host(outline, unit), ports, new TreeMap<>())));
        return new Resolution(addresses, secrets(outline), Optional.empty());
    }

    private static String host(Outline outline, UnitName unit) {
        return outline.target() == TargetKind.KUBERNETES
                ? unit + "." + outline.namespace() + ".svc"
                : "127.0.0.1";
    }

    /// The numbers of all ports. On local the units share a machine, so that none of them has the number of another; in
    /// pods a number depends on no other unit.
    static SortedMap<UnitName, SortedMap<String, Integer>> ports(Outline outline) {
        boolean shared = outline.target() == TargetKind.LOCAL;
        var used = new HashSet<Integer>();
        outline.units().values().stream()
                .flatMap(part -> part.ports().values().stream())
                .forEach(wish -> {
                    if (wish instanceof PortWish.Fixed(var number)) {
                        used.add(number);
                    }
                });
        var numbers = new TreeMap<UnitName, SortedMap<String, Integer>>();
        outline.units()
                .forEach((unit, part) -> {
                    var own = new TreeMap<String, Integer>();
                    part.ports()
                            .forEach((name, wish) -> {
                                int wanted =
                                        wish instanceof PortWish.Fixed(var fixed)
                                                ? fixed
                                                : number(outline, unit, name);
                                boolean isAuto = wish instanceof PortWish.Auto;
                                own.put(
                                        name,
                                        shared && isAuto ? PortNumbers.free(wanted, used) : wanted);
                            });
                    numbers.put(unit, own);
                });
        return numbers;
    }

    /// The number that a port's name leads to.
    static int number(Outline outline, UnitName unit, String port) {
        return PortNumbers.of(outline.ref(), unit.value(), port);
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
