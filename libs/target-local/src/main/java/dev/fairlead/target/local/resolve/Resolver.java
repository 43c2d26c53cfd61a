package dev.fairlead.target.local.resolve;

import dev.fairlead.deploy.resolve.PortNumbers;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.target.local.state.EnvironmentFolder;
import dev.fairlead.target.local.state.Home;
import dev.fairlead.target.local.state.Secrets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes a resolution out of what is kept, and proposes the rest. Probes nothing and writes nothing.
public final class Resolver {
    private static final int PASSWORD_LENGTH = 24;
    private static final String HOST = "127.0.0.1";

    private final Home home;

    public Resolver(Home home) {
        this.home = home;
    }

    public Resolution resolve(Outline outline) {
        var folder = home.environment(outline.ref());
        var proposal = new Proposal(outline, folder, Book.read(folder), inUse(folder));
        var addresses = new TreeMap<UnitName, Resolution.Address>();
        outline.units().forEach((name, part) -> addresses.put(name, proposal.address(part)));
        return new Resolution(
                addresses,
                secrets(outline, new Secrets(folder)),
                new Secrets(folder).digestKey().map(Resolution.DigestKey::new));
    }

    /// Ports of the other environments of this folder; a slot keeps off another slot's ports while that one sleeps too.
    private Set<Integer> inUse(EnvironmentFolder own) {
        var used = new HashSet<Integer>();
        home.environments().stream()
                .filter(folder -> !folder.key().equals(own.key()))
                .forEach(folder -> used.addAll(Book.read(folder).numbers()));
        PostgresPort.kept(home).ifPresent(used::add);
        return used;
    }

    private static SortedMap<String, Marked> secrets(Outline outline, Secrets kept) {
        var secrets = new TreeMap<String, Marked>();
        outline.secrets()
                .forEach((name, source) ->
                        value(name, source, kept)
                                .ifPresent(value -> secrets.put(name, Marked.secret(name, value))));
        return secrets;
    }

    private static Optional<String> value(String name, Outline.SecretSource source, Secrets kept) {
        return switch (source) {
            case Outline.SecretSource.Generated(int length) ->
                    Optional.of(kept.declared(name).orElseGet(() -> Secrets.fresh(length)));
            case Outline.SecretSource.Given(Optional<String> value) -> value;
        };
    }

    /// Numbers and names for the units of one outline, unit after unit.
    private final class Proposal {
        private final Outline outline;
        private final EnvironmentFolder folder;
        private final Book book;
        private final Set<Integer> used;
        private final Set<String> databases;
        private int postgres;

        Proposal(Outline outline, EnvironmentFolder folder, Book book, Set<Integer> used) {
            this.outline = outline;
            this.folder = folder;
            this.book = book;
            this.used = used;
            this.databases = book.databases();
            outline.units().values().forEach(this::reserve);
        }

        /// What is fixed or kept is not given to another unit, whatever its name.
        private void reserve(Outline.Part part) {
            part.ports()
                    .forEach((name, wish) -> {
                        switch (wish) {
                            case Outline.PortWish.Fixed(int number) -> used.add(number);
                            case Outline.PortWish.Auto() ->
                                    book.port(part.name().value(), name).ifPresent(used::add);
                        }
                    });
        }

        Resolution.Address address(Outline.Part part) {
            var ports = new TreeMap<String, Integer>();
            part.ports().forEach((name, wish) -> ports.put(name, port(part.name(), name, wish)));
            var exports = new TreeMap<String, Marked>();
            part.builtin().ifPresent(work -> database(part.name(), work, ports, exports));
            return new Resolution.Address(HOST, ports, exports);
        }

        private int port(UnitName unit, String name, Outline.PortWish wish) {
            return switch (wish) {
                case Outline.PortWish.Fixed(int number) -> number;
                case Outline.PortWish.Auto() ->
                        book.port(unit.value(), name)
                                .orElseGet(() ->
                                        free(PortNumbers.of(outline.ref(), unit.value(), name)));
            };
        }

        private int free(int wanted) {
            return PortNumbers.free(wanted, used);
        }

        /// One for all units: they share the postmaster.
        private int postgresPort() {
            if (postgres == 0) {
                postgres =
                        PostgresPort.kept(home)
                                .orElseGet(() -> free(Names.postgresPort(outline.ref().project())));
            }
            return postgres;
        }

        private void database(
                UnitName unit,
                Work.Postgres work,
                SortedMap<String, Integer> ports,
                SortedMap<String, Marked> exports) {
            int port = postgresPort();
            ports.put(PostgresPort.NAME, port);
            var password =
                    new Secrets(folder)
                            .password(unit.value())
                            .orElseGet(() -> Secrets.fresh(PASSWORD_LENGTH));
            var access = new DatabaseExports(port, Marked.secret(unit.value(), password));
            for (var name : work.databases()) {
                access.add(name, physical(outline.ref(), unit, name), exports);
            }
        }

        private String physical(EnvironmentRef ref, UnitName unit, String name) {
            var kept = book.database(unit.value(), name);
            if (kept.isPresent()) {
                return kept.get();
            }
            var plain = Names.database(List.of(name, ref.key()));
            if (databases.add(plain)) {
                return plain;
            }
            // Two units with a database of one name: the later one carries its unit's name too.
            var longer = Names.database(List.of(name, unit.value(), ref.key()));
            databases.add(longer);
            return longer;
        }
    }
}
