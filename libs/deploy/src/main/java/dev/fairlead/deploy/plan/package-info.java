/// Decides what to do, never does it: a pure function from desired state and snapshot to an ordered {@link
/// dev.fairlead.deploy.plan.Plan}. Same input, same bytes.
@NullMarked
package dev.fairlead.deploy.plan;

import org.jspecify.annotations.NullMarked;
