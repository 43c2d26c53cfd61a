package dev.fairlead.target.local.system;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Waits for file descriptors on one platform thread: for the output of all units and the end of adopted processes.
/// Costs nothing while nothing happens.
public final class Poller {
    private static final short IN = 1;
    private static final long SIZE_OF_POLLFD = 8;

    private static final class Registration {
        final int fd;
        final Runnable action;

        Registration(int fd, Runnable action) {
            this.fd = fd;
            this.action = action;
        }
    }

    private final Map<Integer, Registration> readable = new HashMap<>();
    private final int wake;

    /// Starts the thread, which does not keep the JVM alive.
    public Poller() throws IOException {
        wake = (int) Libc.eventfd(0, 0x800 /* EFD_NONBLOCK */).orThrow("eventfd");
        Thread.ofPlatform().name("poller").daemon().start(this::run);
    }

    /// Calls `action` on the poller's thread whenever there is something to read, until {@link #remove}.
    void add(int fd, Runnable action) {
        synchronized (readable) {
            readable.put(fd, new Registration(fd, action));
        }
        wakeUp();
    }

    /// Ends it; an action that is under way may still run.
    void remove(int fd) {
        synchronized (readable) {
            readable.remove(fd);
        }
        wakeUp();
    }

    /// Completes when the process is gone, which need not be our child.
    ///
    /// @return completed already when there is no such process
    public CompletableFuture<Exit> end(int pid) {
        var end = new CompletableFuture<Exit>();
        var answer = Libc.pidfdOpen(pid);
        if (answer.value() < 0) {
            end.complete(Exit.UNKNOWN);
            return end;
        }
        int fd = (int) answer.value();
        add(
                fd,
                () -> {
                    remove(fd);
                    Libc.close(fd);
                    end.complete(Exit.UNKNOWN);
                });
        return end;
    }

    private void wakeUp() {
        try (var arena = Arena.ofConfined()) {
            Libc.write(wake, arena.allocateFrom(JAVA_LONG, 1L));
        }
    }

    private void run() {
        while (true) {
            try (var arena = Arena.ofConfined()) {
                List<Registration> watched;
                synchronized (readable) {
                    watched = List.copyOf(readable.values());
                }
                var fds = arena.allocate(SIZE_OF_POLLFD * (watched.size() + 1), 8);
                for (int i = 0; i < watched.size(); i++) {
                    put(fds, i, watched.get(i).fd);
                }
                put(fds, watched.size(), wake);
                if (Libc.poll(fds, watched.size() + 1L, -1).value() > 0) {
                    Libc.read(wake, arena.allocate(8)); // never blocks
                    answer(fds, watched);
                }
            }
        }
    }

    private void answer(MemorySegment fds, List<Registration> watched) {
        for (int i = 0; i < watched.size(); i++) {
            var registration = watched.get(i);
            boolean ready = fds.get(JAVA_SHORT, i * SIZE_OF_POLLFD + 6) != 0;
            boolean still;
            synchronized (readable) {
                // The number may have been closed and given again since.
                still = readable.get(registration.fd) == registration;
            }
            if (ready && still) {
                registration.action.run();
            }
        }
    }

    private static void put(MemorySegment fds, int index, int fd) {
        fds.set(JAVA_INT, index * SIZE_OF_POLLFD, fd);
        fds.set(JAVA_SHORT, index * SIZE_OF_POLLFD + 4, IN);
        fds.set(JAVA_SHORT, index * SIZE_OF_POLLFD + 6, (short) 0);
    }
}
