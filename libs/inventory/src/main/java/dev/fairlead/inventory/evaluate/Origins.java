package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.DocumentCode;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Shape;
import dev.fairlead.inventory.environment.Origin;
import dev.fairlead.inventory.environment.Origin.Over;
import dev.fairlead.inventory.environment.Origin.Written;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells where values come from: which file and layer, what they stand in for, and what their templates read.
public final class Origins {
    private static final int DEEPEST = 6;
    private static final Pattern READ =
            Pattern.compile(
                    "(?<![\\w)])[$]?\\.(Vars|Versions|Secrets|Units|Ports|Registry|Namespace|Domain)((?:\\.[A-Za-z_][A-Za-z0-9_]*)*)");

    private final Scope.Subject subject;
    private final Prepared prepared;
    private final Evaluator evaluator;

    /// @param evaluator one that has evaluated the environment
    public Origins(Prepared prepared, Evaluator evaluator) {
        this.subject = prepared.scope().subject();
        this.prepared = prepared;
        this.evaluator = evaluator;
    }

    /// The origin of a key, or of every value below it.
    ///
    /// @param key a unit's name and a path in it (`api.run.env.PORT`), or a path in `spec` (`vars.title`)
    /// @throws ProblemException when there is no such key
    public List<Origin> of(String key) {
        return of(key.replaceFirst("^(infrastructure|migrations|services)\\.", ""), DEEPEST);
    }

    private List<Origin> of(String key, int depth) {
        var root = root(key);
        var path = key.substring(Math.min(key.length(), root.name().length()));
        var at = walk(root, key, path.replaceFirst("^\\.", ""));
        var found = new ArrayList<Origin>();
        collect(root, at, found, depth);
        return found;
    }

    private Layered root(String key) {
        var first = key.split("\\.", 2)[0];
        var unit = UnitName.isValid(first) ? prepared.units().get(new UnitName(first)) : null;
        if (unit != null) {
            return Layered.unit(unit, subject);
        } else if (first.equals("vars")) {
            return Layered.vars(subject);
        }
        var environment = Layered.environment(subject);
        return key.equals(environment.name()) || key.startsWith(environment.name() + ".")
                ? environment
                : Layered.spec(subject);
    }

    /// A place in the tree of a root: the node there, and the names of the maps and lists that lead to it.
    private record At(List<String> path, @Nullable Node node, Optional<Key> missing) {}

    private At walk(Layered root, String key, String rest) {
        var path = new ArrayList<String>();
        Node node = root.node();
        Shape shape = root.shape();
        var left = rest;
        while (!left.isEmpty()) {
            var next = next(node, left);
            var struct = struct(shape);
            if (next.isEmpty()) {
                var name = left.split("\\.", 2)[0];
                var known = struct.map(one -> one.keys().get(name));
                if (known.isPresent() && name.equals(left)) {
                    path.add(name);
                    return new At(path, null, known);
                }
                throw unknown(key, name, node, struct);
            }
            path.add(next.get());
            left = left.substring(Math.min(left.length(), next.get().length() + 1));
            shape = below(shape, next.get());
            node = Objects.requireNonNull(child(node, next.get()));
        }
        return new At(path, node, Optional.empty());
    }

