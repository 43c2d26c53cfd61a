package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.inventory.keys.RunKeys;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.unit.Dev;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every text that a unit is given: environment, commands, manifests. Values, so that it does not matter through which
/// templates one came.
final class Given {
    private final UnitModel model;
    private final Unit unit;
    private final Map<Place, List<String>> texts = new LinkedHashMap<>();

    private Given(UnitModel model, Unit unit) {
        this.model = model;
        this.unit = unit;
    }

    static Given of(UnitModel model, Unit unit) {
        var given = new Given(model, unit);
        unit.run().ifPresent(given::run);
        if (unit.run().isEmpty()) {
            unit.manifests().forEach(manifest -> given.add(unit.place(), manifest.text()));
        }
        return given;
    }

    private void run(Run run) {
        var env = model.running().flatMap(RunKeys.ENV::map);
        run.env()
                .forEach((key, value) ->
                        add(
                                env.filter(map -> map.find(key) != null)
                                        .map(map -> map.keyPlace(key))
                                        .orElse(unit.place()),
                                value));
        switch (run.work()) {
            case Work.Command(var command) -> add(command);
            case Work.Task(var command, _) -> add(command);
            case Work.Agent(var command) -> add(command);
            case Work.StaticFiles _, Work.Postgres _ -> {
                // are given nothing
            }
        }
        if (run.ready() instanceof Ready.Exec(var command)) {
            add(command);
        }
        run.dev().map(Dev::build).ifPresent(this::add);
    }

    private void add(List<Marked> words) {
        words.forEach(word -> add(unit.place(), word));
    }

    private void add(Place place, Marked text) {
        texts.computeIfAbsent(place, _ -> new ArrayList<>()).add(text.reveal());
    }

    /// Where the unit names the database; for one that it names by parts, where its name is or stands first.
    Optional<Place> names(DatabaseMarks database) {
        return texts.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(database::isUrlIn))
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> byParts(database));
    }

    private Optional<Place> byParts(DatabaseMarks database) {
        var all = texts.values().stream().flatMap(List::stream).toList();
        return database.address()
                .filter(address -> address.isIn(all))
                .map(address ->
                        texts.entrySet().stream()
                                .filter(entry -> address.isNamedIn(entry.getValue()))
                                .map(Map.Entry::getKey)
                                .findFirst()
                                .orElse(unit.place()));
    }
}
