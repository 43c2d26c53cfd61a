/// Keeps secrets out of texts that others write: the output of units, the messages of a cluster. May import diagnostic and
/// document alone.
@NullMarked
package dev.fairlead.deploy.mask;

import org.jspecify.annotations.NullMarked;
