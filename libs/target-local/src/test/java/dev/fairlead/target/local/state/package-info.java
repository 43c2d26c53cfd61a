/// What is kept of output.
@NullMarked
package dev.fairlead.target.local.state;

import org.jspecify.annotations.NullMarked;
