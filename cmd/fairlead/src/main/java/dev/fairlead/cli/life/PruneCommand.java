package dev.fairlead.cli.life;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Report;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.change.Execution;
import dev.fairlead.cli.flag.StackArgument;
import dev.fairlead.cli.flag.TurnOptions;
import dev.fairlead.engine.Life.Leftovers;
import dev.fairlead.inventory.unit.UnitName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead prune`.
@Command(
        name = "prune",
        description = {
            "Removes units that the stack does not have any more, and nothing else. Says before what it removes,",
            "and asks when the environment is protected. Data stays, unless --volumes is given."
        },
        footer = "  fairlead prune --dry-run")
public final class PruneCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();
    @Mixin private final TurnOptions turn = new TurnOptions();

    @Option(
            names = "--volumes",
            description =
                    "Remove their data too, and that of units that left before: databases, files.")
    boolean volumes;

    @Option(names = "--dry-run", description = "Say what would be removed, and remove nothing.")
    boolean dryRun;

    public PruneCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var life = session.engine().life();
        var leftovers = life.leftovers(new Requests(session).of(argument.stack()));
        Report.text(session.console(), leftovers.planned().warnings());
        var units = units(leftovers);
        if (!session.json()) {
            tell(units, leftovers);
        }
        if (dryRun || units.isEmpty()) {
            if (session.json()) {
                session.printJson(shape(units));
            }
            return ExitCode.DONE;
        }
        if (leftovers.guarded()) {
            session.confirm(
                    volumes
                            ? "This environment is protected. Remove these units with their data?"
                            : "This environment is protected. Remove these units?");
        }
        var execution = new Execution(session);
        var outcome =
                execution.watchedRemoval(sink -> life.prune(leftovers, volumes, turn.turn(), sink));
        return execution.ended(outcome, shape(units));
    }

    /// Each with the reason.
    private SortedMap<UnitName, String> units(Leftovers leftovers) {
        var units = new TreeMap<>(leftovers.units());
        if (volumes) {
            leftovers
                    .data()
                    .forEach(unit ->
                            units.putIfAbsent(unit, "it left before; its data is still here"));
        }
        return units;
    }

    private void tell(SortedMap<UnitName, String> units, Leftovers leftovers) {
        var out = session.console().out();
        if (units.isEmpty()) {
            out.println(
                    "Nothing is left over: the stack has every unit of "
                            + leftovers.planned().environment()
                            + ".");
        } else {
            out.println(dryRun ? "Would be removed:" : "To be removed:");
            units.forEach(
                    (unit, why) -> out.println("  - " + unit + (why.isEmpty() ? "" : ": " + why)));
        }
        var stays = new TreeMap<>(units);
        stays.keySet().retainAll(leftovers.data());
        leftovers.data().stream().filter(unit -> !volumes).forEach(unit -> stays.put(unit, ""));
        if (!volumes && !stays.isEmpty()) {
            out.println(
                    "What they leave stays (output, data): "
                            + String.join(
                                    ", ", stays.keySet().stream().map(UnitName::value).toList())
                            + "; --volumes removes it too.");
        }
    }

    private Map<String, Object> shape(SortedMap<UnitName, String> units) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("dryRun", dryRun);
        tree.put(
                "leftovers",
                units.entrySet().stream()
                        .map(unit ->
                                Map.of(
                                        "unit",
                                        (Object) unit.getKey().value(),
                                        "reason",
                                        unit.getValue()))
                        .toList());
        return tree;
    }
}
