package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.keys.RunKeys;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.read.StackText.Listed;
import dev.fairlead.inventory.unit.Migrations;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Migrations units, evaluated, and the rule that whoever is given the URL of a migrated database waits for its schema.
final class Schemas {
    private static final String FOLDER = "cmd/cli/migrations";
    private static final List<String> URLS = List.of("url", "jdbcUrl");

    private final Prepared prepared;
    private final UnitPaths paths;
    private final Function<UnitName, Map<?, ?>> read;
    private final Problems problems;

    /// @param read what other units read of a unit
    Schemas(
            Prepared prepared,
            UnitPaths paths,
            Function<UnitName, Map<?, ?>> read,
            Problems problems) {
        this.prepared = prepared;
        this.paths = paths;
        this.read = read;
        this.problems = problems;
    }

    /// What a unit migrates; empty for a unit of another stage, and where something is wrong, which is reported.
    Optional<Migrations> of(UnitModel unit) {
        var owner = UnitKeys.OWNER.text(unit.node()).filter(UnitName::isValid);
        var database = UnitKeys.DATABASE.map(unit.node());
        var name = database.flatMap(UnitKeys.DATABASE_NAME::scalar);
        var in = unit.databaseUnit().map(Node.Scalar::printed).filter(UnitName::isValid);
        if (unit.listed() != Listed.MIGRATIONS
                || owner.isEmpty()
                || name.isEmpty()
                || in.isEmpty()) {
            return Optional.empty(); // what a unit lacks is reported when it is read
        }
        var from = new UnitName(in.get());
        known(from, name.get());
        var source = source(unit, new UnitName(owner.get()));
        var url = value(from, "url", name.get().printed());
        if (url.isEmpty()) {
            problems.add(
                    Problem.error(
                                    InventoryCode.NO_DATABASE_URL,
                                    name.get().place(),
                                    "\"%s\" does not say how its database \"%s\" is reached"
                                            .formatted(from, name.get().printed()))
                            .withHint("let \"" + from + "\" export url"));
        }
        return url.map(known ->
                new Migrations(
                        new UnitName(owner.get()),
                        from,
                        name.get().printed(),
                        source,
                        known,
                        UnitKeys.MIGRATIONS_TIMEOUT.span(unit.node()).orElseThrow()));
    }

    private void known(UnitName unit, Node.Scalar name) {
        var part = prepared.outline().units().get(unit);
        var made =
                part == null
                        ? List.<String>of()
                        : part.builtin().map(Work.Postgres::databases).orElse(List.of());
        if (!made.isEmpty() && !made.contains(name.printed())) {
            problems.add(
                    Problem.error(
                                    InventoryCode.UNKNOWN_DATABASE,
                                    name.place(),
                                    "\"%s\" has no database \"%s\"".formatted(unit, name.printed()))
                            .withHint(
                                    Nearest.hint(name.printed(), made)
                                            .orElse(
                                                    "it has: "
                                                            + String.join(", ", made)
                                                            + "; add it to databases")));
        }
    }

    private String source(UnitModel unit, UnitName owner) {
        var model = prepared.scope().subject().model().units().get(owner.value());
        var folder = model == null ? "." : paths.of(model, new Problems());
        var said = UnitKeys.SOURCE.scalar(unit.node());
        var place =
                said.map(Node.Scalar::place)
                        .or(() -> UnitKeys.OWNER.scalar(unit.node()).map(Node.Scalar::place))
                        .orElse(unit.place());
        try {
            var wanted = said.map(Node.Scalar::printed);
            var source = paths.relative(wanted.orElse(folder + "/" + FOLDER), place);
            if (!folder.equals(".") && !Path.of(source).startsWith(Path.of(folder))) {
                report(
                        InventoryCode.OWNERSHIP,
                        place,
                        "the source \"%s\" does not lie inside the folder of its owner \"%s\""
                                .formatted(source, owner),
                        "put it into " + folder);
            } else if (!paths.isFolder(source)) {
                report(
                        InventoryCode.FILE_UNREADABLE,
                        place,
                        "the migrations of \"%s\" have no folder \"%s\""
                                .formatted(unit.name(), source),
                        "`fairlead migrate create --source %s NAME` makes it with a first migration"
                                .formatted(source));
            }
            return source;
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return ".";
        }
    }

