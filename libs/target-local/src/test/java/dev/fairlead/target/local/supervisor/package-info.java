/// Rules of the supervisor that need no process.
@NullMarked
package dev.fairlead.target.local.supervisor;

import org.jspecify.annotations.NullMarked;
