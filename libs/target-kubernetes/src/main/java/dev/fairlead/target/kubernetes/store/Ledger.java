package dev.fairlead.target.kubernetes.store;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.client.Answer;
import dev.fairlead.target.kubernetes.client.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The record's ConfigMap: read, and written by compare-and-swap of its resourceVersion. What waits to be written goes
/// with the next write. Safe for several threads.
final class Ledger {
    /// A revision up to this size, packed, stands in the record's own ConfigMap.
    static final int SMALL = 40 << 10;

    private static final int ATTEMPTS = 30;
    private static final Duration REST = Duration.ofMillis(20);
    private static final Set<KubernetesCode> UNKNOWN_FATE =
            Set.of(KubernetesCode.CLUSTER_UNREACHABLE, KubernetesCode.CLUSTER_FAILED);

    private final Cluster cluster;
    private final Shelf shelf;
    private final String writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Event> events = new ArrayList<>();
    private final ReentrantLock waiting = new ReentrantLock();
    private @Nullable SortedMap<Long, String> kept;
    private volatile @Nullable Page last;
    private long writes;
    private boolean doubt;

    /// @param writer an identity that no other process has
    Ledger(Cluster cluster, Shelf shelf, String writer) {
        this.cluster = cluster;
        this.shelf = shelf;
        this.writer = writer;
    }

    Page load() throws InterruptedException {
        var page =
                cluster.find(shelf.record())
                        .map(object -> Page.read(shelf.record(), object))
                        .orElse(Page.BLANK);
        last = page;
        return page;
    }

    /// The page as it was read or written last.
    Optional<Page> last() {
        return Optional.ofNullable(last);
    }

    void append(Event event) {
        waiting.lock();
        try {
            events.add(event);
        } finally {
            waiting.unlock();
        }
    }

    /// The small revisions, those that wait included.
    SortedMap<Long, String> revisions() throws InterruptedException {
        lock.lock();
        try {
            return kept != null ? kept : load().revisions();
        } finally {
            lock.unlock();
        }
    }

    /// The same as they were seen last, which is enough for whoever holds the lease.
    SortedMap<Long, String> seenRevisions() throws InterruptedException {
        lock.lock();
        try {
            var page = last;
            return kept == null && page != null ? page.revisions() : revisions();
        } finally {
            lock.unlock();
        }
    }

    /// Adds a revision, with the next write.
    void keep(long number, String packed) throws InterruptedException {
        lock.lock();
        try {
            var next = new TreeMap<>(seenRevisions());
            next.put(number, packed);
            kept = next;
        } finally {
            lock.unlock();
        }
    }

    /// Drops the small revisions before a number, with the next write.
    void dropBelow(long oldest) throws InterruptedException {
        lock.lock();
        try {
            var now = seenRevisions();
            if (!now.isEmpty() && now.firstKey() < oldest) {
                kept = new TreeMap<>(now.tailMap(oldest));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Writes the record when its version is still `expected`.
    boolean set(long expected, Map<String, Object> record) throws InterruptedException {
        return change(expected, page -> page.record(record));
    }

    /// Writes what waits.
    void flush() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (kept == null && waiting().isEmpty()) {
                return;
            }
            for (int i = 0; i < ATTEMPTS; i++) {
                var seen = last;
                long version = i == 0 && seen != null ? seen.version() : load().version();
                if (change(version, same -> same)) {
                    return;
                }
            }
            throw Problem.error(
                            KubernetesCode.OBJECT_CONFLICT,
                            shelf.record() + " changes all the time; the last events are not in it")
                    .thrown();
        } finally {
            lock.unlock();
        }
    }

    private List<Event> waiting() {
        waiting.lock();
        try {
            return List.copyOf(events);
        } finally {
            waiting.unlock();
        }
    }

    /// @return false when the record's version is another
    private boolean change(long expected, UnaryOperator<Page> change) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var page = last != null && last.version() == expected ? last : load();
            for (int i = 0; i < ATTEMPTS && page.version() == expected; i++) {
                var taken = waiting();
                var next = change.apply(page).and(unwritten(taken, page)).named(nonce());
                next = kept == null ? next : next.revisions(kept);
                if (written(page, next)) {
                    forget(taken);
                    return true;
                }
                // Somebody wrote, perhaps only events: the record itself may still be the same.
                cluster.settings().ticker().pause(REST.multipliedBy(i));
                page = load();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private String nonce() {
        return writer + "/" + ++writes;
    }

    // After a write whose fate is not known the events may be there already.
    private List<Event> unwritten(List<Event> taken, Page page) {
        return doubt
                ? taken.stream().filter(event -> !page.events().contains(event)).toList()
                : taken;
    }

    private void forget(List<Event> written) {
        kept = null;
        doubt = false;
        waiting.lock();
        try {
            events.subList(0, written.size()).clear();
        } finally {
            waiting.unlock();
        }
    }

    private boolean written(Page page, Page next) throws InterruptedException {
        Answer answer;
        try {
            var tree = next.tree(shelf);
            answer =
                    page.resourceVersion().isEmpty()
                            ? cluster.create(shelf.record(), tree)
                            : cluster.replace(shelf.record(), tree);
        } catch (ProblemException e) {
            if (!unknownFate(e)) {
                throw e;
            }
            doubt = true;
            // The answer got lost: what is there now tells whether the write was done.
            return load().nonce().equals(next.nonce());
        }
        return switch (answer) {
            case Answer.Accepted(var object) -> {
                last = next.stored(object);
                yield true;
            }
            case Answer.Refused(var refusal) -> {
                boolean gone = refusal.notFound() && !page.resourceVersion().isEmpty();
                if (!refusal.stale() && !refusal.alreadyExists() && !gone) {
                    throw refusal.problem().thrown();
                }
                yield false;
            }
        };
    }

    private static boolean unknownFate(ProblemException e) {
        return e.problems().stream()
                .anyMatch(problem ->
                        problem.code() instanceof KubernetesCode code
                                && UNKNOWN_FATE.contains(code));
    }
}
