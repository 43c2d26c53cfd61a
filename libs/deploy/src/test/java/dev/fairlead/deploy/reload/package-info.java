/// Which files count, and what follows.
@NullMarked
package dev.fairlead.deploy.reload;

import org.jspecify.annotations.NullMarked;
