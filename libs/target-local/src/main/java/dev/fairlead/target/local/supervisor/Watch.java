package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.target.local.system.Exit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Watches one process: sees when it becomes ready, whether it stays so, and its end.
final class Watch {
    private static final int MISSES_UNTIL_DEGRADED = 3;
    private static final Duration WHILE_DEGRADED = Duration.ofSeconds(1);
    private static final Duration WHILE_ASKED = Duration.ofMillis(100);

    /// How long whoever asks waits for an answer of the unit, if answers used to take a part of that only.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int MUCH_LONGER = 4;

    private final Board board;
    private final Probe probe;
    private final Running running;
    private final Limits limits;
    private final Heard heard;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final List<CompletableFuture<Void>> asked = new ArrayList<>();
    private final long started = System.nanoTime();
    private boolean everReady;
    private boolean late;
    private long readySince;
    private long nextLook = System.nanoTime();
    private boolean looking;
    private long lookedAt;
    private long usual = Long.MAX_VALUE;
    private int misses;

    private sealed interface Signal {
        record Gone(Exit exit) implements Signal {}

        record Looked(Optional<Cause> cause) implements Signal {}

        record Reload() implements Signal {}

        record Asked(CompletableFuture<Void> done) implements Signal {}

        record Passed() implements Signal {}
    }

    /// How long things may take.
    ///
    /// @param ready until it must be ready; a process that is late has failed, but is left alone: it may still come
    /// @param end after which a task is too slow
    record Limits(Optional<Duration> ready, Optional<Duration> end) {}

    /// Hears of what is seen, each at most once.
    interface Heard {
        void ready();

        void late(Cause cause);
    }

    Watch(Board board, Probe probe, Running running, Limits limits, Heard heard) {
        this.board = board;
        this.probe = probe;
        this.running = running;
        this.limits = limits;
        this.heard = heard;
    }

    /// Asks for the end of the watch, because the process is to be replaced.
    void reload() {
        signals.add(new Signal.Reload());
    }

    /// Looks now, however well all was so far, and as often as it takes to be certain.
    ///
    /// @return done when the board says how it stands
    CompletableFuture<Void> lookNow() {
        var done = new CompletableFuture<Void>();
        signals.add(new Signal.Asked(done));
        return running.exit().isDone() ? CompletableFuture.completedFuture(null) : done;
    }

    /// Watches until the process ends, or the watch is over for another reason.
    Ended untilEnd() throws InterruptedException {
        if (running.wasReady()) {
            ready();
        }
        var _ = running.exit().whenComplete((exit, _) -> signals.add(new Signal.Gone(exit)));
        while (true) {
            switch (next()) {
                case Signal.Gone(var exit) -> {
                    return new Ended.ByItself(exit, everReady, since(started), readyFor());
                }
                case Signal.Reload() -> {
                    return new Ended.ForReload();
                }
                case Signal.Looked(var cause) -> {
                    looked(cause);
                    answered();
                }
                case Signal.Asked(var done) -> {
                    asked.add(done);
                    nextLook = System.nanoTime();
                }
                case Signal.Passed() -> {
                    if (limits.end().filter(this::passed).isPresent()) {
                        return new Ended.TooLong(limits.end().get());
                    }
                    if (awaitsReady() && limits.ready().filter(this::passed).isPresent()) {
                        late = true;
                        becomeLate(board.status().cause());
                        heard.late(board.status().cause().orElseThrow());
                    }
                    if (!asked.isEmpty() && silentSince().compareTo(PATIENCE) >= 0) {
                        silent();
                    }
                    look();
                }
            }
        }
    }

    /// Whoever asks is answered when the unit is well, or certainly not.
    private void answered() {
        boolean open = everReady && misses > 0 && misses < MISSES_UNTIL_DEGRADED;
        if (open && !asked.isEmpty()) {
            nextLook = System.nanoTime() + WHILE_ASKED.toNanos();
        } else {
            release();
        }
    }

    private void release() {
        asked.forEach(done -> done.complete(null));
        asked.clear();
    }

    private Duration silentSince() {
        return looking ? since(lookedAt) : Duration.ZERO;
    }

    /// The look that is under way has not ended. Its late answer corrects what is said here.
    private void silent() {
        boolean unusual = PATIENCE.toNanos() / MUCH_LONGER > usual;
        if (everReady && unusual) {
            probe.silent().ifPresent(cause -> board.become(UnitState.DEGRADED, cause));
        }
        release();
    }

    private Signal next() throws InterruptedException {
        long now = System.nanoTime();
        long wait = looking ? Probe.NEVER.toNanos() : nextLook - now;
        if (limits.end().isPresent()) {
            wait = Math.min(wait, started + limits.end().get().toNanos() - now);
        }
        if (awaitsReady() && limits.ready().isPresent()) {
            wait = Math.min(wait, started + limits.ready().get().toNanos() - now);
        }
        if (looking && !asked.isEmpty()) {
            wait = Math.min(wait, PATIENCE.minus(silentSince()).toNanos());
        }
        var signal = signals.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
        return signal == null ? new Signal.Passed() : signal;
    }

    private boolean awaitsReady() {
        return !everReady && !late;
    }

    private boolean passed(Duration limit) {
        return since(started).compareTo(limit) >= 0;
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private void becomeLate(Optional<Cause> last) {
        board.become(UnitState.FAILED, Cause.timedOut(limits.ready().orElseThrow(), last));
    }

    /// Looks on a thread of its own, so that the end of the process is seen meanwhile.
    private void look() {
        if (looking || System.nanoTime() - nextLook < 0) {
            return;
        }
        looking = true;
        lookedAt = System.nanoTime();
        if (!everReady && board.status().cause().isEmpty()) {
            probe.unanswered().ifPresent(cause -> board.become(waiting(), cause));
        }
        Thread.startVirtualThread(() -> {
            try {
                signals.add(new Signal.Looked(probe.look()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void looked(Optional<Cause> cause) {
        looking = false;
        if (cause.isEmpty()) {
            usual = Math.min(usual, System.nanoTime() - lookedAt);
            misses = 0;
            ready();
            nextLook = System.nanoTime() + probe.every(true).toNanos();
        } else if (!everReady) {
            if (late) {
                becomeLate(cause);
            } else {
                board.become(waiting(), cause.get());
            }
            nextLook = System.nanoTime() + probe.every(false).toNanos();
        } else {
            misses++;
            if (misses >= MISSES_UNTIL_DEGRADED) {
                board.become(UnitState.DEGRADED, cause.get());
            }
            nextLook = System.nanoTime() + WHILE_DEGRADED.toNanos();
        }
    }

    /// A unit that was ready before and is started again stays degraded until it is back.
    private UnitState waiting() {
        return board.status().state() == UnitState.DEGRADED
                ? UnitState.DEGRADED
                : UnitState.STARTING;
    }

    private void ready() {
        board.become(UnitState.READY);
        if (!everReady) {
            everReady = true;
            readySince = System.nanoTime();
            heard.ready();
        }
    }

    private Duration readyFor() {
        return everReady ? since(readySince) : Duration.ZERO;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
