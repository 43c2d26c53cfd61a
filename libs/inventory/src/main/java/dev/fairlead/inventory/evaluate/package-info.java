/// Values out of what was written. {@link dev.fairlead.inventory.evaluate.Outliner} decides what there is in an
/// environment ({@link dev.fairlead.inventory.evaluate.When} is where `when:` is evaluated), {@link
/// dev.fairlead.inventory.evaluate.Evaluator} gives every scalar its value once ports and secrets are known, and {@link
/// dev.fairlead.inventory.evaluate.Scope} holds what templates may read, in the order in which it becomes known.
@NullMarked
package dev.fairlead.inventory.evaluate;

import org.jspecify.annotations.NullMarked;
