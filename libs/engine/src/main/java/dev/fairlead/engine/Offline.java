package dev.fairlead.engine;

import dev.fairlead.deploy.execute.Means;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.object.Scopes;
import dev.fairlead.deploy.render.UnitTree;
import dev.fairlead.deploy.resolve.Assumed;
import dev.fairlead.deploy.workload.Manifests;
import dev.fairlead.deploy.workload.Objects;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.engine.schema.LintedFiles;
import dev.fairlead.engine.schema.MigrationFiles;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Origin;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// What can be said about a stack without asking a target for more than ports and secrets: works for every target.
///
/// @param files reads migrations
record Offline(Rooms rooms, Means means, MigrationFiles files) {
    Checked validate(Request request) {
        Optional<EnvironmentRef> ref = Optional.empty();
        var problems = new Problems();
        int units = 0;
        try {
            var stack = rooms.load(request);
            problems.addAll(stack.check(request.choice()));
            var outline = stack.outline(request.choice());
            ref = Optional.of(outline.ref());
            units = outline.units().size();
            if (!problems.hasErrors()) {
                var environment = stack.evaluate(outline, withoutSecrets(outline));
                checkObjects(environment, problems);
                LintedFiles.check(environment, files, problems);
            }
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
        return new Checked(ref, units, problems.list());
    }

    private static void checkObjects(Environment environment, Problems problems) {
        if (environment.outline().target() == TargetKind.KUBERNETES) {
            var _ = Objects.of(environment, Scopes.OFFLINE, Optional.empty(), problems);
            return;
        }
        for (var unit : environment.units().values()) {
            unit.manifests().forEach(manifest -> Manifests.read(manifest, problems));
        }
    }

    RenderedEnvironment render(Request request, boolean revealSecrets) {
        var stack = rooms.load(request);
        var outline = stack.outline(request.choice());
        var environment = stack.evaluate(outline, resolution(outline));
        Function<Marked, String> show = revealSecrets ? Marked::reveal : Marked::toString;
        var processes = new ArrayList<Map<String, Object>>();
        var manifests = new ArrayList<RenderedEnvironment.Manifest>();
        for (var name : order(environment)) {
            var unit = environment.units().get(name);
            if (unit == null) {
                continue;
            }
            unit.run()
                    .map(run -> UnitTree.of(run, show))
                    .ifPresent(content -> processes.add(process(unit, content)));
            means.kind(unit)
                    .map(kind -> kind.content(environment, unit))
                    .ifPresent(content -> processes.add(process(unit, content)));
            for (var manifest : unit.manifests()) {
                manifests.add(
                        new RenderedEnvironment.Manifest(
                                name.value(), manifest.path(), show.apply(manifest.text())));
            }
        }
        return new RenderedEnvironment(
                outline.ref(),
                outline.target(),
                processes,
                new RenderedObjects(environment, revealSecrets).list(order(environment)),
                manifests,
                outline.notes());
    }

    /// Every value, with made-up secrets.
    Environment environment(Request request) {
        var stack = rooms.load(request);
        var outline = stack.outline(request.choice());
        return stack.evaluate(outline, withoutSecrets(outline));
    }

    private static Map<String, Object> process(Unit unit, Map<String, Object> content) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("unit", unit.name().value());
        tree.put("stage", unit.stage().toString());
        tree.putAll(content);
        return tree;
    }

    List<Origin> origins(Request request, String key) {
        var stack = rooms.load(request);
        var outline = stack.outline(request.choice());
        return stack.origins(outline, resolution(outline), key);
    }

    private Resolution resolution(Outline outline) {
        return outline.target() == TargetKind.LOCAL
                ? rooms.target(outline).resolve(outline)
                : Assumed.of(outline);
    }

    // What is checked does not depend on the value of a secret: one that is not there is stood in
    // for.
    private Resolution withoutSecrets(Outline outline) {
        var known = resolution(outline);
        var secrets = new TreeMap<>(known.secrets());
        outline.secrets()
                .keySet()
                .forEach(name -> secrets.putIfAbsent(name, Marked.secret(name, "stand-in")));
        return new Resolution(known.addresses(), secrets, known.digestKey());
    }

    private static List<UnitName> order(Environment environment) {
        var nodes = new TreeMap<UnitName, Graph.Node>();
        for (Unit unit : environment.units().values()) {
            nodes.put(unit.name(), new Graph.Node(unit.stage(), unit.waitsFor(), Duration.ZERO));
        }
        return Graph.of(nodes).order();
    }
}
