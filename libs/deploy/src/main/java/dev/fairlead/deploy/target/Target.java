package dev.fairlead.deploy.target;

import dev.fairlead.deploy.journal.Permit;
import dev.fairlead.deploy.journal.Store;
import dev.fairlead.deploy.object.ObjectStep;
import dev.fairlead.deploy.object.Scopes;
import dev.fairlead.deploy.slot.SlotPort;
import dev.fairlead.deploy.target.Session.Wanted;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Where units run. Everything that decides lives in libs/deploy; a target reads, does one thing at a time, and answers.
///
/// Methods report failing surroundings as a {@link dev.fairlead.diagnostic.ProblemException}; none waits without a limit.
public interface Target extends AutoCloseable {
    TargetKind kind();

    /// Addresses, secrets and the digest key for an outline. Writes nothing: what is new in it is proposed, the same each
    /// time where it can be (ports), and becomes lasting by {@link Session#hand}.
    Resolution resolve(Outline outline);

    /// What the target has of an environment. Writes and starts nothing, and needs no secret's value.
    Snapshot snapshot(EnvironmentRef ref);

    /// Has a fresh look taken at what is seen now and then only while all is well, so that a {@link #snapshot} after this
    /// tells how it is now. Starts nothing.
    ///
    /// @param atMost how long it may take; what takes longer is told as it was seen last
    /// @return what keeps every unit from going on, where somebody stopped who does the work
    default Optional<Cause> look(EnvironmentRef ref, Duration atMost) {
        return Optional.empty();
    }

    /// The same right after a plan or an execution of this process, from what that saw where it looked closely enough.
    default Snapshot recent(EnvironmentRef ref) {
        return snapshot(ref);
    }

    /// What the target has, and how each object that shall be differs from the one that is there. Writes nothing.
    ///
    /// @param desired what shall be; a target that knows no objects need not look at it
    default Snapshot snapshot(EnvironmentRef ref, SortedMap<UnitName, Wanted> desired) {
        return snapshot(ref);
    }

    /// What was applied, by unit, as {@link Snapshot.Applied#content}: without a look at how it fares.
    default SortedMap<UnitName, Map<String, Object>> contents(EnvironmentRef ref) {
        var contents = new TreeMap<UnitName, Map<String, Object>>();
        snapshot(ref).units().forEach((unit, applied) -> contents.put(unit, applied.content()));
        return contents;
    }

    /// Which kinds of objects live in a namespace here.
    default Scopes scopes() {
        return Scopes.OFFLINE;
    }

    /// What the target kept for an environment whose units and data are gone goes too, as far as that is its own; told
    /// after the execution that removed them has ended.
    default void dispose(EnvironmentRef ref) {}

    /// The environment's record, journal, events and revisions.
    Store store(EnvironmentRef ref);

    /// The environments that have state here, whatever services.yaml says by now: what `status`, `logs` and `down` choose
    /// from when it cannot be read. In the order of their keys.
    default List<EnvironmentRef> environments() {
        return List.of();
    }

    /// The name of the way to it, where there are several: a context of the kubeconfig.
    default Optional<String> context() {
        return Optional.empty();
    }

    /// The units that left something here (output, data), those too that were removed since. By name.
    default SortedSet<UnitName> remembered(EnvironmentRef ref) {
        return new TreeSet<>(snapshot(ref).units().keySet());
    }

    /// What stays of an environment when its units are gone.
    default Left left(EnvironmentRef ref) {
        return new Left("", List.of(), List.of());
    }

    /// In words for a person.
    ///
    /// @param folder where all of it lies; empty where that is no folder
    /// @param data what only a removal with data takes: `the database shop_dev`
    /// @param state the rest: `journal`, `logs`
    record Left(String folder, List<String> data, List<String> state) {
        public Left {
            data = List.copyOf(data);
            state = List.copyOf(state);
        }
    }

    /// Whether something of the environment runs that nobody watches, because the supervisor ended without it. A plan
    /// without changes then only hands over what shall be, so that it is under watch again.
    default boolean unattended(EnvironmentRef ref) {
        return false;
    }

    /// Whether units can sleep here: nothing of them runs, and they are still there.
    default boolean sleeps() {
        return false;
    }

    /// What it keeps for numbered instances; empty when it has none.
    default Optional<SlotPort> slots() {
        return Optional.empty();
    }

