package dev.fairlead.cli.console;

import org.jline.utils.Signals;

/// Ctrl-C (and a polite TERM) while something runs: calls back instead of ending the process, until closed.
public final class Interrupts implements AutoCloseable {
    private final Object interrupt;
    private final Object terminate;

    private Interrupts(Object interrupt, Object terminate) {
        this.interrupt = interrupt;
        this.terminate = terminate;
    }

    /// @param onInterrupt called for each signal, on a thread of its own
    public static Interrupts handledBy(Runnable onInterrupt) {
        return new Interrupts(
                Signals.register("INT", onInterrupt), Signals.register("TERM", onInterrupt));
    }

    @Override
    public void close() {
        Signals.unregister("INT", interrupt);
        Signals.unregister("TERM", terminate);
    }
}
