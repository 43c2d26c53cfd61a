package dev.fairlead.target.kubernetes.http;

import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How many requests of one priority may be under way: more after good answers, half of them after a round of refusals. So
/// a server that can do more gets more, and nobody waits for a rate that was guessed.
final class Gate {
    private static final double FIRST = 16;
    private static final double MOST = 64;

    /// Nobody waits longer at the gate, whatever the server asks for: it is asked again then.
    private static final Duration CLOSED = Duration.ofSeconds(5);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Ticker ticker;
    private double limit = FIRST;
    private int inside;
    private long round;
    private boolean refusedOnce;
    private @Nullable Deadline closed;

    Gate(Ticker ticker) {
        this.ticker = ticker;
    }

    /// Waits for room.
    ///
    /// @return the round, for {@link #answered} and {@link #refused}
    long enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (closed != null && !closed.passed()) {
                    var _ = left.awaitNanos(LOOK_NANOS);
                } else if (inside >= (int) limit) {
                    left.await();
                } else {
                    inside++;
                    return round;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// The request was looked at, or got lost.
    ///
    /// @param shares the server shares itself out between its clients: as long as it has refused nothing, twice as many
    ///     after each round crowd nobody out; else one more
    void answered(boolean shares) {
        leave(() -> limit = Math.min(MOST, limit + (shares && !refusedOnce ? 1 : 1 / limit)));
    }

    /// The server has too much to do. Those that were under way together are one refusal.
    ///
    /// @param rest how long it wants to be left alone
    void refused(long of, Duration rest) {
        leave(() -> {
            refusedOnce = true;
            var wanted = rest.compareTo(CLOSED) < 0 ? rest : CLOSED;
            if (closed == null || closed.left().compareTo(wanted) < 0) {
                closed = Deadline.in(wanted, ticker);
            }
            if (of == round) {
                round++;
                limit = Math.max(1, limit / 2);
            }
        });
    }

    private void leave(Runnable change) {
        lock.lock();
        try {
            inside--;
            change.run();
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int limit() {
        lock.lock();
        try {
            return (int) limit;
        } finally {
            lock.unlock();
        }
    }
}
