/// Runs a plan: the only package that changes anything. Input: a {@link dev.fairlead.migrate.plan.MigrationPlan} and the
/// lock. Output: a {@link dev.fairlead.migrate.MigrateOutcome}; half-done is a value.
@NullMarked
package dev.fairlead.migrate.execute;

import org.jspecify.annotations.NullMarked;
