package dev.fairlead.target.kubernetes.home;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.journal.Heartbeat;
import dev.fairlead.deploy.journal.Store;
import dev.fairlead.inventory.environment.EnvironmentRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// A store in a namespace that is made before its first write: that is the one step without a lease, as there is no place
/// for a lease before.
///
/// @param within the store in the namespace
/// @param namespace as it is, or was a moment ago
public record HousedStore(
        Home home,
        EnvironmentRef ref,
        Store within,
        Supplier<Optional<Map<String, Object>>> namespace)
        implements Store {
    @Override
    public Optional<Versioned> read() {
        return within.read();
    }

    @Override
    public Optional<Versioned> recent() {
        return within.recent();
    }

    @Override
    public Optional<String> findRevision(long number) {
        return within.findRevision(number);
    }

    @Override
    public boolean compareAndSet(long expected, Map<String, Object> record) {
        if (expected == 0) {
            Namespace.ensure(home, ref, namespace.get());
        }
        return within.compareAndSet(expected, record);
    }

    @Override
    public Holder self() {
        return within.self();
    }

    @Override
    public boolean alive(Holder holder) {
        return within.alive(holder);
    }

    @Override
    public boolean ended(Holder holder) {
        return within.ended(holder);
    }

    @Override
    public Optional<Heartbeat> heartbeat() {
        return within.heartbeat();
    }

    @Override
    public void append(Event event) {
        within.append(event);
    }

    @Override
    public void flush() {
        within.flush();
    }

    @Override
    public void events(boolean follow, Predicate<Event> consumer) throws InterruptedException {
        within.events(follow, consumer);
    }

    @Override
    public void keepRevision(long number, String json, int keep) {
        within.keepRevision(number, json, keep);
    }

    @Override
    public List<Long> revisions() {
        return within.revisions();
    }

    @Override
    public String requireRevision(long number) {
        return within.requireRevision(number);
    }
}
