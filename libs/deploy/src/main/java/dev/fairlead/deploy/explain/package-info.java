/// Why something waits or failed: pure functions over the record, the statuses and the events.
@NullMarked
package dev.fairlead.deploy.explain;

import org.jspecify.annotations.NullMarked;
