package dev.fairlead.engine;

import dev.fairlead.deploy.execute.Means;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.deploy.kind.Subject;
import dev.fairlead.deploy.render.Recorded;
import dev.fairlead.deploy.render.Revision;
import dev.fairlead.deploy.target.Drift;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.engine.life.DriftReport;
import dev.fairlead.engine.schema.MigrationsKind;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Mode;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.unit.Migrations;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Compares what lives with what was applied last. What the stack says by now is not looked at, but for the address of a
/// database that its target does not know.
///
/// @param today the environment as the stack has it now, where it can be read
record Drifting(Located found, Means means, Supplier<Optional<Environment>> today) {
    DriftReport report(Parts parts) {
        var record =
                new Journal(found.target().store(found.ref()), means.clock(), means.ticker())
                        .read();
        var snapshot = found.target().snapshot(found.ref());
        parts.check(snapshot.units().keySet());
        var drifts = new ArrayList<>(found.target().drift(found.ref()));
        drifts.addAll(schemas(snapshot, record.map(EnvironmentRecord::graph).orElse(Graph.EMPTY)));
        drifts.removeIf(drift -> !parts.shows(drift.unit()));
        drifts.sort(Comparator.comparing(Drift::unit));
        return new DriftReport(
                found.ref(),
                found.target().kind(),
                record.map(EnvironmentRecord::revision).orElse(0L),
                drifts);
    }

    private List<Drift> schemas(Snapshot snapshot, Graph graph) {
        var contents = new TreeMap<UnitName, Map<String, Object>>();
        snapshot.units().forEach((name, applied) -> contents.put(name, applied.content()));
        contents.keySet().retainAll(graph.nodes().keySet());
        boolean none =
                contents.values().stream().noneMatch(content -> content.containsKey("migrations"));
        if (none) {
            return List.of();
        }
        var recorded =
                new Recorded(
                        new Revision(
                                0,
                                Instant.EPOCH,
                                "-",
                                found.ref().toString(),
                                "-",
                                "-",
                                Optional.empty(),
                                graph.within(contents.keySet()),
                                contents,
                                new TreeMap<>()),
                        nothingDeclared());
        var outline = recorded.outline();
        var resolution = found.target().resolve(outline);
        var drifts = new ArrayList<Drift>();
        contents.forEach((name, content) -> {
            if (content.containsKey("migrations")) {
                drifts.addAll(schema(outline, name, content, resolution));
            }
        });
        return drifts;
    }

    private List<Drift> schema(
            Outline outline, UnitName name, Map<String, Object> content, Resolution resolution) {
        var url = RecordedUrl.of(content, resolution).or(() -> url(name, content));
        var part = outline.units().get(name);
        if (part == null) {
            return List.of();
        }
        if (url.isEmpty()) {
            return List.of(unreachable(name, content));
        }
        var migrations =
                new Migrations(
                        new UnitName(String.valueOf(content.get("owner"))),
                        new UnitName(String.valueOf(content.get("unit"))),
                        String.valueOf(content.get("database")),
                        String.valueOf(content.get("source")),
                        url.get(),
                        Duration.ZERO);
        var unit =
                new Unit(
                        name,
                        part.stage(),
                        part.place(),
                        part.waitsFor(),
                        Optional.empty(),
                        Optional.of(migrations),
                        new TreeSet<>(),
                        new TreeMap<>(),
                        List.of());
        var subject =
                new Subject(
                        new Environment(outline, new TreeMap<>(Map.of(name, unit))),
                        unit,
                        (to, at) -> found.target().dial(found.ref(), to, at));
        return MigrationsKind.drift(subject, content);
    }

    private static Drift unreachable(UnitName name, Map<String, Object> content) {
        return new Drift(
                name,
                "database",
                Optional.empty(),
                Optional.empty(),
                "its schema is not looked at: nothing says how the database \"%s\" is reached now"
                        .formatted(content.get("database")));
    }

    /// The target does not provide the database by itself: the stack of today says how it is reached.
    private Optional<Marked> url(UnitName name, Map<String, Object> content) {
        return today.get()
                .map(known -> known.units().get(name))
                .flatMap(Unit::migrations)
                .filter(one ->
                        one.unit().value().equals(content.get("unit"))
                                && one.database().equals(content.get("database")))
                .map(Migrations::url);
    }

    /// Only which environment it is; everything else comes from what was applied.
    private Outline nothingDeclared() {
        return new Outline(
                found.ref(),
                found.target().kind(),
                Mode.PROD,
                false,
                "",
                "",
                Path.of(""),
                Path.of(""),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeMap<>(),
                new Outline.Limits(1, Duration.ZERO, 1),
                List.of());
    }
}
