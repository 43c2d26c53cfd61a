/// Progress as it happens, drawn from {@link dev.fairlead.deploy.plan.Plan} and {@link dev.fairlead.deploy.event.Event}
/// alone: a table that is redrawn in place on a terminal, one line per event elsewhere.
@NullMarked
package dev.fairlead.cli.live;

import org.jspecify.annotations.NullMarked;
