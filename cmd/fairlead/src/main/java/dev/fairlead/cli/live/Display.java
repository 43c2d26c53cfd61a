package dev.fairlead.cli.live;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.plan.Plan;

/// Shows one execution while it happens. Events may come from several threads.
public interface Display extends AutoCloseable {
    /// The plan that is about to be carried out.
    void planned(Plan plan);

    void event(Event event);

    /// Ends the drawing; what stays on the screen is the final state.
    @Override
    void close();
}
