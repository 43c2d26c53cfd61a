package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.migrate.store.Session;
import dev.fairlead.migrate.store.SqlStates;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Cancels what the working session runs when an attempt's time is over or somebody asks the run to end. The server's
/// `statement_timeout` knows single statements only; an attempt has several.
final class Watch implements AutoCloseable {
    private static final int LOOK_MILLIS = 40;

    /// Why a statement was cancelled.
    enum Reason {
        TIME_IS_OVER,
        ASKED_TO_END
    }

    private final Session session;
    private final Cancellation cancellation;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private boolean armed;
    private @Nullable Deadline deadline;
    private @Nullable Reason fired;

    Watch(Session session, Cancellation cancellation) {
        this.session = session;
        this.cancellation = cancellation;
        this.thread = Thread.ofVirtual().name("migrator's watch").start(this::look);
    }

    /// An attempt begins.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    synchronized void arm(Optional<Duration> atMost) {
        armed = true;
        fired = null;
        deadline = atMost.map(time -> Deadline.in(time, Ticker.SYSTEM)).orElse(null);
    }

    /// An attempt ended.
    ///
    /// @return why it was cancelled, if it was
    Optional<Reason> disarm() {
        Optional<Reason> reason;
        synchronized (this) {
            armed = false;
            reason = Optional.ofNullable(fired);
        }
        // A cancel that came late must not hit the next statement.
        boolean clean = reason.isEmpty();
        for (int i = 0; !clean && i < 10 && session.isOpen(); i++) {
            try {
                session.execute("SELECT 1");
                clean = true;
            } catch (SQLException e) {
                clean = !SqlStates.cancelled(e);
            }
        }
        return reason;
    }

    /// What is left of the attempt's time; empty when it has no end.
    synchronized Optional<Duration> left() {
        return Optional.ofNullable(deadline).map(Deadline::left);
    }

    /// Whether somebody asks the run to end.
    boolean asked() {
        return cancellation.requested();
    }

    private void look() {
        try {
            while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                lookOnce();
            }
        } catch (InterruptedException _) {
            // nobody interrupts it
        }
    }

    private synchronized void lookOnce() {
        if (!armed) {
            return;
        }
        if (cancellation.requested()) {
            fired = Reason.ASKED_TO_END;
        } else if (deadline != null && deadline.passed()) {
            fired = Reason.TIME_IS_OVER;
        }
        if (fired != null) {
            try {
                session.cancel();
            } catch (SQLException _) {
                // then the connection is broken, and the statement fails by that
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // it ends by itself
        }
    }
}