    /// Reports services that are given the URL of a migrated database and do not require its schema. Looks at values, so
    /// that it does not matter through which templates one came.
    void checkRequired(SortedMap<UnitName, Unit> evaluated) {
        for (var owned : evaluated.values()) {
            var migrations = owned.migrations();
            if (migrations.isEmpty()) {
                continue;
            }
            var urls = urls(migrations.get());
            for (var unit : evaluated.values()) {
                var model = prepared.units().get(unit.name());
                if (model != null
                        && model.listed() == Listed.SERVICES
                        && !unit.requiresSchema().contains(owned.name())) {
                    given(model, unit, urls)
                            .ifPresent(place ->
                                    report(
                                            InventoryCode.SCHEMA_NOT_REQUIRED,
                                            place,
                                            "\"%s\" is given the URL of the database \"%s\", which \"%s\" migrates"
                                                    .formatted(
                                                            unit.name(),
                                                            migrations.get().database(),
                                                            owned.name()),
                                            "add requiresSchema: %s to \"%s\""
                                                    .formatted(owned.name(), unit.name())));
                }
            }
        }
    }

    private List<Pattern> urls(Migrations migrations) {
        return URLS.stream()
                .flatMap(key -> value(migrations.unit(), key, migrations.database()).stream())
                .map(Marked::reveal)
                .filter(url -> !url.isEmpty())
                .map(url -> Pattern.compile(Pattern.quote(url) + "(?![A-Za-z0-9_-])"))
                .toList();
    }

    /// Where the unit names one of the URLs.
    private static Optional<Place> given(UnitModel model, Unit unit, List<Pattern> urls) {
        var texts = new LinkedHashMap<Place, List<String>>();
        var running = model.running();
        var env = running.flatMap(RunKeys.ENV::map);
        unit.run()
                .ifPresent(run -> {
                    run.env()
                            .forEach((key, value) ->
                                    add(
                                            texts,
                                            env.filter(map -> map.find(key) != null)
                                                    .map(map -> map.keyPlace(key))
                                                    .orElse(unit.place()),
                                            value));
                    if (run.work() instanceof Work.Command(var command)) {
                        command.forEach(word -> add(texts, unit.place(), word));
                    }
                });
        if (unit.run().isEmpty()) {
            unit.manifests().forEach(manifest -> add(texts, unit.place(), manifest.text()));
        }
        return texts.entrySet().stream()
                .filter(entry ->
                        entry.getValue().stream()
                                .anyMatch(text ->
                                        urls.stream().anyMatch(url -> url.matcher(text).find())))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static void add(Map<Place, List<String>> texts, Place place, Marked text) {
        texts.computeIfAbsent(place, _ -> new ArrayList<>()).add(text.reveal());
    }

    /// The export `key_database`, else `key`.
    private Optional<Marked> value(UnitName unit, String key, String database) {
        var exports = read.apply(unit);
        for (var name : List.of(key + "_" + database, key)) {
            if (!exports.containsKey(name)) {
                continue;
            }
            try {
                return Optional.ofNullable(exports.get(name))
                        .map(found ->
                                found instanceof Marked marked
                                        ? marked
                                        : Marked.plain(String.valueOf(found)));
            } catch (ProblemException e) {
                problems.addAll(e.problems());
                return Optional.of(Marked.EMPTY);
            }
        }
        return Optional.empty();
    }

    private void report(InventoryCode code, Place place, String what, String hint) {
        problems.add(Problem.error(code, place, what).withHint(hint));
    }
}
