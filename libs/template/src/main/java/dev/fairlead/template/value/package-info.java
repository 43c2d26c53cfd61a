/// What templates compute with: Go's type names, truth, zero values, and the absent value.
@NullMarked
package dev.fairlead.template.value;

import org.jspecify.annotations.NullMarked;
