package dev.fairlead.deploy.render;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.graph.GraphTree;
import dev.fairlead.deploy.kind.UnitKind;
import dev.fairlead.deploy.target.Session.Wanted;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.document.Digest;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution.DigestKey;
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

    /// @param input the same environment without what its target's state has chosen: what the hash of the input is made of
    /// @param units the units to render; their edges to others are dropped
    /// @param key the environment's key for fingerprints; absent before its first execution
    public Desired render(
            Environment environment,
            Environment input,
            Collection<UnitName> units,
            Optional<DigestKey> key) {
        var wanted = new TreeMap<UnitName, Wanted>();
        var hashes = new TreeMap<String, Object>();
        var nodes = new TreeMap<UnitName, Graph.Node>();
        for (var name : units) {
            var unit = environment.units().get(name);
            if (unit == null) {
                continue;
            }
            var kind = kinds.stream().filter(one -> one.covers(unit)).findFirst();
            if (kind.isPresent()) {
                var content = kind.get().content(environment, unit);
                var hash = Digest.ofTree(content);
                hashes.put(name.value(), hash);
                wanted.put(name, new Wanted(hash, content));
                nodes.put(name, node(unit, kind.get().timeout(unit)));
                continue;
            }
            if (unit.run().isEmpty()) {
                continue;
            }
            var run = unit.run().get();
            var content = content(environment, unit, run);
            hashes.put(name.value(), Digest.ofTree(input(input, name, content)));
            var secrets = fingerprints(run, key);
            if (!secrets.isEmpty()) {
                content.put("secrets", secrets);
            }
            wanted.put(name, new Wanted(Digest.ofTree(content), content));
            nodes.put(name, node(unit, run.readyTimeout()));
        }
        var graph = Graph.of(nodes);
        var outline = environment.outline();
        return new Desired(
                outline.ref(), outline.target(), wanted, graph, whole(outline, hashes, graph));
    }

    private static Graph.Node node(Unit unit, Duration timeout) {
        return new Graph.Node(unit.stage(), unit.waitsFor(), timeout);
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
