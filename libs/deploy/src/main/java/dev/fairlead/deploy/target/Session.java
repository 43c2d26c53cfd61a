package dev.fairlead.deploy.target;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.ObjectStep;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// A way to change one environment. Every change carries the fencing token of the execution that asks for it; a target
/// refuses a token lower than one it has seen, so a holder that stalled and came back changes nothing.
public interface Session extends AutoCloseable {
    /// Hands over what shall be: the evaluated environment with its secrets, which a target keeps in memory only, and
    /// stores what is new in `resolution` (ports, generated secrets, the digest key). Starts nothing; units that already
    /// run with the same hash are taken under watch again. Idempotent.
    ///
    /// A port that was chosen by the target (`auto`) and is found held by somebody else is replaced: the replacement is
    /// stored, nothing is handed over, and the caller resolves, evaluates and plans again, because other units may have
    /// been given the old number. It can happen again, each time with another port; callers try a few times.
    ///
    /// @param wanted the masked content of each unit and its hash, as a plan names it
    Handed hand(Environment environment, Resolution resolution, SortedMap<UnitName, Wanted> wanted);

    /// What a target answers to {@link #hand}.
    sealed interface Handed {
        /// It has everything it needs; units may be started.
        record Taken() implements Handed {}

        /// Chosen ports were taken and have been replaced: resolve and plan again.
        record PortsReplaced(List<PortReplaced> ports) implements Handed {
            public PortsReplaced {
                ports = List.copyOf(ports);
            }
        }
    }

    /// One chosen port that somebody else holds.
    ///
    /// @param holder who: `java (pid 4711)`
    record PortReplaced(UnitName unit, String port, int from, int to, String holder) {
        /// A note for the plan: `port http of api was 20123, which java (pid 4711) holds; it is 20124 now`.
        public String note() {
            return "port %s of %s was %d, which %s holds; it is %d now"
                    .formatted(port, unit, from, holder, to);
        }
    }

    /// The content of a unit as it is hashed, compared and stored: a plain tree with secrets masked.
    ///
    /// @param objects what it consists of on Kubernetes, in the order of its manifests, secrets marked; else none
    record Wanted(String hash, Map<String, Object> content, List<DesiredObject> objects) {
        public Wanted {
            objects = List.copyOf(objects);
        }

        /// A unit that is no set of objects.
        public Wanted(String hash, Map<String, Object> content) {
            this(hash, content, List.of());
        }
    }

    /// Makes a unit be what was handed over: starts it, or replaces what runs with another hash. Answers when that has
    /// begun; readiness is seen by {@link #await}. Does nothing to a unit that runs with the same hash, unless `force`.
    Answer start(UnitName unit, long token, boolean force);

    /// What the plan does with single objects, by unit; told before anything is started. A target that knows no objects
    /// takes no notice.
    default void follow(SortedMap<UnitName, List<ObjectStep>> steps) {}

    /// Removes the objects that leave units which stay, once everything is ready; those that others need last.
    default Answer tidy(long token) {
        return new Answer.Accepted(Optional.empty());
    }

    /// Keeps how a unit stands that the target does not run itself (a unit of a kind of its own): from now on it is in
    /// the snapshot, with this state, until it is removed. While it is `STARTING` that counts as long as this process
    /// lives.
    Answer note(UnitName unit, long token, Noted noted);

    /// The content that was noted of a unit last; empty for none.
    default Map<String, Object> noted(UnitName unit) {
        return Map.of();
    }

    /// How a unit stands.
    ///
    /// @param wanted the content that it stands for
    /// @param cause why it is not ready, where it is not
    record Noted(Wanted wanted, UnitState state, Optional<Cause> cause) {}

    /// Ends a unit and forgets it; answers when nothing of it runs any more. Needs no {@link #hand}.
    ///
    /// @param withData its data (databases, files it keeps in the state) go too
    Answer remove(UnitName unit, long token, boolean withData);

    /// Ends what runs of a unit and keeps the rest of it, so that {@link #start} wakes it; where a target has nothing between
    /// running and gone, the unit is removed and its data stays.
    default Answer sleep(UnitName unit, long token) {
        return remove(unit, token, false);
    }

    /// Waits until the unit is ready or failed, or `atMost` passed, and answers with its status then.
    UnitStatus await(UnitName unit, Duration atMost) throws InterruptedException;

    @Override
    void close();

    /// What a target answers to a change.
    sealed interface Answer {
        /// Begun (start) or done (remove).
        record Accepted(Optional<String> note) implements Answer {}

        /// A newer execution was here: the caller must stop.
        record Fenced(long newest) implements Answer {}

        /// It certainly cannot be done.
        record Failed(Cause cause) implements Answer {}
    }
}
