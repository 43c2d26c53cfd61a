package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.target.local.system.ProcessTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A probe that says more than what was probed: a process that was stopped answers nobody, and one that does not listen yet
/// mostly prints what it waits for.
final class Unready implements Probe {
    /// What a process prints changes far more often than anybody reads it.
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Probe probe;
    private final int pid;
    private final Supplier<List<String>> lastLines;
    private long next = System.nanoTime() + EVERY.toNanos();
    private List<String> said = List.of();

    /// @param pid the unit's main process
    /// @param lastLines of its output
    Unready(Probe probe, int pid, Supplier<List<String>> lastLines) {
        this.probe = probe;
        this.pid = pid;
        this.lastLines = lastLines;
    }

    @Override
    public Optional<Cause> look() throws InterruptedException {
        return ProcessTable.stopped(pid)
                ? Optional.of(Causes.stopped("its process", pid))
                : probe.look().map(this::told);
    }

    private Cause told(Cause cause) {
        if (System.nanoTime() - next >= 0) {
            said = lastLines.get();
            next = System.nanoTime() + EVERY.toNanos();
        }
        boolean silent =
                cause.code() == CauseCode.PROBE_REFUSED || cause.code() == CauseCode.PROBE_PENDING;
        return silent && cause.evidence().isEmpty()
                ? new Cause(cause.code(), cause.what(), cause.advice(), said)
                : cause;
    }

    @Override
    public Optional<Cause> unanswered() {
        return probe.unanswered();
    }

    @Override
    public Optional<Cause> silent() {
        return probe.silent();
    }

    @Override
    public Duration every(boolean settled) {
        return probe.every(settled);
    }
}
