package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.UnitState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Looks at something that is well whenever somebody asks, and again and again while it is not.
final class Looks {
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Board board;
    private final Supplier<Optional<Cause>> hindrance;
    private final BlockingQueue<CompletableFuture<Void>> asked = new LinkedBlockingQueue<>();

    /// @param hindrance what stands against its being ready now
    Looks(Board board, Supplier<Optional<Cause>> hindrance) {
        this.board = board;
        this.hindrance = hindrance;
    }

    CompletableFuture<Void> look() {
        var done = new CompletableFuture<Void>();
        asked.add(done);
        return done;
    }

    /// Answers until the end of what is looked at.
    void until(CompletableFuture<?> end) throws InterruptedException {
        var _ = end.whenComplete((_, _) -> asked.add(new CompletableFuture<>()));
        boolean well = true;
        while (!end.isDone()) {
            var done = well ? asked.take() : asked.poll(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            if (!end.isDone()) {
                var cause = hindrance.get();
                well = cause.isEmpty();
                cause.ifPresentOrElse(
                        found -> board.become(UnitState.DEGRADED, found),
                        () -> board.become(UnitState.READY));
            }
            if (done != null) {
                done.complete(null);
            }
        }
    }
}