    /// The longest name that the node has: a name may hold dots.
    private static Optional<String> next(Node node, String left) {
        for (int end = left.length(); end > 0; end = left.lastIndexOf('.', end - 1)) {
            var name = left.substring(0, end);
            if (child(node, name) != null) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static @Nullable Node child(@Nullable Node node, String name) {
        return switch (node) {
            case Node.Mapping map -> map.find(name);
            case Node.Sequence list when name.matches("[0-9]{1,6}") ->
                    Integer.parseInt(name) < list.items().size()
                            ? list.items().get(Integer.parseInt(name))
                            : null;
            case null, default -> null;
        };
    }

    private static Optional<Shape.Struct> struct(Shape shape) {
        return shape instanceof Shape.Struct struct ? Optional.of(struct) : Optional.empty();
    }

    private static Shape below(Shape shape, String name) {
        return switch (shape) {
            case Shape.Struct struct when struct.keys().containsKey(name) ->
                    Objects.requireNonNull(struct.keys().get(name)).shape();
            case Shape.MapOf map -> map.value();
            case Shape.ListOf list -> list.item();
            default -> Shape.ANYTHING;
        };
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private ProblemException unknown(
            String key, String name, Node node, Optional<Shape.Struct> struct) {
        var known = new TreeSet<String>();
        struct.ifPresent(one -> known.addAll(one.keys().keySet()));
        if (node instanceof Node.Mapping map) {
            known.addAll(map.entries().keySet());
        }
        if (key.split("\\.", 2)[0].equals(name)) {
            prepared.units().keySet().forEach(unit -> known.add(unit.value()));
        }
        return Problem.error(
                        DocumentCode.UNKNOWN_KEY,
                        "there is no \"%s\" in \"%s\"".formatted(name, key))
                .withHint(
                        Nearest.hint(name, known).orElse("there are: " + String.join(", ", known)))
                .thrown();
    }

    private void collect(Layered root, At at, List<Origin> found, int depth) {
        switch (at.node()) {
            case Node.Mapping map when !map.entries().isEmpty() ->
                    map.entries()
                            .forEach((name, entry) ->
                                    collect(root, below(at, name, entry.value()), found, depth));
            case Node.Sequence list when !list.items().isEmpty() -> {
                for (int i = 0; i < list.items().size(); i++) {
                    collect(root, below(at, "" + i, list.items().get(i)), found, depth);
                }
            }
            case null, default -> found.add(origin(root, at, depth));
        }
    }

    private static At below(At at, String name, Node node) {
        var path = new ArrayList<>(at.path());
        path.add(name);
        return new At(path, node, Optional.empty());
    }

    private Origin origin(Layered root, At at, int depth) {
        var path = String.join(".", at.path());
        var key = root.name().isEmpty() ? path : root.name() + "." + path;
        var node = at.node();
        if (node == null) {
            var says = at.missing().flatMap(one -> one.fallback().or(one::fallbackSays));
            return new Origin(
                    key,
                    says.orElse("nothing"),
                    "the default",
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of());
        }
        var over = new ArrayList<Over>();
        var layer = node.place().file().startsWith("--set") ? "--set" : "the stack";
        for (var one : root.layers()) {
            var said = find(one.node(), at.path());
            if (isSame(said, node)) {
                layer = one.says();
            } else if (said != null) {
                over.add(new Over(one.says(), written(said)));
            }
        }
        return new Origin(
                key,
                value(root, at.path(), node),
                layer,
                Optional.of(written(node)),
                imports(node.place()),
                over,
                depth == 0 ? List.of() : reads(root, node, depth - 1));
    }

    /// Merging keeps the node that wins, so that the layer that it comes from is the one that holds it.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(@Nullable Node one, @Nullable Node other) {
        return one == other;
    }

    private static @Nullable Node find(Node in, List<String> path) {
        Node node = in;
        for (var name : path) {
            node = child(node, name);
        }
        return node;
    }

    private static Written written(Node node) {
        return new Written(
                node.place(), node instanceof Node.Scalar scalar ? scalar.text() : node.kind());
    }

    private String value(Layered root, List<String> path, Node node) {
        if (!(node instanceof Node.Scalar scalar)) {
            return node instanceof Node.Sequence ? "[]" : "{}";
        }
        boolean isPort = path.size() == 3 && path.get(1).equals("ports");
        if (root.unit().isPresent() && isPort) {
            var chosen = evaluator.port(root.unit().get(), path.get(2));
            if (chosen.isPresent()) {
                return chosen.get().toString();
            }
        }
        if (root.name().equals("vars")) {
            return String.valueOf(evaluator.variable(path));
        }
        try {
            return evaluator.text(scalar, root.unit());
        } catch (ProblemException e) {
            return scalar
                    .text(); // of another environment, or one that only its template understands
        }
    }

    private List<Place> imports(Place place) {
        var imports = subject.model().text().imports();
        var chain = new ArrayList<Place>();
        var seen = new LinkedHashSet<String>();
        for (var at = imports.get(place.file());
                at != null && seen.add(at.file());
                at = imports.get(at.file())) {
            chain.add(at);
        }
        return chain;
    }

    private List<Origin> reads(Layered root, Node node, int depth) {
        var reads = new ArrayList<Origin>();
        if (!(node instanceof Node.Scalar scalar) || !scalar.isTemplate()) {
            return reads;
        }
        var seen = new TreeSet<String>();
        var found = READ.matcher(scalar.text());
        while (found.find()) {
            if (seen.add(found.group())) {
                var path = found.group(2).isEmpty() ? "" : found.group(2).substring(1);
                reads.addAll(read(root, found.group(1), path, depth));
            }
        }
        return reads;
    }

    private List<Origin> read(Layered root, String what, String path, int depth) {
        try {
            return switch (what) {
                case "Vars" -> of("vars." + path, depth);
                case "Versions" -> of("versions." + path, depth);
                case "Secrets" -> of("secrets." + path, depth);
                case "Ports" -> of(root.name() + ".run.ports." + path, depth);
                case "Units" -> ofUnit(path, depth);
                default ->
                        of(
                                Layered.environment(subject).name()
                                        + "."
                                        + Map.of(
                                                        "Registry", "registry",
                                                        "Namespace", "namespaceTemplate",
                                                        "Domain", "domainTemplate")
                                                .get(what),
                                depth);
            };
        } catch (ProblemException e) {
            return List.of(); // read in a way that only its template knows
        }
    }

    /// An export that the unit says itself, or what the target provides under that name.
    private List<Origin> ofUnit(String path, int depth) {
        var parts = path.split("\\.", 2);
        if (parts.length < 2) {
            return List.of();
        }
        if (parts[1].startsWith("ports.")) {
            return of(parts[0] + ".run." + parts[1], depth);
        }
        if (!evaluator.provides(parts[0], parts[1])) {
            return of(parts[0] + ".exports." + parts[1], depth);
        }
        return List.of(
                new Origin(
                        "Units." + path,
                        String.valueOf(evaluator.readable(parts[0], parts[1])),
                        "the target",
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of()));
    }
}
