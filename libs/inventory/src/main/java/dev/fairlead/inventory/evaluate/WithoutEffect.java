package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.typed.Key;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.keys.RunKeys;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.unit.Work;
import java.util.ArrayList;
import java.util.List;

/// Warns of keys of `run` and `local` that the unit's kind of work does not know: they would be read and do nothing.
final class WithoutEffect {
    private static final List<Key> OF_TASKS = List.of(RunKeys.INPUTS, RunKeys.TIMEOUT);
    private static final List<Key> OF_FOLDERS = List.of(RunKeys.DIR, RunKeys.SPA);
    private static final List<Key> OF_POSTGRES = List.of(RunKeys.DATABASES, RunKeys.VERSION);
    private static final List<Key> OF_PROCESSES =
            List.of(RunKeys.COMMAND, RunKeys.ENV, RunKeys.RESTART, RunKeys.STOP);

    private final Problems problems;

    WithoutEffect(Problems problems) {
        this.problems = problems;
    }

    void check(UnitModel unit, Node.Mapping running, Work work) {
        if (work instanceof Work.Agent) {
            checkAgent(unit, running);
            return;
        }
        boolean serves = unit.builtin().filter("static"::equals).isPresent();
        var idle = new ArrayList<Key>();
        if (!(work instanceof Work.Task)) {
            idle.addAll(OF_TASKS);
        }
        if (!serves) {
            idle.addAll(OF_FOLDERS);
        }
        if (work instanceof Work.Postgres) {
            idle.addAll(OF_PROCESSES);
        } else {
            idle.addAll(OF_POSTGRES);
        }
        if (serves) {
            idle.add(RunKeys.COMMAND);
        }
        for (var key : idle) {
            if (running.find(key.name()) != null) {
                report(unit, running, key);
            }
        }
    }

    /// What a component says that services use too.
    private void checkAgent(UnitModel unit, Node.Mapping running) {
        RunKeys.RUN_STRUCT.keys().values().stream()
                .filter(key -> !RunKeys.AGENT_STRUCT.keys().containsKey(key.name()))
                .filter(key -> running.find(key.name()) != null)
                .forEach(key -> report(unit, running, key));
    }

    private void report(UnitModel unit, Node.Mapping running, Key key) {
        problems.add(
                Problem.error(
                                InventoryCode.NO_EFFECT,
                                running.keyPlace(key.name()),
                                "\"%s\" does nothing in \"%s\", which is %s"
                                        .formatted(key.name(), unit.name(), kind(unit)))
                        .asWarning());
    }

    private static String kind(UnitModel unit) {
        if (unit.isAgent()) {
            return "an agent";
        }
        return unit.builtin().map(word -> "a builtin " + word).orElse("a command");
    }
}
