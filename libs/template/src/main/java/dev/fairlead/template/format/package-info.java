/// Go's `fmt` and `strconv` as far as templates see them; secret parts keep their marks.
@NullMarked
package dev.fairlead.template.format;

import org.jspecify.annotations.NullMarked;
