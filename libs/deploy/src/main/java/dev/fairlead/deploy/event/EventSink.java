package dev.fairlead.deploy.event;

/// Takes the events of an execution in their order, one at a time.
@FunctionalInterface
public interface EventSink {
    void event(Event event);
}
