package dev.fairlead.target.local.supervisor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Work that several units want in one folder is done by one of them at a time: builds of one command, the same task of
/// several slots.
final class OneAtATime {
    // Not a lock of java.util.concurrent.locks: whoever enters may leave on another thread.
    private static final Map<String, Semaphore> TURNS = new ConcurrentHashMap<>();

    private OneAtATime() {}

    /// A turn that was waited for.
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /// Waits until nobody is at work under this key.
    static Turn enter(String key) throws InterruptedException {
        var turn = TURNS.computeIfAbsent(key, _ -> new Semaphore(1, true));
        turn.acquire();
        return turn::release;
    }
}
