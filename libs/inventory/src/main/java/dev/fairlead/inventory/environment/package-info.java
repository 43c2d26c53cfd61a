/// One environment of a stack, in the two forms that other rooms work with: the {@link
/// dev.fairlead.inventory.environment.Outline} (what there is, in which order: needs nothing from the target) and the
/// {@link dev.fairlead.inventory.environment.Environment} (every value evaluated, with the ports and secrets that the
/// target gave). Records only; they are made by the package `evaluate`.
@NullMarked
package dev.fairlead.inventory.environment;

import org.jspecify.annotations.NullMarked;
