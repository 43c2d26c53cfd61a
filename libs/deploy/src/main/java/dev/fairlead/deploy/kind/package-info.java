/// Units of a kind of their own: work that no target runs, with a plan inside the plan. {@link
/// dev.fairlead.deploy.kind.UnitKind} is the port; migrations implement it elsewhere. May import the target's values and
/// the inventory's records.
@NullMarked
package dev.fairlead.deploy.kind;

import org.jspecify.annotations.NullMarked;
