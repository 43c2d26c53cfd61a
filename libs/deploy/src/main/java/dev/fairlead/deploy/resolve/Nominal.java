package dev.fairlead.deploy.resolve;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Outline.SecretSource;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.Resolution.Address;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A resolution without what the target's state has chosen: every port has the number that its name leads to
/// beside the other names of the stack, every
/// generated secret is a row of letters. The hash of the input is made of what evaluates with it, as ports and secrets
/// belong to the snapshot; it is the same on every machine.
public final class Nominal {
    private Nominal() {}

    public static Resolution of(Outline outline, Resolution actual) {
        var numbers = Assumed.ports(outline);
        var addresses = new TreeMap<UnitName, Address>();
        actual.addresses()
                .forEach((unit, address) -> {
                    var own = numbers.getOrDefault(unit, Collections.emptySortedMap());
                    addresses.put(unit, of(outline, unit, address, own));
                });
        var secrets = new TreeMap<>(actual.secrets());
        outline.secrets()
                .forEach((name, source) -> {
                    if (source instanceof SecretSource.Generated(int length)) {
                        secrets.put(name, Marked.secret(name, "x".repeat(length)));
                    }
                });
        return new Resolution(addresses, secrets, actual.digestKey());
    }

    private static Address of(
            Outline outline, UnitName unit, Address address, SortedMap<String, Integer> own) {
        var ports = new TreeMap<String, Integer>();
        // A port that the unit does not ask for is the target's own: that of a database.
        for (var name : address.ports().keySet()) {
            var number = own.get(name);
            ports.put(name, number == null ? Assumed.number(outline, unit, name) : number);
        }
        var exports = new TreeMap<String, Marked>();
        address.exports()
                .forEach((name, value) -> exports.put(name, renumbered(value, address, ports)));
        return new Address(address.host(), ports, exports);
    }

    private static Marked renumbered(
            Marked value, Address address, SortedMap<String, Integer> ports) {
        var renumbered = value;
        for (var port : address.ports().entrySet()) {
            var now = ports.get(port.getKey());
            if (now != null && !now.equals(port.getValue())) {
                renumbered = replaced(renumbered, port.getValue(), now);
            }
        }
        return renumbered;
    }

    /// The number where it stands by itself, outside secrets.
    private static Marked replaced(Marked text, int from, int to) {
        var found = Pattern.compile("(?<![0-9])" + from + "(?![0-9])").matcher(text.reveal());
        var out = new Marked.Builder();
        int at = 0;
        while (found.find()) {
            var number = text.slice(found.start(), found.end());
            out.append(text.slice(at, found.start()))
                    .append(number.hasSecret() ? number : Marked.plain(Integer.toString(to)));
            at = found.end();
        }
        return out.append(text.slice(at, text.reveal().length())).build();
    }
}
