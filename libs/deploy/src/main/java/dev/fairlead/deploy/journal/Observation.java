package dev.fairlead.deploy.journal;

import dev.fairlead.deploy.journal.EnvironmentRecord.Lease;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import org.jspecify.annotations.Nullable;

/// What one process sees of the holder of a lease, from when it first looks.
final class Observation {
    /// What is known of a holder.
    enum Verdict {
        /// It was at work just now.
        ALIVE,
        /// Neither is certain yet.
        OPEN,
        DEAD
    }

    /// What only the holder changes.
    private record Sign(long token, long beat) {}

    private final Store store;
    private final Ticker ticker;
    private @Nullable Sign last;
    private @Nullable Deadline lapse;
    private @Nullable Deadline requests;
    private boolean moved;

    Observation(Store store, Ticker ticker) {
        this.store = store;
        this.ticker = ticker;
    }

    /// @param token of the record that the lease was found in
    Verdict of(Lease lease, long token) {
        if (!store.alive(lease.holder())) {
            return Verdict.DEAD;
        }
        var heartbeat = store.heartbeat();
        if (heartbeat.isEmpty()) {
            return Verdict.ALIVE;
        }
        var sign = new Sign(token, lease.beat());
        var limit = lapse;
        if (limit == null || !sign.equals(last)) {
            moved = last != null;
            last = sign;
            requests = null;
            lapse = Deadline.in(heartbeat.get().lapse(), ticker);
            return moved ? Verdict.ALIVE : Verdict.OPEN;
        }
        if (limit.passed() || isOver(lease, heartbeat.get())) {
            return Verdict.DEAD;
        }
        return moved ? Verdict.ALIVE : Verdict.OPEN;
    }

    // Counted from when its end was seen: until then it could send another request.
    private boolean isOver(Lease lease, Heartbeat heartbeat) {
        var limit = requests;
        if (limit != null) {
            return limit.passed();
        }
        if (store.ended(lease.holder())) {
            requests = Deadline.in(heartbeat.request(), ticker);
        }
        return false;
    }
}
