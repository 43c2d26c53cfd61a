package dev.fairlead.target.kubernetes.store;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.journal.Heartbeat;
import dev.fairlead.deploy.journal.Store;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.client.Cluster;
import dev.fairlead.target.kubernetes.stream.Seen;
import dev.fairlead.target.kubernetes.stream.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An environment's record, events and revisions in its namespace. The record is durable when a write returns. Events
/// and small revisions go with the next write of the record, so that they cost no request of their own; events that no
/// such write takes along are written after a second, and by {@link #close}.
public final class ClusterStore implements Store, AutoCloseable {
    private static final Duration LINGER = Duration.ofSeconds(1);

    /// This process among others.
    ///
    /// @param holder an identity that no other ever had, and its description for people
    /// @param ended whether the process of a holder is known to be gone: it was one of this machine
    public record Self(Holder holder, Predicate<Holder> ended) {}

    private final Cluster cluster;
    private final Shelf shelf;
    private final Self self;
    private final Ledger ledger;
    private final Revisions revisions;
    private @Nullable CountDownLatch flusher;

    public ClusterStore(Cluster cluster, String namespace, EnvironmentRef ref, Self self) {
        this.cluster = cluster;
        this.shelf = new Shelf(namespace, ref);
        this.self = self;
        this.ledger = new Ledger(cluster, shelf, self.holder().identity());
        this.revisions = new Revisions(cluster, shelf);
    }

    @Override
    public Optional<Versioned> read() {
        var page = Waiting.here(ledger::load);
        return page.record().map(record -> new Versioned(page.version(), record));
    }

    @Override
    public Optional<Versioned> recent() {
        var seen = ledger.last();
        return seen.isEmpty()
                ? read()
                : seen.flatMap(
                        page -> page.record().map(record -> new Versioned(page.version(), record)));
    }

    /// The version of the record as it was seen or written last; empty when it was neither.
    public Optional<Long> seen() {
        return ledger.last().map(Page::version);
    }

    @Override
    public boolean compareAndSet(long expected, Map<String, Object> record) {
        return Waiting.here(() -> ledger.set(expected, record));
    }

    @Override
    public Holder self() {
        return self.holder();
    }

    @Override
    public boolean ended(Holder holder) {
        return self.ended().test(holder);
    }

    /// A cluster knows no facts about processes elsewhere: the heartbeat tells.
    @Override
    public boolean alive(Holder holder) {
        return true;
    }

    @Override
    public Optional<Heartbeat> heartbeat() {
        return Optional.of(Heartbeat.ORDINARY);
    }

    @Override
    public void append(Event event) {
        ledger.append(event);
        linger();
    }

    // One thread at most, which ends when there is nothing left to write.
    private synchronized void linger() {
        if (flusher != null && flusher.getCount() > 0) {
            return;
        }
        var over = new CountDownLatch(1);
        flusher = over;
        Thread.ofVirtual()
                .name("events")
                .start(() -> {
                    try {
                        if (!over.await(LINGER.toMillis(), TimeUnit.MILLISECONDS)) {
                            over.countDown(); // what is appended from now on begins another
                            ledger.flush();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        // They stay: the next write or close takes them along, or says what is
                        // wrong.
                    }
                });
    }

    @Override
    public void events(boolean follow, Predicate<Event> consumer) throws InterruptedException {
        var reader = new EventReader(consumer);
        ledger.flush();
        if (!follow) {
            reader.show(ledger.load());
            return;
        }
        Watch.follow(
                cluster,
                shelf.theRecord(),
                seen ->
                        switch (seen) {
                            case Seen.Listed(var objects) ->
                                    objects.stream()
                                            .allMatch(object ->
                                                    reader.show(Page.read(shelf.record(), object)));
                            case Seen.Put(var object) ->
                                    reader.show(Page.read(shelf.record(), object));
                            case Seen.Removed _ -> true;
                        });
    }

    /// Shows each event once.
    private static final class EventReader {
        private final Predicate<Event> consumer;
        private long next;

        EventReader(Predicate<Event> consumer) {
            this.consumer = consumer;
        }

        boolean show(Page page) {
            long number = page.first();
            for (var event : page.events()) {
                if (number++ >= next) {
                    next = number;
                    if (!consumer.test(event)) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    @Override
    public void keepRevision(long number, String json, int keep) {
        Waiting.here(() -> {
            var packed = Packed.bytes(json);
            if (packed.length <= Ledger.SMALL) {
                ledger.keep(number, Packed.base64(packed));
            } else {
                revisions.write(number, packed);
            }
            if (covered(number, keep)) {
                ledger.dropBelow(number - keep + 1);
                return true;
            }
            var all = numbers();
            if (all.size() > keep) {
                long oldest = all.get(all.size() - keep);
                ledger.dropBelow(oldest);
                revisions.dropBelow(oldest);
            }
            return true;
        });
    }

    /// Whether all earlier revisions that may still be there are small: then nothing else has to be looked for.
    private boolean covered(long number, int keep) throws InterruptedException {
        var small = ledger.seenRevisions();
        for (long earlier = Math.max(1, number - keep); earlier < number; earlier++) {
            if (!small.containsKey(earlier)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<String> findRevision(long number) {
        return Waiting.here(() -> {
            if (number <= 0) {
                return Optional.empty(); // there is none yet
            }
            var small = ledger.seenRevisions().get(number);
            if (small == null) {
                small = ledger.revisions().get(number);
            }
            return small == null
                    ? revisions.read(number).map(Packed::text)
                    : Optional.of(Packed.text(Packed.bytesOf(small)));
        });
    }

    @Override
    public List<Long> revisions() {
        return Waiting.here(this::numbers);
    }

    private List<Long> numbers() throws InterruptedException {
        var all = new TreeSet<>(ledger.revisions().keySet());
        all.addAll(revisions.list());
        return new ArrayList<>(all);
    }

    @Override
    public String requireRevision(long number) {
        var found = findRevision(number);
        if (found.isPresent()) {
            return found.get();
        }
        return Waiting.here(() -> {
            throw Problem.error(
                            KubernetesCode.RECORD_DAMAGED,
                            "revision " + number + " is not kept any more")
                    .withHint("kept are: " + numbers())
                    .thrown();
        });
    }

    /// Writes the events and revisions that no write of the record took along.
    @Override
    public void close() {
        synchronized (this) {
            if (flusher != null) {
                flusher.countDown();
            }
        }
        flush();
    }

    @Override
    public void flush() {
        Waiting.here(() -> {
            ledger.flush();
            return true;
        });
    }
}
