package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.render.Desired;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Resolution;

/// A plan with everything that applying it needs.
///
/// @param token {@link dev.fairlead.deploy.journal.EnvironmentRecord#settledToken}, read before the state that the plan
///     was made from: when another execution has worked since, the plan is made again
public record Prepared(
        Environment environment, Resolution resolution, Desired desired, Plan plan, long token) {}
