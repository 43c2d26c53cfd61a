package dev.fairlead.deploy.render;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.target.Session.Wanted;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.Digest;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Outline.PortWish;
import dev.fairlead.inventory.environment.Outline.SecretSource;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes of contents that were kept what a plan needs: an environment with its secrets, and the desired state.
///
/// @param today the outline of the stack as it is: folders, limits, and where secrets come from
public record Recorded(Revision revision, Outline today) {
    /// The length of a secret of which nothing but the name is known; what is kept has its own.
    private static final int ANY_LENGTH = 24;

    /// What a target resolves for these contents: every port is the recorded one.
    public Outline outline() {
        var parts = new TreeMap<UnitName, Outline.Part>();
        revision.units().forEach((name, content) -> parts.put(name, part(name, content)));
        var secrets = new TreeMap<>(today.secrets());
        var units = revision.units();
        units.values()
                .forEach(content ->
                        secretsOf(content).stream()
                                .filter(name -> !isUnit(name))
                                .forEach(name ->
                                        secrets.putIfAbsent(
                                                name, new SecretSource.Generated(ANY_LENGTH))));
        return new Outline(
                today.ref(),
                today.target(),
                today.mode(),
                today.guarded(),
                today.namespace(),
                today.domain(),
                today.root(),
                today.home(),
                parts,
                new TreeSet<>(),
                new TreeSet<>(),
                secrets,
                today.limits(),
                List.of(),
                today.cluster());
    }

    /// A unit's own password goes by the unit's name.
    private boolean isUnit(String secret) {
        return UnitName.isValid(secret) && revision.units().containsKey(new UnitName(secret));
    }

    private Outline.Part part(UnitName name, Map<String, Object> content) {
        var node =
                Objects.requireNonNull(revision.graph().nodes().get(name), "a unit of the graph");
        boolean postgres = "postgres".equals(content.get("kind"));
        var wishes = new TreeMap<String, PortWish>();
        if (!postgres && content.get("ports") instanceof Map<?, ?> ports) {
            ports.forEach((port, number) ->
                    wishes.put(
                            String.valueOf(port),
                            new PortWish.Fixed(((Number) number).intValue())));
        }
        return new Outline.Part(
                name,
                node.stage(),
                place(name),
                node.waitsFor(),
                wishes,
                postgres ? Optional.of((Work.Postgres) run(content).work()) : Optional.empty());
    }

    private Place place(UnitName unit) {
        return Optional.ofNullable(today.units().get(unit))
                .map(Outline.Part::place)
                .orElseGet(() -> new Source("revision " + revision.number(), "").at(1, 1));
    }

    private static Run run(Map<String, Object> content) {
        return RecordedRun.of(content, Duration.ZERO, (_, text) -> Marked.plain(text));
    }

    private static Collection<String> secretsOf(Map<String, Object> content) {
        var names = new TreeSet<String>();
        if (content.get("secrets") instanceof Map<?, ?> secrets) {
            secrets.keySet().forEach(name -> names.add(String.valueOf(name)));
        }
        return names;
    }

