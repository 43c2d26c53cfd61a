/// Waits for one unit until it is ready, failed for certain, or out of time.
@NullMarked
package dev.fairlead.deploy.ready;

import org.jspecify.annotations.NullMarked;
