package dev.fairlead.target.local.system;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/// Starts processes and learns how they end. One platform thread waits for every child of this JVM: waiting on virtual
/// threads would block their carriers. There may be one per JVM.
public final class Reaper {
    private final Map<Integer, CompletableFuture<Exit>> open = new HashMap<>();
    private final Semaphore started = new Semaphore(0);

    /// Starts the thread, which never ends and does not keep the JVM alive.
    public Reaper() {
        Thread.ofPlatform().name("reaper").daemon().start(this::reap);
    }

    /// A process of ours and its end.
    public record Child(int pid, CompletableFuture<Exit> exit) {}

    public Child start(Spawn spawn) throws IOException {
        int pid = spawn.start();
        var exit = exitOf(pid);
        started.release();
        return new Child(pid, exit);
    }

    /// Whoever comes first, the starter or the end, makes the future; the other takes it out.
    private synchronized CompletableFuture<Exit> exitOf(int pid) {
        var known = open.remove(pid);
        if (known != null) {
            return known;
        }
        var fresh = new CompletableFuture<Exit>();
        open.put(pid, fresh);
        return fresh;
    }

    private void reap() {
        try (var arena = Arena.ofConfined()) {
            var status = arena.allocate(JAVA_INT);
            while (true) {
                var answer = Libc.waitpid(-1, status, 0);
                if (answer.value() > 0) {
                    exitOf((int) answer.value()).complete(Exit.ofStatus(status.get(JAVA_INT, 0)));
                } else if (answer.errno() == Libc.ECHILD) {
                    started.acquireUninterruptibly(); // no child at all: wait for the next
                    started.drainPermits();
                }
            }
        }
    }
}
