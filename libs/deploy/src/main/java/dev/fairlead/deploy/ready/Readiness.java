package dev.fairlead.deploy.ready;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Waits for one unit: in slices, so that what it lacks is told while it lasts.
public final class Readiness {
    private static final Duration SLICE = Duration.ofSeconds(1);

    private Readiness() {}

    /// How the wait ended.
    public sealed interface Verdict {
        /// It is ready.
        record Ready() implements Verdict {}

        /// It certainly does not become ready.
        record Failed(UnitStatus status) implements Verdict {}

        /// The deadline passed.
        record TimedOut(UnitStatus status) implements Verdict {}
    }

    /// @param progress is told why the unit is not ready yet, each time the reason changes
    public static Verdict await(
            Session session, UnitName unit, Deadline deadline, Consumer<String> progress)
            throws InterruptedException {
        Optional<String> told = Optional.empty();
        while (true) {
            var status = session.await(unit, deadline.slice(SLICE));
            if (status.state() == UnitState.READY) {
                return new Verdict.Ready();
            }
            // The target has the deadline too, and may see it pass a moment earlier.
            boolean late =
                    status.cause().filter(cause -> cause.code() == CauseCode.TIMED_OUT).isPresent();
            if (status.state() == UnitState.FAILED && !late) {
                return new Verdict.Failed(status);
            }
            if (late || deadline.passed()) {
                return new Verdict.TimedOut(status);
            }
            var why = status.cause().map(Cause::what);
            if (why.isPresent() && !why.equals(told)) {
                progress.accept(why.get());
                told = why;
            }
        }
    }
}
