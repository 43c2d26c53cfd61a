package dev.fairlead.deploy.kind;

import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Unit;
import java.time.Duration;
import java.util.Map;

/// A kind of unit that no target runs as a process: what it does has a plan of its own, and once it is done nothing of it
/// stays but what it did. Everything it needs of the world it reaches through {@link Subject#dial}.
///
/// Failing surroundings and wrong input are reported as a {@link dev.fairlead.diagnostic.ProblemException}; how the work
/// ended is a {@link KindEnd}. An interrupt ends `run` and `await` early.
public interface UnitKind {
    /// The word for it in plans and output, and the `kind` of its content: `migrations`.
    String name();

    boolean covers(Unit unit);

    /// How long its work may take.
    Duration timeout(Unit unit);

    /// What shall be there, as a plain tree without secrets: the same for the same files. It is hashed, compared and kept
    /// like the content of any unit.
    Map<String, Object> content(Environment environment, Unit unit);

    /// What would be done now. Reads what there is, writes nothing, takes no lock; what cannot be read yet, because its
    /// unit does not run, makes the plan {@link KindPlan.State#UNKNOWN} and is no error.
    KindPlan plan(Subject subject);

    /// Does it. May be done again at any time: what is done already is not done twice.
    KindEnd run(Subject subject, KindWatch watch) throws InterruptedException;

    /// Waits until what {@link #content} says is there; writes nothing. For units that need it. Whatever this deploy does
    /// for it is done by then: what is missing and nobody works on is a failure at once.
    KindEnd await(Subject subject, Deadline deadline, KindWatch watch) throws InterruptedException;

    /// What the work left, looked at once it is done, where others did it: as {@link KindEnd.Done} has it otherwise. Empty
    /// where it cannot be read.
    default Map<String, Object> seen(Subject subject) {
        return Map.of();
    }

    /// What is left when a unit of this kind is removed, for people: `its database stays as it is`.
    String remains();
}
