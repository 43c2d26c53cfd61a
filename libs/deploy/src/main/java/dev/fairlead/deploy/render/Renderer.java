package dev.fairlead.deploy.render;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.graph.GraphTree;
import dev.fairlead.deploy.kind.UnitKind;
import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.Scopes;
import dev.fairlead.deploy.target.Session.Wanted;
import dev.fairlead.deploy.workload.Objects;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.Digest;
import dev.fairlead.inventory.cluster.Workload;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution.DigestKey;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes the {@link Desired} of an environment.
public final class Renderer {
    /// What stands for the fingerprint of a secret while the environment has no key for fingerprints.
    public static final String NEW = "new";

    private final InputFiles inputs;
    private final List<UnitKind> kinds;

    /// @param kinds the kinds of units that no target runs
    public Renderer(InputFiles inputs, List<UnitKind> kinds) {
        this.inputs = inputs;
        this.kinds = List.copyOf(kinds);
    }

    /// With an environment whose ports and secrets count as its input.
    public Desired render(
            Environment environment, Collection<UnitName> units, Optional<DigestKey> key) {
        return render(environment, environment, units, key);
    }

    /// Without a cluster at hand.
    public Desired render(
            Environment environment,
            Environment input,
            Collection<UnitName> units,
            Optional<DigestKey> key) {
        return render(environment, input, units, key, Scopes.OFFLINE);
    }

    /// The same desired state with the fingerprints that a key gives.
    public Desired keyed(Environment environment, Desired desired, DigestKey key) {
        if (environment.outline().target() != TargetKind.KUBERNETES) {
            return render(environment, desired.units().keySet(), Optional.of(key));
        }
        var units = new TreeMap<>(desired.units());
        units.replaceAll(
                (name, wanted) -> wanted.objects().isEmpty() ? wanted : keyed(wanted, key));
        return new Desired(
                desired.ref(), desired.target(), units, desired.graph(), desired.inputHash());
    }

    private static Wanted keyed(Wanted wanted, DigestKey key) {
        var objects = ObjectContent.of(Objects.keyed(wanted.objects(), key));
        var content = new LinkedHashMap<>(objects.content());
        wanted.content().forEach(content::putIfAbsent); // what a kind of its own knows of it
        return new Wanted(Digest.ofTree(content), content, objects.objects());
    }

    /// @param input the same environment without what its target's state has chosen: what the hash of the input is made of
    /// @param units the units to render; their edges to others are dropped
    /// @param key the environment's key for fingerprints; absent before its first execution
    /// @param scopes which kinds of objects live in a namespace
    /// @throws dev.fairlead.diagnostic.ProblemException when objects are wrong
    public Desired render(
            Environment environment,
            Environment input,
            Collection<UnitName> units,
            Optional<DigestKey> key,
            Scopes scopes) {
        var objects = objects(environment, key, scopes);
        var wanted = new TreeMap<UnitName, Wanted>();
        var hashes = new TreeMap<String, Object>();
        var nodes = new TreeMap<UnitName, Graph.Node>();
        for (var name : units) {
            var unit = environment.units().get(name);
            if (unit == null) {
                continue;
            }
            unit.workload()
                    .map(workload -> ofObjects(unit, workload, objects))
                    .map(part -> withMigrations(environment, unit, part))
                    .or(() -> ofKind(environment, unit))
                    .or(() -> unit.run().map(run -> ofProcess(environment, input, unit, run, key)))
                    .ifPresent(part -> {
                        wanted.put(name, part.wanted());
                        hashes.put(name.value(), part.input());
                        nodes.put(
                                name,
                                new Graph.Node(unit.stage(), unit.waitsFor(), part.timeout()));
                    });
        }
        var graph = Graph.of(nodes);
        var outline = environment.outline();
        return new Desired(
                outline.ref(), outline.target(), wanted, graph, whole(outline, hashes, graph));
    }

    private static SortedMap<UnitName, List<DesiredObject>> objects(
            Environment environment, Optional<DigestKey> key, Scopes scopes) {
        if (environment.outline().target() != TargetKind.KUBERNETES) {
            return new TreeMap<>();
        }
        var problems = new Problems();
        var objects = Objects.of(environment, scopes, key, problems);
        problems.throwIfErrors();
        return objects;
    }

