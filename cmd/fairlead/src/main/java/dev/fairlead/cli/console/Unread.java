package dev.fairlead.cli.console;

import java.time.Duration;

/// Notices that nobody reads a stream of this process any more, also while nothing is written to it:
/// `fairlead logs -f | head`. Looks until closed.
public final class Unread implements AutoCloseable {
    private static final Duration SLICE = Duration.ofMillis(500);

    private final Runnable onGone;
    private volatile boolean closed;
    private volatile boolean noticed;

    private Unread(Runnable onGone) {
        this.onGone = onGone;
    }

    /// Interrupts the calling thread when the reader of standard output is gone.
    public static Unread output() {
        return watch(1, Thread.currentThread()::interrupt);
    }

    /// The same for standard error, where progress goes.
    ///
    /// @param onGone called once, on a thread of its own
    public static Unread progress(Runnable onGone) {
        return watch(2, onGone);
    }

    private static Unread watch(int descriptor, Runnable onGone) {
        var watch = new Unread(onGone);
        Thread.ofPlatform().daemon().name("unread").start(() -> watch.look(descriptor));
        return watch;
    }

    private void look(int descriptor) {
        boolean broken = false;
        while (!broken && !closed) {
            broken = Libc.brokenWithin(descriptor, SLICE);
        }
        if (broken && !closed) {
            noticed = true;
            onGone.run();
        }
    }

    /// Whether the reader is gone: what came after that was for nobody.
    public boolean noticed() {
        return noticed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
