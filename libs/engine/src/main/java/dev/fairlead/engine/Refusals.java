package dev.fairlead.engine;

import dev.fairlead.deploy.image.ImageStep;
import dev.fairlead.deploy.kind.KindPlan;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.image.ImageCode;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What keeps a plan from being applied although it could be.
///
/// Of a process that runs it is known whether this plan starts it anew: then it runs a revision from before, which was made
/// for the schema as it is. One that the plan leaves alone is taken to be the code that does without what goes: it was
/// deployed before.
final class Refusals {
    private Refusals() {}

    static List<Problem> of(Plan plan, Environment environment) {
        var all = new ArrayList<Problem>();
        for (var part : plan.parts()) {
            all.addAll(part.refused());
            older(plan, environment, part.unit())
                    .ifPresent(unit ->
                            part.contracts()
                                    .forEach(contract -> all.add(tooEarly(contract, unit, part))));
        }
        plan.images().stream()
                .filter(step -> step.action() == ImageStep.Action.MOVED)
                .forEach(step -> all.add(moved(step, environment)));
        return List.copyOf(all);
    }

    private static Problem moved(ImageStep step, Environment environment) {
        var what = "the image \"%s\" (%s): %s".formatted(step.name(), step.reference(), step.why());
        return Optional.ofNullable(environment.images().get(step.name()))
                .map(image -> Problem.error(ImageCode.IMAGE_MOVED, image.place(), what))
                .orElseGet(() -> Problem.error(ImageCode.IMAGE_MOVED, what))
                .withHint(ImageCode.IMAGE_MOVED.remedy());
    }

    /// A unit that requires the schema and runs a revision that the plan replaces.
    private static Optional<UnitName> older(Plan plan, Environment environment, UnitName schema) {
        return plan.restarts().stream()
                .map(Plan.Restart::unit)
                .filter(name ->
                        Optional.ofNullable(environment.units().get(name))
                                .map(Unit::requiresSchema)
                                .filter(required -> required.contains(schema))
                                .isPresent())
                .findFirst();
    }

    private static Problem tooEarly(Problem contract, UnitName unit, KindPlan part) {
        return new Problem(
                contract.code(),
                contract.severity(),
                contract.place(),
                "%s while \"%s\" still runs the revision before this deploy, which may use it"
                        .formatted(contract.what(), unit),
                Optional.of(
                        "deploy the new \"%s\" first and this migration with the next deploy; or stop it first; or `fairlead migrate approve --unit %s`"
                                .formatted(unit, part.unit())),
                contract.trace(),
                contract.evidence());
    }
}
