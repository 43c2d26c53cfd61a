package dev.fairlead.deploy.kind;

import dev.fairlead.deploy.target.Target.Endpoint;
import dev.fairlead.deploy.target.Target.Reach;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;

/// One unit of a kind of its own, and the way to the units that it works on.
public record Subject(Environment environment, Unit unit, Dial dial) {
    /// {@link dev.fairlead.deploy.target.Target#dial} of the unit's environment.
    public interface Dial {
        Reach dial(UnitName unit, Endpoint to);
    }
}
