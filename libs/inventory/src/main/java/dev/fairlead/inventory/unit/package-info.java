/// One unit with every value evaluated: what it runs, when it is ready, how it stops. Records only; they are made by the
/// package `evaluate`.
@NullMarked
package dev.fairlead.inventory.unit;

import org.jspecify.annotations.NullMarked;
