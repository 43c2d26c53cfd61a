package dev.fairlead.deploy.slot;

import dev.fairlead.deploy.journal.Store.Versioned;
import dev.fairlead.inventory.environment.EnvironmentRef;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/// What a target keeps for slots. Beside it, a slot is an environment like any other: its record, journal and units are
/// reached by its {@link EnvironmentRef}. On local these are files beside the state, on Kubernetes one object for the
/// ledger and the annotations of namespaces.
public interface SlotPort {
    /// Who has which slot of an environment, as a plain JSON object; empty when nobody ever took one.
    Optional<Versioned> ledger(String environment);

    /// Writes the ledger if its version is still `expected` (0: there is none); false when somebody else was faster.
    boolean compareAndSet(String environment, long expected, Map<String, Object> ledger);

    /// The numbers of an environment of which anything is kept, taken or not.
    SortedSet<Integer> instances(String environment);

    Optional<Activity> activity(EnvironmentRef ref);

    /// Notes that somebody did something with the slot.
    void touch(EnvironmentRef ref, Activity activity);

    /// What was done, and when.
    ///
    /// @param why `up`, `logs -f`, `an edit of api was served`
    record Activity(Instant at, String why) {}

    /// What keeps the slot from being collected, set by somebody at the target itself.
    default Optional<String> kept(EnvironmentRef ref) {
        return Optional.empty();
    }

    /// Removes everything that is kept of an environment whose units are gone with their data: its record, events, ports,
    /// secrets, output, activity. Idempotent.
    ///
    /// @return false when there are units, or somebody is at work there: nothing was removed then
    boolean dissolve(EnvironmentRef ref);

    /// Makes the folder in which the slot works on a branch, or brings it to that branch.
    ///
    /// @param anew what is there was never handed out and is made again
    /// @throws dev.fairlead.diagnostic.ProblemException when there is no such branch, or the folder has unsaved work and
    ///     would have to change
    Path checkout(EnvironmentRef ref, String branch, boolean anew);

    /// The folder of {@link #checkout}, while it is there.
    Optional<Path> folder(EnvironmentRef ref);

    /// Whether any slot has a folder of its own.
    boolean hasFolders();

    /// The slot whose folder a path lies in.
    Optional<Numbered> slotOf(Path path);

    /// A slot of an environment.
    record Numbered(String environment, int number) {}

    /// What that folder has that is in no commit, or commits that are on no branch; empty when nothing would be lost.
    Optional<String> unsaved(EnvironmentRef ref);

    /// Removes the folder with everything in it. Idempotent.
    void dropCheckout(EnvironmentRef ref);
}
