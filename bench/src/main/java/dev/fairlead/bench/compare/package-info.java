/// Whole processes side by side, and what they cost. Entry point: {@link dev.fairlead.bench.compare.Compare}.
@NullMarked
package dev.fairlead.bench.compare;

import org.jspecify.annotations.NullMarked;
