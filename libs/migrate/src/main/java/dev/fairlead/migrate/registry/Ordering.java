package dev.fairlead.migrate.registry;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.migrate.model.Dependency;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.MigrationKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/// Finds the order.
final class Ordering {
    /// A migration in the graph.
    private static final class Vertex {
        final int index;
        final Migration migration;
        final List<Edge> needs = new ArrayList<>();
        final List<Vertex> dependants = new ArrayList<>();
        int waitsFor;

        Vertex(int index, Migration migration) {
            this.index = index;
            this.migration = migration;
        }
    }

    /// Something that a vertex needs.
    private static final class Edge {
        final Vertex from;
        final List<Vertex> candidates;
        final Optional<Dependency> dependency;
        int chosen;

        Edge(Vertex from, List<Vertex> candidates, Optional<Dependency> dependency) {
            this.from = from;
            this.candidates = candidates;
            this.dependency = dependency;
        }

        Vertex to() {
            return candidates.get(chosen);
        }

        boolean hasAlternative() {
            return chosen + 1 < candidates.size();
        }
    }

    private final Registry registry;
    private final Problems problems = new Problems();
    private final List<Vertex> vertices = new ArrayList<>();

    Ordering(Registry registry) {
        this.registry = registry;
    }

    /// @throws dev.fairlead.diagnostic.ProblemException with every dependency that is not there, and every circle
    Order order() {
        connect();
        var order = sorted();
        while (order.size() < vertices.size()) {
            breakUp(circle());
            order = sorted();
        }
        problems.throwIfErrors();
        return new Order(
                order.stream().map(vertex -> vertex.migration).toList(),
                vertices.stream()
                        .flatMap(vertex -> vertex.needs.stream())
                        .map(edge ->
                                new Order.Need(
                                        edge.from.migration,
                                        edge.to().migration,
                                        edge.dependency.map(Dependency::place)))
                        .toList());
    }

    private void connect() {
        var byId = new HashMap<String, Vertex>();
        for (var migration : registry.list()) {
            var vertex = new Vertex(vertices.size(), migration);
            vertices.add(vertex);
            byId.put(migration.id(), vertex);
        }
        Vertex former = null;
        for (var vertex : vertices) {
            if (former != null && former.migration.key().equals(vertex.migration.key())) {
                vertex.needs.add(new Edge(vertex, List.of(former), Optional.empty()));
            }
            former = vertex;
        }
        connectNumbers();
        for (var vertex : vertices) {
            for (var dependency : vertex.migration.dependencies()) {
                connect(vertex, dependency, byId);
            }
        }
    }

    /// goose files of one unit run by their numbers, which is not the order of their keys: 10 comes after 9.
    private void connectNumbers() {
        vertices.stream()
                .filter(vertex -> vertex.migration.number().isPresent())
                .collect(Collectors.groupingBy(vertex -> unit(vertex.migration.key())))
                .values()
                .forEach(files -> {
                    files.sort(
                            Comparator.comparingLong(
                                    vertex -> vertex.migration.number().getAsLong()));
                    for (int i = 1; i < files.size(); i++) {
                        files.get(i)
                                .needs
                                .add(
                                        new Edge(
                                                files.get(i),
                                                List.of(files.get(i - 1)),
                                                Optional.empty()));
                    }
                });
    }

    private static String unit(MigrationKey key) {
        return key.text().substring(0, Math.max(0, key.text().lastIndexOf('.')));
    }

    private void connect(Vertex vertex, Dependency dependency, Map<String, Vertex> byId) {
        var candidates = new ArrayList<Vertex>();
        for (var candidate : registry.candidates(dependency)) {
            var found = byId.get(candidate.id());
            if (found != null) {
                candidates.add(found);
            }
        }
        if (candidates.isEmpty()) {
            problems.add(unresolved(vertex.migration, dependency));
        } else {
            vertex.needs.add(new Edge(vertex, candidates, Optional.of(dependency)));
        }
    }

    private Problem unresolved(Migration migration, Dependency dependency) {
        var there = registry.versions(dependency.key());
        return there.isEmpty()
                ? Problem.error(
                                RegistryCode.UNRESOLVED_DEPENDENCY,
                                dependency.place(),
                                "%s depends on %s, which is not there"
                                        .formatted(migration.id(), dependency))
                        .withHint(registry.nearest(dependency.key()))
                : Problem.error(
                                RegistryCode.UNRESOLVED_DEPENDENCY,
                                dependency.place(),
                                "%s depends on %s, which is not there in this version"
                                        .formatted(migration.id(), dependency))
                        .withHint("there is " + there);
    }

    /// Kahn's algorithm; what is part of a circle, or behind one, is left out.
    private List<Vertex> sorted() {
        vertices.forEach(vertex -> {
            vertex.waitsFor = vertex.needs.size();
            vertex.dependants.clear();
        });
        vertices.forEach(vertex -> vertex.needs.forEach(edge -> edge.to().dependants.add(vertex)));
        var next = new PriorityQueue<Vertex>(Comparator.comparingInt(vertex -> vertex.index));
        vertices.stream().filter(vertex -> vertex.waitsFor == 0).forEach(next::add);
        var order = new ArrayList<Vertex>(vertices.size());
        while (!next.isEmpty()) {
            var vertex = next.remove();
            order.add(vertex);
            for (var dependant : vertex.dependants) {
                if (--dependant.waitsFor == 0) {
                    next.add(dependant);
                }
            }
        }
        return order;
    }

    /// One circle: from the first vertex that still waits, always to the first that it waits for.
    private List<Edge> circle() {
        var path = new ArrayList<Edge>();
        var seen = new HashMap<Vertex, Integer>();
        var at = vertices.stream().filter(vertex -> vertex.waitsFor > 0).findFirst().orElseThrow();
        while (!seen.containsKey(at)) {
            seen.put(at, path.size());
            var edge =
                    at.needs.stream()
                            .filter(need -> need.to().waitsFor > 0)
                            .findFirst()
                            .orElseThrow();
            path.add(edge);
            at = edge.to();
        }
        return path.subList(seen.get(at), path.size());
    }

    /// Chooses a lower version for one of its dependencies; where none has one, reports the circle and cuts it.
    private void breakUp(List<Edge> circle) {
        for (var edge : circle) {
            if (edge.hasAlternative()) {
                edge.chosen++;
                return;
            }
        }
        var path =
                circle.stream().map(edge -> edge.from.migration.id()).collect(Collectors.toList());
        path.add(path.getFirst());
        var cut =
                circle.stream()
                        .filter(edge -> edge.dependency.isPresent())
                        .findFirst()
                        .orElseThrow();
        problems.add(
                Problem.error(
                                RegistryCode.DEPENDENCY_CYCLE,
                                cut.dependency.orElseThrow().place(),
                                "migrations depend on each other in a circle: "
                                        + String.join(" -> ", path))
                        .withTrace(circle.stream().map(Ordering::step).toList()));
        cut.from.needs.remove(cut);
    }

    private static Problem.Step step(Edge edge) {
        var id = edge.from.migration.id();
        return new Problem.Step(
                edge.dependency.map(Dependency::place).orElse(edge.from.migration.place()),
                edge.dependency
                        .map(dependency -> id + " depends on " + dependency)
                        .orElse(id + " comes after " + edge.to().migration.id()));
    }
}
