/// The typed stack, with every scalar as it was written: what {@link dev.fairlead.inventory.keys} says about a tree, as
/// records. Nothing here is evaluated.
@NullMarked
package dev.fairlead.inventory.model;

import org.jspecify.annotations.NullMarked;
