/// Go's predeclared functions and those of the `fairlead` profile.
@NullMarked
package dev.fairlead.template.function;

import org.jspecify.annotations.NullMarked;
