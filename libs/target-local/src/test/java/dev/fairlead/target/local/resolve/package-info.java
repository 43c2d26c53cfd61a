/// Ports and names that are kept.
@NullMarked
package dev.fairlead.target.local.resolve;

import org.jspecify.annotations.NullMarked;