    /// The unit as it was, where a target runs it.
    ///
    /// @param resolution for {@link #outline}
    /// @param now the unit as the stack declares it today: a text that it still has keeps its secrets as they are
    /// @param problems takes what stands against it
    public Optional<Unit> unit(
            UnitName name, Resolution resolution, Optional<Unit> now, Problems problems) {
        var content = Objects.requireNonNull(revision.units().get(name));
        var node = Objects.requireNonNull(revision.graph().nodes().get(name));
        if (RecordedObjects.is(content)) {
            return Optional.of(unit(name, node, Optional.empty()));
        }
        var texts = new Placeholders(revision, name, now, today.secrets().keySet(), resolution);
        var run = RecordedRun.of(content, node.timeout(), texts::reveal);
        texts.check(run, problems);
        ports(name, content, resolution, problems);
        return Optional.of(unit(name, node, Optional.of(run)));
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private Unit unit(UnitName name, Graph.Node node, Optional<Run> run) {
        return new Unit(
                name,
                node.stage(),
                place(name),
                node.waitsFor(),
                run,
                Optional.empty(),
                migrations(node),
                new TreeMap<>(),
                List.of());
    }

    /// The objects of each unit that consists of such, as they were.
    ///
    /// @param now those of the stack today: where secrets come from
    /// @param problems takes what cannot be made again
    public SortedMap<UnitName, List<DesiredObject>> objects(
            Map<UnitName, List<DesiredObject>> now, Resolution resolution, Problems problems) {
        var objects = new TreeMap<UnitName, List<DesiredObject>>();
        revision.units()
                .forEach((name, content) -> {
                    if (!RecordedObjects.is(content)) {
                        return;
                    }
                    var recorded = new RecordedObjects(name, "revision " + revision.number());
                    var own = recorded.of(content, now.getOrDefault(name, List.of()));
                    recorded.missing()
                            .forEach(at ->
                                    problems.add(
                                            Problem.error(
                                                            DeployCode.REVISION_INCOMPLETE,
                                                            "%s of revision %d cannot be made again: nothing of today has the secret at %s"
                                                                    .formatted(
                                                                            name,
                                                                            revision.number(),
                                                                            at))
                                                    .withHint(
                                                            DeployCode.REVISION_INCOMPLETE
                                                                    .remedy())));
                    objects.put(
                            name,
                            resolution
                                    .digestKey()
                                    .map(key ->
                                            dev.fairlead.deploy.workload.Objects.keyed(own, key))
                                    .orElse(own));
                });
        return objects;
    }

    /// Whoever waited for migrations may need what they made.
    private TreeSet<UnitName> migrations(Graph.Node node) {
        var needed = new TreeSet<>(node.waitsFor());
        needed.removeIf(
                unit -> !revision.units().getOrDefault(unit, Map.of()).containsKey("migrations"));
        return needed;
    }

    private void ports(
            UnitName name, Map<String, Object> content, Resolution resolution, Problems problems) {
        var address = resolution.addresses().get(name);
        if (address == null || !(content.get("ports") instanceof Map<?, ?> ports)) {
            return;
        }
        ports.forEach((port, number) -> {
            var now = address.ports().get(String.valueOf(port));
            if (now != null && now != ((Number) number).intValue()) {
                problems.add(
                        Problem.error(
                                        DeployCode.REVISION_INCOMPLETE,
                                        "port %s of %s was %s in revision %d, and is %s now: its units were given the old number"
                                                .formatted(
                                                        port, name, number, revision.number(), now))
                                .withHint("go on with `fairlead up`"));
            }
        });
    }

    /// The desired state: the contents as they are, with fingerprints of today's secrets.
    ///
    /// @param selected the units that are looked at
    /// @param objects of those that consist of such
    public Desired desired(
            Environment environment,
            Collection<UnitName> selected,
            Resolution resolution,
            Map<UnitName, List<DesiredObject>> objects) {
        var wanted = new TreeMap<UnitName, Wanted>();
        var hashes = new TreeMap<String, Object>();
        for (var name : selected) {
            var content = new LinkedHashMap<>(Objects.requireNonNull(revision.units().get(name)));
            content.remove("secrets");
            var own = objects.get(name);
            if (own != null) {
                wanted.put(name, new Wanted(Digest.ofTree(content), content, own));
                var input = new LinkedHashMap<>(content);
                input.remove("hashes");
                hashes.put(name.value(), Digest.ofTree(input));
                continue;
            }
            hashes.put(name.value(), Digest.ofTree(content));
            Optional.ofNullable(environment.units().get(name))
                    .flatMap(Unit::run)
                    .map(run -> Renderer.fingerprints(run, resolution.digestKey()))
                    .filter(secrets -> !secrets.isEmpty())
                    .ifPresent(secrets -> content.put("secrets", secrets));
            wanted.put(name, new Wanted(Digest.ofTree(content), content));
        }
        SortedMap<UnitName, Graph.Node> nodes = new TreeMap<>();
        selected.forEach(name ->
                nodes.put(name, Objects.requireNonNull(revision.graph().nodes().get(name))));
        var graph = Graph.of(nodes);
        var outline = environment.outline();
        return new Desired(
                outline.ref(),
                outline.target(),
                wanted,
                graph,
                Renderer.whole(outline, hashes, graph));
    }
}
