package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.inventory.Choice;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.environment.Mode;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Outline.Part;
import dev.fairlead.inventory.environment.Outline.PortWish;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.Resolution.Address;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.model.EnvironmentModel;
import dev.fairlead.inventory.model.StackModel;
import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Evaluates all environments with made-up ports and secrets, to find what is wrong with them without a target.
public final class StandIn {
    private static final int FIRST_PORT = 20_000;
    private static final int POSTGRES_PORT = 5_432;
    private static final String HOST = "127.0.0.1";
    private static final List<String> OF_POSTGRES =
            List.of("url", "jdbcUrl", "host", "port", "user", "password", "database");

    private final StackModel model;
    private final Templates templates;
    private final Problems problems;

    public StandIn(StackModel model, Templates templates, Problems problems) {
        this.model = model;
        this.templates = templates;
        this.problems = problems;
    }

    /// Reports what is wrong with any environment, and what is not due in the chosen one.
    public void check(Choice choice) {
        var chosen =
                choice.environment()
                        .or(() -> model.defaultEnvironment().map(EnvironmentModel::name));
        for (var environment : model.environments().values()) {
            boolean isChosen = chosen.filter(environment.name()::equals).isPresent();
            if (isChosen) {
                attempt(choice, false);
            }
            if (environment.target().isPresent()) {
                attempt(
                        isChosen
                                ? choice
                                : new Choice(
                                        Optional.of(environment.name()),
                                        0,
                                        Optional.empty(),
                                        new TreeMap<>()),
                        true);
                mode(environment);
            }
        }
        if (chosen.isEmpty() || !model.environments().keySet().contains(chosen.get())) {
            attempt(choice, false);
        }
    }

    private void attempt(Choice choice, boolean forChecks) {
        var found = new Problems();
        try {
            var prepared = new Outliner(model, templates, found, forChecks).outline(choice);
            if (forChecks) {
                prepared.scope().forceVars(found);
                prepared.scope().images().check(found);
                new Evaluator(prepared, resolution(prepared.outline()), found).evaluate();
            }
        } catch (ProblemException e) {
            found.addAll(e.problems());
        }
        problems.addAll(found.list());
    }

    private Resolution resolution(Outline outline) {
        var addresses = new TreeMap<UnitName, Address>();
        int[] next = {FIRST_PORT};
        for (var part : outline.units().values()) {
            addresses.put(part.name(), address(part, next));
        }
        var secrets = new TreeMap<String, Marked>();
        outline.secrets()
                .keySet()
                .forEach(name -> secrets.put(name, Marked.secret(name, "stand-in")));
        return new Resolution(addresses, secrets, Optional.empty());
    }

    private static Address address(Part part, int[] next) {
        var ports = new TreeMap<String, Integer>();
        part.ports()
                .forEach((name, wish) ->
                        ports.put(
                                name,
                                wish instanceof PortWish.Fixed(int number) ? number : next[0]++));
        int port = ports.values().stream().findFirst().orElse(POSTGRES_PORT);
        return new Address(HOST, ports, exports(part, port));
    }

    /// What the builtin PostgreSQL provides; most of it also for each database by its name.
    private static SortedMap<String, Marked> exports(Part part, int port) {
        var exports = new TreeMap<String, Marked>();
        part.builtin()
                .ifPresent(postgres -> {
                    var first = postgres.databases().getFirst();
                    OF_POSTGRES.forEach(key -> exports.put(key, made(part, port, key, first)));
                    for (var database : postgres.databases()) {
                        OF_POSTGRES.forEach(key ->
                                exports.put(key + "_" + database, made(part, port, key, database)));
                    }
                });
        return exports;
    }

    /// They differ between databases, as real ones do: by them it is known who is given which.
    private static Marked made(Part part, int port, String key, String database) {
        var name = part.name() + "-" + database;
        var url = "postgresql://" + HOST + ":" + port + "/" + name;
        return Marked.plain(
                switch (key) {
                    case "url" -> url;
                    case "jdbcUrl" -> "jdbc:" + url;
                    case "host" -> HOST;
                    case "port" -> String.valueOf(port);
                    case "database", "user" -> name;
                    default -> "stand-in";
                });
    }

    /// An environment without hot reload must be meant.
    private void mode(EnvironmentModel environment) {
        if (environment.saysMode()
                || environment.guarded()
                || environment.mode() == Mode.DEV
                || environment.target().orElse(TargetKind.LOCAL) != TargetKind.LOCAL
                || model.units().values().stream().noneMatch(unit -> unit.dev().isPresent())) {
            return;
        }
        problems.add(
                Problem.error(
                                InventoryCode.MODE_NOT_SAID,
                                environment.place(),
                                "the environment \"%s\" runs in mode prod, although units have a dev block"
                                        .formatted(environment.name()))
                        .asWarning()
                        .withHint("say mode: dev, or mode: prod if that is meant"));
    }
}
