package dev.fairlead.target.local;

import dev.fairlead.deploy.target.Session.Wanted;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.target.local.wire.EnvironmentSpec;
import dev.fairlead.target.local.wire.Migrated;
import dev.fairlead.target.local.wire.UnitSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes of an evaluated environment what the supervisor needs of it.
final class Specs {
    private static final List<String> SURROUNDINGS = List.of("PATH", "HOME", "LANG", "TZ", "USER");

    private Specs() {}

    static EnvironmentSpec of(
            Environment environment,
            Resolution resolution,
            SortedMap<UnitName, Wanted> wanted,
            Map<String, String> variables) {
        var units = new TreeMap<UnitName, UnitSpec>();
        environment
                .units()
                .forEach((name, unit) -> {
                    var content = wanted.get(name);
                    if (unit.run().isPresent() && content != null) {
                        units.put(name, unit(name, unit.run().get(), resolution, wanted));
                    }
                });
        return new EnvironmentSpec(
                environment.outline().ref().key(),
                environment.outline().root().toAbsolutePath().normalize(),
                units,
                secrets(environment, resolution),
                surroundings(variables));
    }

    /// What every process gets of the user's.
    static SortedMap<String, String> surroundings(Map<String, String> variables) {
        var surroundings = new TreeMap<String, String>();
        surroundings.put("LANG", "C.UTF-8");
        for (var name : SURROUNDINGS) {
            var value = variables.get(name);
            if (value != null) {
                surroundings.put(name, value);
            }
        }
        return surroundings;
    }

    private static UnitSpec unit(
            UnitName name, Run run, Resolution resolution, SortedMap<UnitName, Wanted> all) {
        var wanted = Objects.requireNonNull(all.get(name), name.value());
        Optional<UnitSpec.Databases> databases = Optional.empty();
        if (run.work() instanceof Work.Postgres(var names, _)) {
            var exports =
                    Objects.requireNonNull(resolution.addresses().get(name), name.value())
                            .exports();
            var physical = new TreeMap<String, String>();
            names.forEach(logical ->
                    physical.put(logical, require(exports, "database_" + logical).reveal()));
            databases =
                    Optional.of(
                            new UnitSpec.Databases(
                                    Integer.parseInt(require(exports, "port").reveal()),
                                    require(exports, "password"),
                                    physical,
                                    templates(name, all)));
        }
        return new UnitSpec(name, wanted.hash(), wanted.content(), run, databases);
    }

    /// What new databases of a unit begin with: what the migrations make of an empty one.
    private static SortedMap<String, String> templates(
            UnitName postgres, SortedMap<UnitName, Wanted> all) {
        var keys = new TreeMap<String, String>();
        for (var wanted : all.values()) {
            Migrated.of(wanted.content())
                    .filter(migrated -> migrated.unit().equals(postgres))
                    .ifPresent(migrated -> keys.put(migrated.database(), migrated.key()));
        }
        return keys;
    }

    private static Marked require(SortedMap<String, Marked> exports, String key) {
        return Objects.requireNonNull(exports.get(key), key);
    }

    /// Everything that must not appear in output: the secrets themselves, and what units are given of them, which a
    /// template may have encoded.
    static List<EnvironmentSpec.Secret> secrets(Environment environment, Resolution resolution) {
        var secrets = new ArrayList<EnvironmentSpec.Secret>();
        resolution.secrets().values().forEach(value -> add(secrets, value));
        resolution
                .addresses()
                .values()
                .forEach(address ->
                        address.exports().values().forEach(value -> add(secrets, value)));
        environment
                .units()
                .values()
                .forEach(unit -> {
                    unit.exports().values().forEach(value -> add(secrets, value));
                    unit.run().ifPresent(run -> texts(run).forEach(text -> add(secrets, text)));
                });
        return secrets.stream().distinct().toList();
    }

    private static List<Marked> texts(Run run) {
        var texts = new ArrayList<>(run.env().values());
        switch (run.work()) {
            case Work.Command(var command) -> texts.addAll(command);
            case Work.Task(var command, _) -> texts.addAll(command);
            case Work.Agent(var command) -> texts.addAll(command);
            case Work.StaticFiles _, Work.Postgres _ -> {}
        }
        run.dev().ifPresent(dev -> texts.addAll(dev.build()));
        return texts;
    }

    private static void add(List<EnvironmentSpec.Secret> secrets, Marked text) {
        for (var span : text.spans()) {
            secrets.add(
                    new EnvironmentSpec.Secret(
                            span.name(), text.reveal().substring(span.start(), span.end())));
        }
    }
}
