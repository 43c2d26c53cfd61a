package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.Choice;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.keys.EnvironmentKeys;
import dev.fairlead.inventory.keys.StackKeys;
import dev.fairlead.inventory.model.EnvironmentModel;
import dev.fairlead.inventory.model.ModelReader;
import dev.fairlead.inventory.model.StackModel;
import java.util.Optional;

/// Finds the environment that a choice means.
final class Selection {
    private final StackModel model;
    private final Problems problems;

    Selection(StackModel model, Problems problems) {
        this.model = model;
        this.problems = problems;
    }

    /// @throws ProblemException when there is nothing to go on with
    Scope.Subject of(Choice choice) {
        var environment =
                choice.environment()
                        .map(this::named)
                        .or(model::defaultEnvironment)
                        .or(() -> onlyOneForTarget(choice))
                        .orElseThrow(this::noDefault);
        var target =
                choice.target().or(environment::target).orElseThrow(() -> noTarget(environment));
        slot(environment, target, choice.slot());
        var vars =
                (Node.Mapping)
                        Node.merge(
                                ModelReader.under(StackKeys.VARS, model.spec()),
                                ModelReader.under(EnvironmentKeys.VARS, environment.node()));
        var given = new GivenVars(problems).set(vars, choice.sets());
        return new Scope.Subject(model, environment, choice.slot(), target, given);
    }

    private EnvironmentModel named(String name) {
        var found = model.environments().get(name);
        if (found == null) {
            var known = model.environments().keySet();
            throw Problem.error(
                            InventoryCode.UNKNOWN_ENVIRONMENT,
                            "there is no environment \"" + name + "\" in the stack")
                    .withHint(
                            Nearest.hint(name, known)
                                    .orElse("there are: " + String.join(", ", known)))
                    .thrown();
        }
        return found;
    }

    /// With a target given, an environment without one of its own will do when it is the only one.
    private Optional<EnvironmentModel> onlyOneForTarget(Choice choice) {
        return choice.target().isPresent() && model.environments().size() == 1
                ? Optional.of(model.environments().firstEntry().getValue())
                : Optional.empty();
    }

    private ProblemException noDefault() {
        return Problem.error(
                        InventoryCode.NO_DEFAULT_ENVIRONMENT,
                        ModelReader.under(StackKeys.ENVIRONMENTS, model.spec()).place(),
                        "no environment was named, and none is the default")
                .withHint("name one with -e: " + String.join(", ", model.environments().keySet()))
                .thrown();
    }

    private static ProblemException noTarget(EnvironmentModel environment) {
        return Problem.error(
                        InventoryCode.ENVIRONMENT_ABSTRACT,
                        environment.place(),
                        "the environment \""
                                + environment.name()
                                + "\" has no target, own or inherited")
                .withHint("give it target: local, or choose another environment")
                .thrown();
    }

    private void slot(EnvironmentModel environment, TargetKind target, int slot) {
        int most = environment.slots(target);
        if (slot < 0 || slot > most) {
            problems.add(
                    Problem.error(
                                    InventoryCode.SLOT_RANGE,
                                    new Source("--slot", String.valueOf(slot)).at(0),
                                    "the environment \"%s\" has no slot %d"
                                            .formatted(environment.name(), slot))
                            .withHint(
                                    (most == 0
                                                    ? "it has no slots; give it slots: 3"
                                                    : "its slots are 1 to " + most)
                                            + ", at "
                                            + environment.place()));
        }
    }
}