    /// One unit.
    ///
    /// @param input the hash of what of it is no choice of the target
    private record Part(Wanted wanted, String input, Duration timeout) {}

    private static Part ofObjects(
            Unit unit, Workload workload, SortedMap<UnitName, List<DesiredObject>> objects) {
        var own = objects.getOrDefault(unit.name(), List.of());
        return new Part(
                ObjectContent.of(own),
                Digest.ofTree(ObjectContent.input(own)),
                workload.readyTimeout());
    }

    /// The objects of a unit of a kind of its own, with what the kind needs to know of them later.
    private Part withMigrations(Environment environment, Unit unit, Part part) {
        var own = ofKind(environment, unit);
        if (own.isEmpty()) {
            return part;
        }
        var content = new LinkedHashMap<>(part.wanted().content());
        own.get().wanted().content().forEach(content::putIfAbsent);
        var wanted = new Wanted(Digest.ofTree(content), content, part.wanted().objects());
        var input = Digest.ofTree(List.of(part.input(), own.get().input()));
        return new Part(wanted, input, own.get().timeout());
    }

    private Optional<Part> ofKind(Environment environment, Unit unit) {
        return kinds.stream()
                .filter(one -> one.covers(unit))
                .findFirst()
                .map(kind -> {
                    var content = kind.content(environment, unit);
                    var hash = Digest.ofTree(content);
                    return new Part(new Wanted(hash, content), hash, kind.timeout(unit));
                });
    }

    private Part ofProcess(
            Environment environment,
            Environment input,
            Unit unit,
            Run run,
            Optional<DigestKey> key) {
        var content = content(environment, unit, run);
        var hash = Digest.ofTree(input(input, unit.name(), content));
        var secrets = fingerprints(run, key);
        if (!secrets.isEmpty()) {
            content.put("secrets", secrets);
        }
        return new Part(new Wanted(Digest.ofTree(content), content), hash, run.readyTimeout());
    }

    static String whole(Outline outline, SortedMap<String, Object> hashes, Graph graph) {
        var whole = new TreeMap<String, Object>();
        whole.put("environment", outline.ref().toString());
        whole.put("target", outline.target().toString());
        whole.put("units", hashes);
        whole.put("graph", GraphTree.of(graph));
        return Digest.ofTree(whole);
    }

    /// The content of the unit's input; the files that it reads are in the other content already.
    private static Map<String, Object> input(
            Environment input, UnitName name, Map<String, Object> content) {
        var unit = input.units().get(name);
        if (unit == null || unit.run().isEmpty()) {
            return content;
        }
        var tree = UnitTree.of(unit.run().get(), Marked::toString);
        var files = content.get("inputs");
        if (files != null) {
            tree.put("inputs", files);
        }
        return tree;
    }

    private Map<String, Object> content(Environment environment, Unit unit, Run run) {
        var content = UnitTree.of(run, Marked::toString);
        if (run.work() instanceof Work.Task task && !task.inputs().isEmpty()) {
            var folder = environment.outline().root().resolve(run.workingDir()).normalize();
            content.put("inputs", inputs.digest(unit, folder, task.inputs()));
        }
        return content;
    }

    // Per secret one fingerprint of all its parts in this unit, in the order of the tree: it says
    // only whether any changed.
    static Map<String, Object> fingerprints(Run run, Optional<DigestKey> key) {
        var texts = new TreeMap<String, StringBuilder>();
        for (var value : UnitTree.values(run)) {
            for (var span : value.spans()) {
                texts.computeIfAbsent(span.name(), _ -> new StringBuilder())
                        .append(value.reveal(), span.start(), span.end())
                        .append('\0');
            }
        }
        var fingerprints = new LinkedHashMap<String, Object>();
        texts.forEach((name, text) ->
                fingerprints.put(
                        name,
                        key.map(k -> Digest.ofSecret(k.bytes(), text.toString())).orElse(NEW)));
        return fingerprints;
    }
}
