/// Decides what to run, never runs it. Input: the registry, the history, findings. Output: an ordered
/// {@link dev.fairlead.migrate.plan.MigrationPlan} with a hash. Pure.
@NullMarked
package dev.fairlead.migrate.plan;

import org.jspecify.annotations.NullMarked;
