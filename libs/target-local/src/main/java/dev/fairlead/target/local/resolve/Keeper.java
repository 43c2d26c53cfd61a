package dev.fairlead.target.local.resolve;

import dev.fairlead.deploy.resolve.PortNumbers;
import dev.fairlead.deploy.target.Session.PortReplaced;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.local.state.EnvironmentFolder;
import dev.fairlead.target.local.state.Home;
import dev.fairlead.target.local.state.Secrets;
import dev.fairlead.target.local.system.Listeners;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/// Makes the proposals of a resolution lasting. Writes nothing where everything is kept already.
public final class Keeper {
    private final Home home;
    private final IntPredicate ours;

    /// @param ours whether a process belongs to this folder: a port that it holds is not taken by somebody else
    public Keeper(Home home, IntPredicate ours) {
        this.home = home;
        this.ours = ours;
    }

    /// Replaces chosen ports that somebody else holds, and keeps the replacements; empty when there are none.
    public List<PortReplaced> replaceTaken(Outline outline, Resolution resolution) {
        var listeners = Listeners.now();
        var folder = home.environment(outline.ref());
        var book = Book.read(folder);
        var used = new HashSet<Integer>();
        resolution.addresses().values().forEach(address -> used.addAll(address.ports().values()));
        home.environments().forEach(other -> used.addAll(Book.read(other).numbers()));
        var replaced =
                new TreeMap<Integer, PortReplaced>(); // by the old number: units may share it
        for (var address : resolution.addresses().entrySet()) {
            for (var port : address.getValue().ports().entrySet()) {
                int number = port.getValue();
                if (!isChosen(outline, address.getKey(), port.getKey())
                        || replaced.containsKey(number)) {
                    continue;
                }
                var holder = taken(listeners, number);
                if (holder.isPresent()) {
                    int free = free(number, used, listeners);
                    replaced.put(
                            number,
                            new PortReplaced(
                                    address.getKey(),
                                    port.getKey(),
                                    number,
                                    free,
                                    holder.get().description()));
                }
            }
        }
        keep(List.copyOf(replaced.values()), book, folder);
        return List.copyOf(replaced.values());
    }

    private void keep(List<PortReplaced> replaced, Book book, EnvironmentFolder folder) {
        if (replaced.isEmpty()) {
            return;
        }
        home.make();
        for (var change : replaced) {
            if (change.port().equals(PostgresPort.NAME)) {
                PostgresPort.keep(home, change.to());
            } else {
                book.keepPort(change.unit().value(), change.port(), change.to());
            }
        }
        book.write(folder);
    }

    private static boolean isChosen(Outline outline, UnitName unit, String port) {
        var part = outline.units().get(unit);
        return part != null && !(part.ports().get(port) instanceof Outline.PortWish.Fixed);
    }

    /// Somebody else who holds the port.
    private Optional<Listeners.Holder> taken(Listeners listeners, int port) {
        return listeners.has(port)
                ? Listeners.holderOf(port)
                        .filter(holder -> holder.pid().filter(pid -> ours.test(pid)).isEmpty())
                : Optional.empty();
    }

    private static int free(int taken, Set<Integer> used, Listeners listeners) {
        int port = PortNumbers.next(taken);
        while (listeners.has(port) || !used.add(port)) {
            port = PortNumbers.next(port);
        }
        return port;
    }

    /// Keeps ports, names of databases, generated secrets and the digest key.
    public void keep(Environment environment, Resolution resolution) {
        var outline = environment.outline();
        home.make();
        var folder = home.environment(outline.ref());
        var book = Book.read(folder);
        var secrets = new Secrets(folder);
        outline.units()
                .forEach((name, part) -> {
                    var address = resolution.addresses().get(name);
                    if (address != null) {
                        keepUnit(part, address, book, secrets);
                    }
                });
        book.write(folder);
        outline.secrets()
                .forEach((name, source) -> {
                    var value = resolution.secrets().get(name);
                    if (source instanceof Outline.SecretSource.Generated && value != null) {
                        secrets.keepDeclared(name, value.reveal());
                    }
                });
        if (secrets.digestKey().isEmpty()) {
            secrets.keepDigestKey(
                    resolution
                            .digestKey()
                            .map(Resolution.DigestKey::bytes)
                            .orElseGet(Secrets::freshKey));
        }
    }

    private void keepUnit(
            Outline.Part part, Resolution.Address address, Book book, Secrets secrets) {
        var unit = part.name().value();
        part.ports()
                .forEach((name, wish) -> {
                    var number = address.ports().get(name);
                    if (wish instanceof Outline.PortWish.Auto && number != null) {
                        book.keepPort(unit, name, number);
                    }
                });
        part.builtin()
                .ifPresent(work -> {
                    PostgresPort.keep(
                            home,
                            java.util.Objects.requireNonNull(
                                    address.ports().get(PostgresPort.NAME)));
                    secrets.keepPassword(unit, export(address, "password"));
                    work.databases()
                            .forEach(name ->
                                    book.keepDatabase(
                                            unit, name, export(address, "database_" + name)));
                });
    }

    private static String export(Resolution.Address address, String key) {
        return java.util.Objects.requireNonNull(address.exports().get(key), key).reveal();
    }
}
