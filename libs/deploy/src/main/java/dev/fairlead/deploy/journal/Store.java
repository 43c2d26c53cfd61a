package dev.fairlead.deploy.journal;

import dev.fairlead.deploy.event.Event;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Where a target keeps an environment's record, events and revisions. Every write is durable when the method returns.
public interface Store {
    /// The environment's record and its version; empty when there is none. The content is a plain JSON object.
    Optional<Versioned> read();

    /// The record as this store saw it last, where a request is saved by that: whoever writes it names its version and is
    /// told when it is another by now.
    default Optional<Versioned> recent() {
        return read();
    }

    /// Writes the record if its version is still `expected` (0: there is none yet); false when somebody else was faster.
    boolean compareAndSet(long expected, Map<String, Object> record);

    /// A record and the version that the next write must name; versions only grow.
    record Versioned(long version, Map<String, Object> record) {}

    /// This process, as others can recognise it.
    Holder self();

    /// Whether a holder may still be at work, by facts of the place that the store is at. False only when that is certain;
    /// a store that knows no facts answers true and has a {@link #heartbeat}.
    boolean alive(Holder holder);

    /// What keeps a living holder from going on, where that can be seen: a process that was stopped. A part of a sentence
    /// about it, with what to do.
    default Optional<String> stalled(Holder holder) {
        return Optional.empty();
    }

    /// The heartbeat by which holders are known to be at work, where there are no facts: whoever holds the lease writes the
    /// record again and again, and a record that stands still is a dead holder's.
    default Optional<Heartbeat> heartbeat() {
        return Optional.empty();
    }

    /// Whether a holder has ended for certain, although the target may still have a request of it at hand. Asked only where
    /// there is a {@link #heartbeat}: after the time that a request takes, nobody waits for the lapse.
    default boolean ended(Holder holder) {
        return false;
    }

    /// Whoever holds the lease.
    ///
    /// @param identity what {@link #alive} decides by: boot id, pid and start time of the process
    /// @param description for people: `fairlead up (pid 4711) of ada on laptop`
    record Holder(String identity, String description) {}

    /// Adds an event; it is durable with the next write of the record, or after {@link #flush}.
    void append(Event event);

    /// Makes the events durable that no write of the record will take along.
    default void flush() {}

    /// Events in their order, from the oldest that is kept; with `follow` also those that come, until interrupted or the
    /// consumer answers false.
    void events(boolean follow, Predicate<Event> consumer) throws InterruptedException;

    /// Keeps a revision's desired state (masked) and drops all but the newest `keep`.
    void keepRevision(long number, String json, int keep);

    /// The numbers of the kept revisions, ascending.
    List<Long> revisions();

    String requireRevision(long number);

    /// A revision; empty when it is not kept.
    default Optional<String> findRevision(long number) {
        return revisions().contains(number)
                ? Optional.of(requireRevision(number))
                : Optional.empty();
    }
}
