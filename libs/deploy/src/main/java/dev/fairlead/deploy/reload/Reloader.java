package dev.fairlead.deploy.reload;

import dev.fairlead.inventory.unit.Dev;
import java.time.Duration;
import java.util.Optional;

/// Watches, waits until it is quiet, builds, restarts. However many changes come, one build and one restart follow; those
/// that come meanwhile make another round.
public final class Reloader implements AutoCloseable {
    private static final int LONGEST_DEBOUNCE =
            10; // times the debounce: a file that changes for ever does not block it

    private final WatchedFiles files;
    private final Dev dev;
    private final Child child;
    private final Changes changes;
    private final Thread thread;
    private String served;
    private long firstChange;
    private long lastChange;
    private boolean changed;
    private boolean behind;

    private Reloader(WatchedFiles files, Dev dev, Child child, String served) {
        this.files = files;
        this.dev = dev;
        this.child = child;
        this.served = served;
        this.changes = Changes.of(files, this::note);
        this.thread = Thread.ofVirtual().name("reload").unstarted(this::run);
    }

    /// Starts to watch.
    ///
    /// @param served the digest of the files that the running process was started from; a difference to what lies on the
    ///     disk now counts as a change
    public static Reloader start(WatchedFiles files, Dev dev, Child child, String served) {
        var reloader = new Reloader(files, dev, child, served);
        reloader.thread.start();
        if (!files.digest().equals(served)) {
            reloader.note();
        }
        return reloader;
    }

    /// How changes are seen, for a person.
    public String how() {
        return changes.how();
    }

    private synchronized void note() {
        lastChange = System.nanoTime();
        if (!changed) {
            changed = true;
            firstChange = lastChange;
        }
        notifyAll();
    }

    private void run() {
        try {
            while (true) {
                long since = awaitQuiet();
                var digest = files.digest();
                if (!digest.equals(served)) {
                    reload(digest, since);
                } else if (behind) {
                    stands(Standing.CURRENT); // an edit that failed was taken back
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /// @return when the first of the changes came
    private synchronized long awaitQuiet() throws InterruptedException {
        while (!changed) {
            wait();
        }
        var debounce = dev.debounce();
        long latest = firstChange + debounce.multipliedBy(LONGEST_DEBOUNCE).toNanos();
        while (true) {
            long quiet = Math.min(lastChange + debounce.toNanos(), latest) - System.nanoTime();
            if (quiet <= 0) {
                changed = false;
                return firstChange;
            }
            wait(quiet / 1_000_000, (int) (quiet % 1_000_000));
        }
    }

    private void reload(String digest, long since) throws InterruptedException {
        stands(Standing.BEHIND);
        var failed = child.build(digest);
        if (failed.isPresent()) {
            stands(new Standing(false, Optional.empty(), failed));
            return;
        }
        served = digest;
        if (dev.toolReloads()) {
            stands(Standing.CURRENT);
            return;
        }
        boolean ready = child.restart();
        var took = Duration.ofNanos(System.nanoTime() - since);
        boolean more = isChanged();
        stands(
                new Standing(
                        ready && !more,
                        ready ? Optional.of(took) : Optional.empty(),
                        Optional.empty()));
    }

    private void stands(Standing standing) {
        behind = !standing.current();
        child.stands(standing);
    }

    private synchronized boolean isChanged() {
        return changed;
    }

    @Override
    public void close() {
        changes.close();
        thread.interrupt();
    }
}
