package dev.fairlead.target.kubernetes.http;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How many requests may be under way: one more after each round of answers, half of them after a refusal. So a server
/// that can do more gets more, and nobody waits for a rate that was guessed.
final class Gate {
    private static final double FIRST = 16;
    private static final double MOST = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private double limit = FIRST;
    private int inside;

    void enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (inside >= (int) limit) {
                left.await();
            }
            inside++;
        } finally {
            lock.unlock();
        }
    }

    /// @param refused the server said that it has too much to do
    void leave(boolean refused) {
        lock.lock();
        try {
            inside--;
            limit = refused ? Math.max(1, limit / 2) : Math.min(MOST, limit + 1 / limit);
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
