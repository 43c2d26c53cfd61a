package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.render.Desired;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Resolution;

/// A plan with everything that applying it needs.
///
/// @param token the newest fencing token when the plan was made: when another execution was here since, it is made again
public record Prepared(
        Environment environment, Resolution resolution, Desired desired, Plan plan, long token) {}
