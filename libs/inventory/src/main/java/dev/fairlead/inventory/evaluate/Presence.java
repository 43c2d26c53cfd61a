package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.environment.Mode;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.keys.RunKeys;
import dev.fairlead.inventory.keys.StackKeys;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.model.ModelReader;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.unit.Stage;
import java.util.Optional;
import java.util.Set;

/// Whether a unit has something for the target.
final class Presence {
    private final TargetKind target;
    private final Mode mode;
    private final Set<String> images;
    private final Problems problems;

    Presence(Scope.Subject subject, Problems problems) {
        this.target = subject.target();
        this.mode = subject.environment().mode();
        this.images =
                ModelReader.under(StackKeys.IMAGES, subject.model().spec()).entries().keySet();
        this.problems = problems;
    }

    boolean isHere(UnitModel unit) {
        if (unit.stage() == Stage.MIGRATIONS) {
            return true;
        }
        return switch (target) {
            case KUBERNETES -> hasManifests(unit) || hasImage(unit);
            case LOCAL -> runsHere(unit);
        };
    }

    /// One that the stack does not declare was reported; an agent does without it where it has none.
    private boolean hasImage(UnitModel unit) {
        return UnitKeys.IMAGE
                .text(unit.node())
                .filter(name -> !unit.isAgent() || images.contains(name))
                .isPresent();
    }

    private boolean runsHere(UnitModel unit) {
        if (unit.running().isEmpty()) {
            return false;
        }
        var builtin = unit.builtin().orElse("");
        if (builtin.equals("postgres")
                || builtin.equals("static")
                || command(unit, mode).isPresent()) {
            return true;
        }
        if (builtin.isEmpty()
                && (hasManifests(unit) || UnitKeys.IMAGE.node(unit.node()).isPresent())) {
            return false;
        }
        problems.add(
                Problem.error(
                                InventoryCode.NOTHING_TO_RUN,
                                unit.running().get().place(),
                                "\"" + unit.name() + "\" says no command")
                        .withHint(
                                "add command: [ … ]"
                                        + (mode == Mode.PROD && unit.dev().isPresent()
                                                ? "; the one in dev counts in mode dev alone"
                                                : "")));
        return true;
    }

    private static boolean hasManifests(UnitModel unit) {
        return !unit.manifests().isEmpty();
    }

    /// The command of a unit on local: that of its `dev` block in mode dev, else that of `run` or `local`.
    static Optional<Node> command(UnitModel unit, Mode mode) {
        var own = unit.running().flatMap(RunKeys.COMMAND::node);
        return mode == Mode.DEV ? unit.dev().flatMap(RunKeys.DEV_COMMAND::node).or(() -> own) : own;
    }
}
