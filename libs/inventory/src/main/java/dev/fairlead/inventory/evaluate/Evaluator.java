package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.cluster.PodDev;
import dev.fairlead.inventory.cluster.Workload;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.Resolution.Address;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.model.SecretModel;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.template.Rendered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Gives every scalar of an environment its value, once ports and secrets are known.
public final class Evaluator {
    private final Prepared prepared;
    private final Scope scope;
    private final Resolution resolution;
    private final Problems problems;
    private final LazyMap units = new LazyMap();
    private final Map<String, @Nullable Object> secrets;
    private final Map<String, @Nullable Object> images;
    private final Map<UnitName, Map<String, @Nullable Object>> own = new HashMap<>();
    private final LazyValues lazy;
    private final Runs runs;
    private final Schemas schemas;

    public Evaluator(Prepared prepared, Resolution resolution, Problems problems) {
        this.prepared = prepared;
        this.scope = prepared.scope();
        this.resolution = resolution;
        this.problems = problems;
        this.secrets = new LinkedHashMap<>(resolution.secrets());
        this.images = scope.images().map(resolution.pins());
        this.lazy = new LazyValues(scope.templates(), scope.computation());
        var text = scope.subject().model().text();
        prepared.units().values().stream()
                .filter(unit -> !unit.isAgent())
                .forEach(unit -> units.put(unit.name().value(), () -> read(unit)));
        var paths = new UnitPaths(text.files(), text.roots().folder());
        this.runs = new Runs(scope, paths, problems);
        this.schemas = new Schemas(prepared, paths, this::readable, problems);
    }

    /// Everything; with errors in `problems` it is only good for finding more.
    public Environment evaluate() {
        missingSecrets();
        shortSecrets();
        var evaluated = new TreeMap<UnitName, Unit>();
        for (var unit : prepared.units().values()) {
            evaluated.put(unit.name(), unit(unit));
        }
        HomeUnit.of(scope).ifPresent(home -> evaluated.put(HomeUnit.NAME, home.unit()));
        WorkspaceUnit.of(scope)
                .ifPresent(unit ->
                        evaluated.put(
                                WorkspaceUnit.NAME,
                                unit.unit(String.valueOf(images.get(PodDev.IMAGE)))));
        schemas.check(evaluated);
        return new Environment(prepared.outline(), evaluated, scope.images().used());
    }

    private Map<?, ?> readable(UnitName unit) {
        return units.get(unit.value()) instanceof Map<?, ?> map ? map : Map.of();
    }

