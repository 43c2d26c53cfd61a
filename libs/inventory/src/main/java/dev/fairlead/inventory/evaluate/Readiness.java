package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.keys.RunKeys;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Work;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// How it is known that a unit is ready: what it declares, or what goes without saying for its work.
final class Readiness {
    private static final String HTTP = "http";

    private final Scalars values;
    private final SortedMap<String, Integer> ports;
    private final Problems problems;

    Readiness(Scalars values, SortedMap<String, Integer> ports, Problems problems) {
        this.values = values;
        this.ports = ports;
        this.problems = problems;
    }

    Ready of(UnitModel unit, Optional<Node.Mapping> ready, Work work) {
        return ready.flatMap(node -> declared(unit, node)).orElseGet(() -> implied(work));
    }

    private static Ready implied(Work work) {
        return switch (work) {
            case Work.Postgres _, Work.Task _, Work.Agent _ -> new Ready.Done();
            case Work.StaticFiles _ -> new Ready.Http(HTTP, "/", 200);
            case Work.Command _ -> new Ready.Alive();
        };
    }

    private Optional<Ready> declared(UnitModel unit, Node.Mapping ready) {
        return RunKeys.READY_HTTP
                .map(ready)
                .map(node -> http(unit, node))
                .or(() ->
                        RunKeys.READY_TCP
                                .scalar(ready)
                                .map(port ->
                                        new Ready.Tcp(port(unit, Optional.of(port), port.place()))))
                .or(() ->
                        RunKeys.READY_EXEC
                                .node(ready)
                                .map(node ->
                                        new Ready.Exec(
                                                Runs.program(
                                                        node,
                                                        values,
                                                        "the command of ready.exec",
                                                        problems))))
                .or(() -> RunKeys.READY_LOG.scalar(ready).map(this::log));
    }

    private Ready http(UnitModel unit, Node.Mapping node) {
        return new Ready.Http(
                port(unit, RunKeys.HTTP_PORT.scalar(node), node.place()),
                RunKeys.HTTP_PATH.scalar(node).map(this::path).orElse("/"),
                RunKeys.HTTP_STATUS.whole(node));
    }

    /// As it goes into the request: from the slash on, nothing but visible ASCII.
    private String path(Node.Scalar scalar) {
        int before = problems.size();
        var path = values.plain(scalar);
        if (problems.size() == before && !path.matches("/[!-~]*")) {
            problems.add(
                    Problem.error(
                                    InventoryCode.BAD_VALUE,
                                    scalar.place(),
                                    "\"%s\" is not the path of a URL".formatted(path))
                            .withHint(
                                    path.startsWith("/")
                                            ? "write other characters as %XX"
                                            : "it starts with /"));
        }
        return path;
    }

    /// The port that is named, else `http`, else the only one.
    private String port(UnitModel unit, Optional<Node.Scalar> named, Place place) {
        var name =
                named.map(Node.Scalar::printed).orElse(ports.size() == 1 ? ports.firstKey() : HTTP);
        if (!ports.containsKey(name)) {
            var problem =
                    Problem.error(
                            InventoryCode.UNKNOWN_PORT,
                            named.map(Node.Scalar::place).orElse(place),
                            "\"%s\" has no port \"%s\"".formatted(unit.name(), name));
            problems.add(
                    problem.withHint(
                            Nearest.hint(name, ports.keySet())
                                    .orElse(
                                            ports.isEmpty()
                                                    ? "declare it: ports: { " + name + ": auto }"
                                                    : "it has: "
                                                            + String.join(", ", ports.keySet()))));
        }
        return name;
    }

    private Ready log(Node.Scalar regex) {
        var text = regex.printed();
        try {
            Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            problems.add(
                    Problem.error(
                            InventoryCode.BAD_REGEX,
                            regex.place(),
                            "the regular expression \"%s\" is not well formed: %s"
                                    .formatted(text, e.getDescription())));
        }
        return new Ready.Log(text);
    }
}
