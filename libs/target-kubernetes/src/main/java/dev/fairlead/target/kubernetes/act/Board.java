package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.discovery.ApiResource;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.look.Listed;
import dev.fairlead.target.kubernetes.stream.Seen;
import dev.fairlead.target.kubernetes.stream.Watch;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The objects of a namespace as they are now: one watch per kind that somebody asked for, kept until it is closed.
final class Board implements AutoCloseable {
    private final Home home;
    private final TreeMap<ObjectRef, Map<String, Object>> objects = new TreeMap<>();
    private final Map<ApiResource, Thread> watches = new TreeMap<>();
    private final Map<ApiResource, String> seeds = new TreeMap<>();
    private final Set<ApiResource> listed = new TreeSet<>();
    private final Set<ObjectRef> told = new HashSet<>();
    private boolean blank;
    private @Nullable ProblemException failure;
    private long changes;

    Board(Home home) {
        this.home = home;
    }

    /// Takes what was seen a moment ago: a kind is watched only once one of its objects is waited for, from that moment on.
    ///
    /// @param empty there was no namespace then
    synchronized void seed(Listed seen, boolean empty) {
        seeds.putAll(seen.moments());
        seen.objects().forEach(objects::put);
        blank = empty;
    }

    /// Whether the objects of a kind are known without a question.
    synchronized boolean knows(ApiResource resource) {
        return blank || seeds.containsKey(resource) || listed.contains(resource);
    }

    /// Watches a kind from now on; answers when its objects are known.
    void watch(ApiResource resource) throws InterruptedException {
        synchronized (this) {
            if (!watches.containsKey(resource)) {
                var selection = Listed.own(home, resource);
                var from = seeds.getOrDefault(resource, "");
                var thread =
                        Thread.ofVirtual()
                                .name("watch-" + resource.plural())
                                .unstarted(() -> follow(resource, selection, from));
                watches.put(resource, thread);
                if (!from.isEmpty()) {
                    listed.add(resource);
                }
                thread.start();
            }
            while (!listed.contains(resource) && failure == null) {
                wait();
            }
            rethrow();
        }
    }

    private void follow(ApiResource resource, Selection selection, String from) {
        try {
            Watch.follow(home.cluster(), selection, from, seen -> take(resource, seen));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the session is over
        } catch (ProblemException e) {
            synchronized (this) {
                failure = e;
                changed();
            }
        }
    }

    private synchronized boolean take(ApiResource resource, Seen seen) {
        switch (seen) {
            case Seen.Listed(var trees) -> {
                var there = new HashSet<ObjectRef>();
                trees.forEach(tree -> there.add(ObjectRef.of(tree)));
                objects.keySet().removeIf(ref -> isOf(resource, ref) && !there.contains(ref));
                trees.forEach(this::put);
                listed.add(resource);
            }
            case Seen.Put(var tree) -> put(tree);
            case Seen.Removed(var tree) -> {
                var ref = ObjectRef.of(tree);
                var known = objects.get(ref);
                if (known != null && uid(known).equals(uid(tree))) {
                    objects.remove(ref);
                }
            }
        }
        changed();
        return true;
    }

    private static boolean isOf(ApiResource resource, ObjectRef ref) {
        return resource.kind().equals(ref.kind()) && resource.group().equals(ref.group());
    }

    /// Takes what a watch shows, unless it is of the time before a write.
    synchronized void put(Map<String, Object> tree) {
        told.add(ObjectRef.of(tree));
        putFrom(tree, 0);
    }

    /// Takes the answer to a write of ours. The watch may have been faster and know already what a controller said to
    /// this generation: the answer is the older state then, and nothing would ever come after it.
    synchronized void wrote(Map<String, Object> tree) {
        putFrom(tree, told.contains(ObjectRef.of(tree)) ? 1 : 0);
    }

    /// @param ahead how many generations it must be ahead of what is known
    private void putFrom(Map<String, Object> tree, int ahead) {
        var ref = ObjectRef.of(tree);
        var known = objects.get(ref);
        boolean older =
                known != null
                        && uid(known).equals(uid(tree))
                        && generation(tree) < generation(known) + ahead;
        if (!older) {
            objects.put(ref, tree);
            changed();
        }
    }

    private static Optional<String> uid(Map<String, Object> tree) {
        return Trees.text(tree, "metadata", "uid");
    }

    private static long generation(Map<String, Object> tree) {
        return Trees.number(tree, "metadata", "generation").orElse(0L);
    }

    synchronized Optional<Map<String, Object>> find(ObjectRef ref) throws ProblemException {
        rethrow();
        return Optional.ofNullable(objects.get(ref));
    }

    /// Everything that is known.
    synchronized Listed known() {
        return Listed.known(objects);
    }

    synchronized List<Map<String, Object>> ofKind(String group, String kind) {
        var found = new ArrayList<Map<String, Object>>();
        objects.forEach((ref, tree) -> {
            if (ref.group().equals(group) && ref.kind().equals(kind)) {
                found.add(tree);
            }
        });
        return found;
    }

    /// Until something changes, at most so long.
    synchronized void await(long millis) throws InterruptedException {
        long seen = changes;
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left = millis;
        while (changes == seen && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
    }

    private void changed() {
        changes++;
        notifyAll();
    }

    private void rethrow() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public synchronized void close() {
        watches.values().forEach(Thread::interrupt);
    }
}
