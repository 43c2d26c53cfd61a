package dev.fairlead.diagnostic.time;

import java.util.concurrent.atomic.AtomicBoolean;

/// A wish to end early. Once asked for it stays. It is not a thread's interrupt, because an interrupt closes the file that
/// a journal is just written to.
public final class Cancellation {
    private final AtomicBoolean asked = new AtomicBoolean();

    public void request() {
        asked.set(true);
    }

    public boolean requested() {
        return asked.get();
    }
}
