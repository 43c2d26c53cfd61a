package dev.fairlead.cli.life;

import dev.fairlead.cli.Session;
import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.explain.UnitReport;
import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.engine.Request;
import dev.fairlead.inventory.unit.UnitName;

/// Finds a unit of the environment as it is now.
record UnitAddress(Session session, Request request) {
    /// @throws dev.fairlead.diagnostic.ProblemException when nothing of that name was ever started
    UnitReport require(UnitName unit) {
        var units = session.engine().status(request).units();
        var names = units.stream().map(known -> known.name().value()).toList();
        return units.stream()
                .filter(known -> known.name().equals(unit))
                .findFirst()
                .orElseThrow(() ->
                        Problem.error(
                                        DeployCode.NO_SUCH_UNIT,
                                        "there is no unit \"" + unit + "\" here")
                                .withHint(
                                        Nearest.hint(unit.value(), names)
                                                .orElse(
                                                        names.isEmpty()
                                                                ? "nothing was started here yet: `fairlead up`"
                                                                : "its units are: "
                                                                        + String.join(", ", names)))
                                .thrown());
    }
}
