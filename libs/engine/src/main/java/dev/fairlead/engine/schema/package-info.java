/// Joins stacks, deploys and libs/migrate: the one place where migrations are wired. {@link
/// dev.fairlead.engine.schema.MigrationsKind} is the kind of unit, {@link dev.fairlead.engine.schema.Workplace} what the
/// command `migrate` works on.
@NullMarked
package dev.fairlead.engine.schema;

import org.jspecify.annotations.NullMarked;
