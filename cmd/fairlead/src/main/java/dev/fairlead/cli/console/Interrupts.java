package dev.fairlead.cli.console;

import org.jline.utils.Signals;

/// Ctrl-C (and a polite TERM, or the HUP of a terminal that is closed) while something runs: calls back instead of ending
/// the process, until closed.
public final class Interrupts implements AutoCloseable {
    private final Object interrupt;
    private final Object terminate;
    private final Object hangUp;

    private Interrupts(Object interrupt, Object terminate, Object hangUp) {
        this.interrupt = interrupt;
        this.terminate = terminate;
        this.hangUp = hangUp;
    }

    /// All signals mean the same. It is called for each of them, on a thread of its own.
    public static Interrupts handledBy(Runnable onSignal) {
        return handledBy(onSignal, onSignal);
    }

    /// @param onInterrupt a person typed Ctrl-C and can be asked
    /// @param onTerminate somebody wants the process to end, and nobody can be asked
    public static Interrupts handledBy(Runnable onInterrupt, Runnable onTerminate) {
        return new Interrupts(
                Signals.register("INT", onInterrupt),
                Signals.register("TERM", onTerminate),
                Signals.register("HUP", onTerminate));
    }

    @Override
    public void close() {
        Signals.unregister("INT", interrupt);
        Signals.unregister("TERM", terminate);
        Signals.unregister("HUP", hangUp);
    }
}