    /// A way from this process to a port of a unit: direct, or forwarded. Starts nothing.
    ///
    /// @param to how units of the environment address it
    default Reach dial(EnvironmentRef ref, UnitName unit, Endpoint to) {
        return new Reach.Open(to, () -> {});
    }

    /// A host and a port.
    record Endpoint(String host, int port) {}

    /// What a target answers to {@link #dial}.
    sealed interface Reach extends AutoCloseable {
        /// @param at the address for this process, until it is closed
        record Open(Endpoint at, Runnable end) implements Reach {
            @Override
            public void close() {
                end.run();
            }
        }

        /// The unit was there and does not run now.
        record Down(String why) implements Reach {}

        /// The unit was never there, or was removed with its data: nothing lies behind it.
        record Never() implements Reach {}

        @Override
        default void close() {}
    }

    /// What lives differently from what was applied last, by unit: what ended, what somebody started, changed or removed by
    /// hand. Compares with the target's own memory, not with a stack; writes nothing. That a unit failed or was stopped
    /// through Fairlead is in its status and no part of this.
    default List<Drift> drift(EnvironmentRef ref) {
        return List.of();
    }

    /// Runs a command where a unit runs, in its folder and with exactly its environment, secrets included; the terminal
    /// and the streams of this process are the command's until it ends. An interrupt asks it to end.
    ///
    /// @param declared the environment as the stack has it now, when it could be evaluated: for a unit that does not run
    default Executed execute(
            EnvironmentRef ref, UnitName unit, List<String> command, Optional<Environment> declared)
            throws InterruptedException {
        return new Executed.Impossible(
                new Cause(
                        CauseCode.NOT_STARTED,
                        "the target " + kind() + " runs no commands beside a unit",
                        List.of(),
                        List.of()));
    }

    /// Runs a command where a unit runs, on streams of the caller; blocks until it ends.
    default Executed execute(
            EnvironmentRef ref, UnitName unit, List<String> command, Streams streams)
            throws InterruptedException {
        return execute(ref, unit, command, Optional.empty());
    }

    /// Where the input of a command comes from and its output goes.
    record Streams(InputStream input, OutputStream output, OutputStream errors) {}

    /// What a target answers to {@link #execute}.
    sealed interface Executed {
        /// @param exitCode its own; 128 and the number of the signal when one ended it
        record Ended(int exitCode) implements Executed {}

        /// It was not begun.
        record Impossible(Cause why) implements Executed {}
    }

    /// Runs an agent once; answers when nothing of the run is left, and an interrupt ends it.
    default AgentRun.End run(
            EnvironmentRef ref, UnitName agent, AgentRun.Order order, AgentRun.Listener listener)
            throws InterruptedException {
        return new AgentRun.End.Refused(
                "the target " + kind() + " runs no agents", "choose another environment");
    }

    /// The rights that are missing to do what a plan does, asked for before anything is written.
    default List<Problem> lacks(EnvironmentRef ref, Collection<ObjectStep> steps) {
        return List.of();
    }

    /// Opens the way to change things; starts what the target needs for it (a supervisor).
    Session open(EnvironmentRef ref);

    /// The same for an execution that holds the lease. A target that cannot refuse an old fencing token at the very place
    /// of the change asks the permit before each of its writes.
    default Session open(EnvironmentRef ref, Permit permit) {
        return open(ref);
    }

    /// A unit's output, oldest first; the last `lines` of it (0: none), and with `follow` what comes, until interrupted or
    /// the consumer answers false.
    void logs(EnvironmentRef ref, LogRequest request, LogConsumer consumer)
            throws InterruptedException;

    @Override
    void close();

    /// Which output is wanted.
    ///
    /// @param units empty for all
    /// @param previous of the run before this one, on a target that keeps that apart
    record LogRequest(List<UnitName> units, int lines, boolean follow, boolean previous) {
        public LogRequest(List<UnitName> units, int lines, boolean follow) {
            this(units, lines, follow, false);
        }
    }

    /// Takes output as it comes.
    interface LogConsumer {
        /// @return whether more is wanted
        boolean line(UnitName unit, String line);

        /// Asked again and again while nothing comes.
        ///
        /// @return whether more is waited for; what came before this was asked is still given
        default boolean waits() {
            return true;
        }
    }
}
