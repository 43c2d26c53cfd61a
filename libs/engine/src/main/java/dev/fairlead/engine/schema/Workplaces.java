package dev.fairlead.engine.schema;

import dev.fairlead.deploy.kind.Subject;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.engine.EngineCode;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.Optional;

/// Finds the workplace of a migrations unit.
public final class Workplaces {
    private Workplaces() {}

    /// @param named which unit; where none is named the environment must have exactly one
    public static Workplace find(
            Environment environment,
            Target target,
            MigrationFiles files,
            Optional<UnitName> named) {
        var units =
                environment.units().values().stream()
                        .filter(unit -> unit.migrations().isPresent())
                        .toList();
        var unit =
                named.map(name -> require(name, units))
                        .orElseGet(() -> {
                            if (units.size() != 1) {
                                throw none(units);
                            }
                            return units.getFirst();
                        });
        var outline = environment.outline();
        var subject =
                new Subject(environment, unit, (to, at) -> target.dial(outline.ref(), to, at));
        return new Workplace(
                unit.name().value(),
                outline.root().resolve(unit.migrations().orElseThrow().source()),
                outline.guarded(),
                () -> files.of(environment, unit.name()),
                () -> Line.to(subject));
    }

    private static Unit require(UnitName name, List<Unit> units) {
        return units.stream()
                .filter(unit -> unit.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        Problem.error(
                                        EngineCode.NO_MIGRATIONS_UNIT,
                                        "there is no migrations unit \"" + name + "\" here")
                                .withHint(
                                        Nearest.hint(name.value(), names(units))
                                                .or(() -> there(units)))
                                .thrown());
    }

    private static RuntimeException none(List<Unit> units) {
        return Problem.error(
                        EngineCode.NO_MIGRATIONS_UNIT,
                        units.isEmpty()
                                ? "the stack has no migrations unit in this environment"
                                : "the stack has several migrations units")
                .withHint(
                        there(units).or(() -> Optional.of(EngineCode.NO_MIGRATIONS_UNIT.remedy())))
                .thrown();
    }

    private static Optional<String> there(List<Unit> units) {
        return units.isEmpty()
                ? Optional.empty()
                : Optional.of("name one with --unit: " + String.join(", ", names(units)));
    }

    private static List<String> names(List<Unit> units) {
        return units.stream().map(unit -> unit.name().value()).toList();
    }
}
