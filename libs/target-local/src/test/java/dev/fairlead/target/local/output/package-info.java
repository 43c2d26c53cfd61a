/// What is kept of output.
@NullMarked
package dev.fairlead.target.local.output;

import org.jspecify.annotations.NullMarked;