    /// A text as it is shown, for a unit or for the stack.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    String text(Node.Scalar scalar, Optional<UnitModel> unit) {
        Map<String, @Nullable Object> seen =
                unit.map(this::context).orElseGet(() -> scope.context(Map.of()));
        return scope.templates().text(scalar, seen).toString();
    }

    /// A variable as it is shown.
    @Nullable Object variable(List<String> path) {
        Object at = scope.context(Map.of()).get("Vars");
        for (var name : path) {
            at =
                    switch (at) {
                        case Map<?, ?> map -> map.get(name);
                        case List<?> list -> list.get(Integer.parseInt(name));
                        case null, default -> null;
                    };
        }
        return at;
    }

    Optional<Integer> port(UnitModel unit, String name) {
        return Optional.ofNullable(address(unit).ports().get(name));
    }

    /// Whether the target itself gives others this value of a unit.
    boolean provides(String unit, String key) {
        var address = resolution.addresses().get(new UnitName(unit));
        var model = prepared.units().get(new UnitName(unit));
        boolean says =
                model != null
                        && UnitKeys.EXPORTS
                                .map(model.node())
                                .filter(exports -> exports.find(key) != null)
                                .isPresent();
        return address != null && (address.exports().containsKey(key) || !says);
    }

    /// What others read of a unit, as it is shown.
    @Nullable Object readable(String unit, String key) {
        return units.get(unit) instanceof Map<?, ?> map ? map.get(key) : null;
    }

    private void missingSecrets() {
        for (var secret : scope.subject().model().secrets().values()) {
            if (!secret.optional() && !resolution.secrets().containsKey(secret.name())) {
                problems.add(
                        Problem.error(
                                        InventoryCode.SECRET_MISSING,
                                        secret.place(),
                                        "the secret \"" + secret.name() + "\" has no value")
                                .withHint(wherefrom(secret)));
            }
        }
    }

    // Refused rather than printed: nothing could keep it out of what a unit prints.
    private void shortSecrets() {
        for (var secret : scope.subject().model().secrets().values()) {
            var value = resolution.secrets().get(secret.name());
            int length = value == null ? 0 : value.reveal().length();
            if (length > 0 && length < Marked.SHORTEST_SECRET) {
                problems.add(
                        Problem.error(
                                        InventoryCode.SECRET_TOO_SHORT,
                                        secret.place(),
                                        "the secret \"%s\" has fewer than %d characters"
                                                .formatted(secret.name(), Marked.SHORTEST_SECRET))
                                .withHint(InventoryCode.SECRET_TOO_SHORT.remedy()));
            }
        }
    }

    private static String wherefrom(SecretModel secret) {
        return switch (secret.from()) {
            case SecretModel.From.Generate _ -> "it is made by the target";
            case SecretModel.From.Variable(String name) ->
                    "set the variable " + name + ", in the environment or in an env file";
            case SecretModel.From.File(Node.Scalar path) ->
                    "write it into the file " + path.printed();
        };
    }

    private Address address(UnitModel unit) {
        var known = resolution.addresses().get(unit.name());
        return known == null ? new Address("127.0.0.1", new TreeMap<>(), new TreeMap<>()) : known;
    }

    /// What other units read of a unit.
    private Map<String, @Nullable Object> read(UnitModel unit) {
        var address = address(unit);
        var map = new LazyMap();
        map.value("host", address.host());
        map.value("ports", ports(address));
        url(address).ifPresent(url -> map.value("url", url));
        UnitKeys.EXPORTS
                .map(unit.node())
                .ifPresent(exports ->
                        exports.entries()
                                .forEach((key, entry) -> {
                                    if (entry.value() instanceof Node.Scalar scalar) {
                                        map.put(key, () -> export(unit, key, scalar));
                                    }
                                }));
        address.exports().forEach((key, value) -> map.value(key, LazyValues.plain(value)));
        return map;
    }

    private @Nullable Object export(UnitModel unit, String key, Node.Scalar scalar) {
        return scope.computation()
                .of(
                        "units." + unit.name() + "." + key,
                        scalar.place(),
                        () -> lazy.string(scalar, context(unit)));
    }

    private static Map<String, @Nullable Object> ports(Address address) {
        var ports = new LinkedHashMap<String, @Nullable Object>();
        address.ports().forEach((name, number) -> ports.put(name, (long) number));
        return ports;
    }

    /// Over the port `http`, or the only one.
    private static Optional<String> url(Address address) {
        var ports = address.ports();
        var number = ports.size() == 1 ? ports.firstEntry().getValue() : ports.get("http");
        return Optional.ofNullable(number).map(port -> "http://" + address.host() + ":" + port);
    }

    /// What the templates of a unit see.
    private Map<String, @Nullable Object> context(UnitModel unit) {
        var more = new LinkedHashMap<String, @Nullable Object>();
        more.put(
                "Unit",
                own.computeIfAbsent(
                        unit.name(),
                        _ ->
                                new OwnUnit(
                                                scope,
                                                unit,
                                                address(unit).ports(),
                                                () -> context(unit),
                                                new OwnUnit.Readers(schemas, runs))
                                        .map()));
        more.put("Ports", ports(address(unit)));
        if (unit.isAgent()) {
            more.put(Scope.TASK, Work.Agent.TASK);
        }
        more.put("Units", units);
        more.put("Secrets", secrets);
        more.put("Images", images);
        return scope.context(more);
    }

    private Unit unit(UnitModel unit) {
        var outline = prepared.outline();
        var part = outline.units().get(unit.name());
        var context = context(unit);
        var values = new Scalars(scope.templates(), context, problems);
        Optional<Run> run =
                outline.target() == TargetKind.LOCAL && unit.running().isPresent()
                        ? Optional.of(runs.of(unit, values, address(unit).ports()))
                        : Optional.empty();
        return new Unit(
                unit.name(),
                unit.stage(),
                unit.place(),
                part == null ? new java.util.TreeSet<>() : part.waitsFor(),
                run,
                schemas.of(unit),
                required(unit),
                exports(unit),
                manifests(unit, context),
                workload(unit, values));
    }

    private Optional<Workload> workload(UnitModel unit, Scalars values) {
        if (prepared.outline().target() != TargetKind.KUBERNETES
                || (unit.stage() == Stage.MIGRATIONS && !isMade(unit))) {
            return Optional.empty();
        }
        var workload =
                Workloads.of(
                                unit,
                                prepared.outline().limits().readinessTimeout(),
                                new Flows(prepared.units(), problems),
                                values,
                                scope.subject().workspace())
                        .awaiting(awaited(unit));
        return Optional.of(podDev(unit, values).map(workload::in).orElse(workload));
    }

    private Optional<PodDev> podDev(UnitModel unit, Scalars values) {
        return PodDevs.apply(scope.subject(), unit)
                ? Optional.of(
                        new PodDev(
                                String.valueOf(images.get(PodDev.IMAGE)),
                                runs.of(unit, values, address(unit).ports())))
                : Optional.empty();
    }

    /// The schemas that its pods wait for: those that a Job makes.
    private List<Workload.Schema> awaited(UnitModel unit) {
        var awaited = new ArrayList<Workload.Schema>();
        for (var name : required(unit)) {
            var schema = Objects.requireNonNull(prepared.units().get(name));
            UnitKeys.IMAGE
                    .text(schema.node())
                    .map(images::get)
                    .ifPresent(image ->
                            awaited.add(
                                    new Workload.Schema(
                                            name.value(),
                                            String.valueOf(image),
                                            Migrator.await(name))));
        }
        return awaited;
    }

    /// Of those that are there.
    private SortedSet<UnitName> required(UnitModel unit) {
        var required = new TreeSet<UnitName>();
        unit.requiresSchema().stream()
                .map(Node.Scalar::printed)
                .filter(UnitName::isValid)
                .map(UnitName::new)
                .filter(name -> prepared.units().containsKey(name))
                .forEach(required::add);
        return required;
    }

    private SortedMap<String, Marked> exports(UnitModel unit) {
        var exports = new TreeMap<String, Marked>();
        if (units.get(unit.name().value()) instanceof Map<?, ?> read) {
            for (var key : read.keySet()) {
                var name = String.valueOf(key);
                if (name.equals("ports") || name.equals("host")) {
                    continue;
                }
                try {
                    exports.put(
                            name,
                            read.get(key) instanceof Marked marked
                                    ? marked
                                    : Marked.plain(String.valueOf(read.get(key))));
                } catch (ProblemException e) {
                    problems.addAll(e.problems());
                }
            }
        }
        return exports;
    }

    private List<Unit.Manifest> manifests(UnitModel unit, Map<String, ?> context) {
        var rendered = new ArrayList<Unit.Manifest>();
        for (var path : unit.manifests()) {
            scope.templates()
                    .manifest(path.printed())
                    .ifPresent(file -> rendered.addAll(manifest(path.printed(), file, context)));
        }
        if (isMade(unit)) {
            var partial = Builtin.of(unit);
            rendered.addAll(manifest(partial, scope.templates().made(partial), context));
        }
        return rendered;
    }

    /// Whether its objects are made of `image`, `run` and the rest.
    private boolean isMade(UnitModel unit) {
        return prepared.outline().target() == TargetKind.KUBERNETES
                && unit.manifests().isEmpty()
                && UnitKeys.IMAGE.node(unit.node()).isPresent();
    }

    private List<Unit.Manifest> manifest(
            String path, Templates.ManifestFile file, Map<String, ?> context) {
        try {
            var result = scope.templates().render(file, context);
            return List.of(
                    new Unit.Manifest(
                            path,
                            result.map(Rendered::text)
                                    .orElseGet(() -> Marked.plain(file.source().text())),
                            result.map(Rendered::lines)));
        } catch (ProblemException e) {
            return unrendered(path, e);
        }
    }

    /// What only a later part brings stops nothing where it has no effect, or was refused already: on local, and for images
    /// that are built. It is shown as a remark.
    private List<Unit.Manifest> unrendered(String path, ProblemException e) {
        boolean due =
                e.problems().stream().allMatch(problem -> problem.code() == InventoryCode.NOT_YET);
        boolean stops =
                prepared.outline().target() == TargetKind.KUBERNETES && !path.equals(Builtin.NAME);
        if (!due || stops) {
            problems.addAll(e.problems());
            return List.of();
        }
        return List.of(
                new Unit.Manifest(
                        path,
                        Marked.plain("# left out: " + e.problems().getFirst().what() + "\n")));
    }
}
