package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.model.UnitModel;
import java.util.Locale;

/// Decides whether a unit is in an environment: the one place where `when:` is evaluated.
///
/// It sees what is known before ports and units are: `.Images` and everything before it.
final class When {
    private final Scope scope;
    private final Scope.Context context;
    private final Problems problems;

    When(Scope scope, Problems problems) {
        this.scope = scope;
        this.context = scope.context(java.util.Map.of());
        this.problems = problems;
    }

    /// Whether the unit stays; one whose `when` cannot be evaluated does, and the problem is reported.
    boolean holds(UnitModel unit) {
        var when = unit.when();
        if (when.isEmpty()) {
            return true;
        }
        try {
            var said = scope.templates().shown(when.get(), context).strip();
            if (said.equals("true")) {
                return true;
            } else if (said.equals("false") || said.isEmpty()) {
                return false;
            }
            problems.add(
                    Problem.error(
                                    InventoryCode.WHEN_VALUE,
                                    when.get().place(),
                                    "when of \"%s\" gives \"%s\", which is neither true nor false"
                                            .formatted(unit.name(), said))
                            .withHint(
                                    switch (said.toLowerCase(Locale.ROOT)) {
                                        case "yes", "on", "y", "true" -> "write true";
                                        case "no", "off", "n", "false" -> "write false";
                                        default -> "compare: when: '{{ eq .Env \"dev\" }}'";
                                    }));
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
        return true;
    }
}
