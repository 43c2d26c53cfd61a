/// The rules of the house as tests: imports, sizes, scripts, and documents that must be true.
@NullMarked
package dev.fairlead.architecture;

import org.jspecify.annotations.NullMarked;
