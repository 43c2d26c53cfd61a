package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.model.StackModel;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.read.StackText.Listed;
import dev.fairlead.inventory.unit.Migrations;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/// Migrations units, evaluated, and the rule that whoever is given a migrated database waits for its schema.
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

    /// The folder of a unit's files, not looked at.
    ///
    /// @throws ProblemException when it leads outside the root
    static String source(UnitModel unit, StackModel model, UnitPaths paths, Place place) {
        var owner = UnitKeys.OWNER.text(unit.node()).orElse("");
        var found = model.units().get(owner);
        var folder = found == null ? "." : paths.of(found, new Problems());
        var said = UnitKeys.SOURCE.scalar(unit.node()).map(Node.Scalar::printed);
        return paths.relative(said.orElse(folder + "/" + FOLDER), place);
    }

    private String source(UnitModel unit, UnitName owner) {
        var own = prepared.scope().subject().model().units().get(owner.value());
        var folder = own == null ? "." : paths.of(own, new Problems());
        var place =
                UnitKeys.SOURCE
                        .scalar(unit.node())
                        .map(Node.Scalar::place)
                        .or(() -> UnitKeys.OWNER.scalar(unit.node()).map(Node.Scalar::place))
                        .orElse(unit.place());
        try {
            var source = source(unit, prepared.scope().subject().model(), paths, place);
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
            } else if (!paths.isInside(source, folder)) {
                report(
                        InventoryCode.OWNERSHIP,
                        place,
                        "the source \"%s\" leads out of the folder of its owner \"%s\", by a symbolic link"
                                .formatted(source, owner),
                        "put the files themselves into " + folder);
            }
            return source;
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return ".";
        }
    }

    /// Reports databases that two units migrate under different names, and services that are given a migrated database and
    /// do not require its schema.
    void check(SortedMap<UnitName, Unit> evaluated) {
        var owned = new HashMap<DatabaseMarks.Address, UnitName>();
        for (var unit : evaluated.values()) {
            unit.migrations()
                    .ifPresent(migrations -> {
                        var marks = DatabaseMarks.of(urls(migrations));
                        marks.address()
                                .ifPresent(address -> {
                                    var first = owned.putIfAbsent(address, unit.name());
                                    if (first != null) {
                                        second(unit, migrations, first);
                                    }
                                });
                        required(evaluated, unit.name(), migrations, marks);
                    });
        }
    }

    private void second(Unit unit, Migrations migrations, UnitName first) {
        report(
                InventoryCode.OWNERSHIP,
                unit.place(),
                "the database \"%s\" of \"%s\" is the one that \"%s\" migrates: their URLs lead to the same"
                        .formatted(migrations.database(), migrations.unit(), first),
                "let one unit migrate it, for its one owner");
    }

    private void required(
            SortedMap<UnitName, Unit> evaluated,
            UnitName schema,
            Migrations migrations,
            DatabaseMarks database) {
        for (var unit : evaluated.values()) {
            var model = prepared.units().get(unit.name());
            if (model != null
                    && model.listed() == Listed.SERVICES
                    && !unit.requiresSchema().contains(schema)) {
                Given.of(model, unit)
                        .names(database)
                        .ifPresent(place ->
                                report(
                                        InventoryCode.SCHEMA_NOT_REQUIRED,
                                        place,
                                        "\"%s\" is given the database \"%s\", which \"%s\" migrates"
                                                .formatted(
                                                        unit.name(), migrations.database(), schema),
                                        "add requiresSchema: %s to \"%s\""
                                                .formatted(schema, unit.name())));
            }
        }
    }

    private List<String> urls(Migrations migrations) {
        return URLS.stream()
                .flatMap(key -> value(migrations.unit(), key, migrations.database()).stream())
                .map(Marked::reveal)
                .filter(url -> !url.isEmpty())
                .toList();
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
