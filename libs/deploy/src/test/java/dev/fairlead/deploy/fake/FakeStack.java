package dev.fairlead.deploy.fake;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Mode;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Migrations;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Restart;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Builds environments by hand.
public final class FakeStack {
    public static final EnvironmentRef DEV = new EnvironmentRef("shop", "dev", 0);
    private static final Source FILE = new Source("services.yaml", "spec:\n");

    private final SortedMap<UnitName, Unit> units = new TreeMap<>();
    private int parallelism = 8;
    private int history = 10;
    private Duration timeout = Duration.ofSeconds(60);
    private SortedSet<UnitName> requires = new TreeSet<>();

    public FakeStack parallelism(int steps) {
        parallelism = steps;
        return this;
    }

    public FakeStack history(int revisions) {
        history = revisions;
        return this;
    }

    /// How long the units that are added from now on may take.
    public FakeStack timeout(Duration each) {
        timeout = each;
        return this;
    }

    /// The schema that the units which are added from now on require.
    public FakeStack requiring(String schema) {
        requires = new TreeSet<>(List.of(new UnitName(schema)));
        return this;
    }

    /// A unit that migrates the database `shop` of `db`.
    public FakeStack migrations(String name) {
        var unit = new UnitName(name);
        var database = new UnitName("db");
        units.put(
                unit,
                new Unit(
                        unit,
                        Stage.MIGRATIONS,
                        FILE.at(1, 1),
                        new TreeSet<>(List.of(database)),
                        Optional.empty(),
                        Optional.of(
                                new Migrations(
                                        new UnitName("api"),
                                        database,
                                        "shop",
                                        "services/internal/api/cmd/cli/migrations",
                                        Marked.plain("postgresql://localhost/shop"),
                                        Duration.ofMinutes(10))),
                        new TreeSet<>(),
                        new TreeMap<>(),
                        List.of()));
        return this;
    }

    /// A process `serve NAME` that waits for others.
    public FakeStack unit(Stage stage, String name, String... waitsFor) {
        return unit(stage, name, command("serve", name), new TreeMap<>(), List.of(waitsFor));
    }

    /// A process with an environment of its own.
    public FakeStack unit(Stage stage, String name, SortedMap<String, Marked> env) {
        return unit(stage, name, command("serve", name), env, List.of());
    }

    /// Any work.
    public FakeStack unit(Stage stage, String name, Work work) {
        return unit(stage, name, work, new TreeMap<>(), List.of());
    }

    private FakeStack unit(
            Stage stage,
            String name,
            Work work,
            SortedMap<String, Marked> env,
            List<String> needs) {
        var unit = new UnitName(name);
        var waitsFor = new TreeSet<UnitName>();
        needs.forEach(needed -> waitsFor.add(new UnitName(needed)));
        var run =
                new Run(
                        work,
                        "services/" + name,
                        env,
                        new TreeMap<>(),
                        new Ready.Alive(),
                        timeout,
                        Restart.NEVER,
                        Stop.DEFAULT,
                        Optional.empty(),
                        Optional.empty());
        units.put(
                unit,
                new Unit(
                        unit,
                        stage,
                        FILE.at(1, 1),
                        waitsFor,
                        Optional.of(run),
                        Optional.empty(),
                        requires,
                        new TreeMap<>(),
                        List.of()));
        return this;
    }

    /// A unit listens on this port.
    public FakeStack port(String name, int number) {
        units.computeIfPresent(
                new UnitName(name),
                (unit, old) -> {
                    var run = old.run().orElseThrow();
                    var ports = new TreeMap<>(run.ports());
                    ports.put("http", number);
                    var more =
                            new Run(
                                    run.work(),
                                    run.workingDir(),
                                    run.env(),
                                    ports,
                                    run.ready(),
                                    run.readyTimeout(),
                                    run.restart(),
                                    run.stop(),
                                    run.dev(),
                                    run.timeout());
                    return new Unit(
                            unit,
                            old.stage(),
                            old.place(),
                            old.waitsFor(),
                            Optional.of(more),
                            old.migrations(),
                            old.requiresSchema(),
                            old.exports(),
                            old.manifests());
                });
        return this;
    }

    public static Work.Command command(String... words) {
        return new Work.Command(List.of(words).stream().map(Marked::plain).toList());
    }

    public Environment build() {
        var parts = new TreeMap<UnitName, Outline.Part>();
        units.forEach((name, unit) ->
                parts.put(
                        name,
                        new Outline.Part(
                                name,
                                unit.stage(),
                                unit.place(),
                                unit.waitsFor(),
                                new TreeMap<>(),
                                Optional.empty())));
        var outline =
                new Outline(
                        DEV,
                        TargetKind.LOCAL,
                        Mode.DEV,
                        false,
                        "shop-dev",
                        "shop.localhost",
                        Path.of("/stack"),
                        Path.of("/stack"),
                        parts,
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeMap<>(),
                        new Outline.Limits(parallelism, timeout, history),
                        List.of());
        return new Environment(outline, units);
    }
}
