package dev.fairlead.deploy.fake;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.journal.Heartbeat;
import dev.fairlead.deploy.journal.Store.Versioned;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.Session.Wanted;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.environment.Resolution.DigestKey;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What outlives a command: processes, records, files. Commands come as {@link FakeTarget}s and may be killed.
public final class FakeWorld {
    /// A command that was killed cannot even clean up.
    public static final class Killed extends Error {
        Killed() {
            super("killed");
        }
    }

    /// How a unit behaves once it is started.
    public sealed interface Script {
        /// Ready after so many looks at it.
        record ReadyAfter(int looks) implements Script {}

        /// Fails at its first look.
        record Fails(Cause cause) implements Script {}

        /// Never ready; each look gives this reason.
        record Never(Cause cause) implements Script {}

        /// Cannot be started.
        record Refused(Cause cause) implements Script {}
    }

    /// Where a command has to pass before it touches what others see; a test may hold it there.
    public interface Gate {
        /// @param who the command
        void pass(String who);
    }

    record Running(Wanted wanted, UnitState state, int looks) {}

    public static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

    public final List<Event> events = new ArrayList<>();
    public final SortedMap<Long, String> revisions = new TreeMap<>();

    /// What was asked of the target, in order: `start api`, `remove web`.
    public final List<String> calls = new ArrayList<>();

    /// What others could see of each command, in order: `acquired 1 1`, `accepted 1 api 1`, `finished 1 1`.
    public final List<String> seen = new ArrayList<>();

    /// Mistakes in what commands stand on; a test shows that they are found.
    public enum Defect {
        NO_FENCING,
        NO_COMPARE,
        LIVE_HOLDER_IGNORED,
        DEAD_HOLDER_BLOCKS,
        FENCED_TAKEN_FOR_DONE,
        INTENT_NOT_WRITTEN,
        RESULT_LOST,
        LEASE_NOT_RELEASED,
        NO_AWAIT,
        /// The lease is not looked at before a write, where there is no fence.
        LATE_HEARTBEAT
    }

    public final Set<Defect> defects = EnumSet.noneOf(Defect.class);

    /// How holders of the lease are known to be at work; empty: by the facts of this world.
    public Optional<Heartbeat> heartbeat = Optional.empty();

    /// The one monotonic time of all commands.
    public final FakeTicker ticker = new FakeTicker();

    /// The clock on the wall.
    public final FakeClock clock = new FakeClock();

    public volatile Gate gate = who -> {};
    final SortedMap<UnitName, Running> processes = new TreeMap<>();
    final Map<UnitName, Script> scripts = new HashMap<>();
    final Set<String> presumedDead = new HashSet<>();
    final Set<String> dead = new HashSet<>();

    /// Processes that are seen to be gone where only the heartbeat counts.
    public final Set<String> ended = new HashSet<>();

    SortedMap<UnitName, Wanted> handed = new TreeMap<>();
    Optional<DigestKey> key = Optional.empty();
    Optional<Versioned> record = Optional.empty();
    long token;
    boolean unattended;
    int portsToReplace;

    /// Writes of the store so far, of all commands.
    int writes;

    /// Where what others see may change: writes of the store and actions of the session, of all commands.
    private int boundaries;

    private int killAt = -1;
    private boolean killBefore;
    private int failFrom = -1;
    private int failures;

    private final Set<UnitName> starting = new HashSet<>();
    private int mostAtOnce;
    private int handedOver;

    public synchronized FakeWorld script(String unit, Script script) {
        scripts.put(new UnitName(unit), script);
        return this;
    }

    /// The command that comes to the n-th boundary from now on (1 for the next) dies before or just after it: before the
    /// action or write, or between it and whatever is recorded of it.
    public synchronized void killAt(int boundary, boolean before) {
        killAt = boundaries + boundary;
        killBefore = before;
    }

    public synchronized void neverKill() {
        killAt = -1;
    }

    /// From the n-th boundary on so many writes of the store fail; actions of the session do not.
    public synchronized void failAt(int boundary, int many) {
        failFrom = boundaries + boundary;
        failures = many;
    }

    public synchronized int boundaries() {
        return boundaries;
    }

    /// @param write of the store; otherwise it is an action of the session
    synchronized <T> T boundary(String identity, boolean write, Supplier<T> change) {
        live(identity);
        boundaries++;
        if (write) {
            writes++;
            if (failFrom >= 0 && boundaries >= failFrom && failures > 0) {
                failures--;
                throw Problem.error(FakeCode.NO_SPACE, "No space left on device").thrown();
            }
        }
        boolean dies = boundaries == killAt;
        if (dies && killBefore) {
            dead.add(identity);
            throw new Killed();
        }
        var answer = change.get();
        if (dies) {
            dead.add(identity);
            throw new Killed();
        }
        return answer;
    }

    synchronized void live(String identity) {
        if (dead.contains(identity)) {
            throw new Killed();
        }
    }

    /// The next times that something is handed over, a port turns out to be taken.
    public synchronized void replacePorts(int times) {
        portsToReplace = times;
    }

    public synchronized void unattended(boolean really) {
        unattended = really;
    }

    public synchronized int writes() {
        return writes;
    }

    public synchronized int handedOver() {
        return handedOver;
    }

    public synchronized int mostAtOnce() {
        return mostAtOnce;
    }

    /// The others take a command for dead, which only stalls.
    public synchronized void presumeDead(String identity) {
        presumedDead.add(identity);
    }

    public synchronized void kill(String identity) {
        dead.add(identity);
    }

    /// Another, newer execution was at the target.
    public synchronized void fence(long newer) {
        token = newer;
    }

    /// A process ends by itself.
    public synchronized void crash(String unit) {
        processes.computeIfPresent(
                new UnitName(unit),
                (_, process) -> new Running(process.wanted(), UnitState.FAILED, 0));
    }

    public synchronized boolean allReady(Set<UnitName> units) {
        return units.stream()
                .allMatch(unit -> {
                    var process = processes.get(unit);
                    return process != null && process.state() == UnitState.READY;
                });
    }

    public synchronized Set<UnitName> running() {
        return new HashSet<>(processes.keySet());
    }

    public synchronized @Nullable Object record(String key) {
        return record.map(versioned -> versioned.record().get(key)).orElse(null);
    }

    synchronized void handOver() {
        handedOver++;
    }

    synchronized void begun(UnitName unit) {
        starting.add(unit);
        mostAtOnce = Math.max(mostAtOnce, starting.size());
    }

    synchronized void settled(UnitName unit) {
        starting.remove(unit);
    }

    synchronized Snapshot snapshot() {
        var units = new TreeMap<UnitName, Snapshot.Applied>();
        processes.forEach((unit, process) ->
                units.put(
                        unit,
                        new Snapshot.Applied(
                                process.wanted().hash(),
                                process.wanted().content(),
                                status(unit, process.state(), Optional.empty()))));
        return new Snapshot(units);
    }

    static UnitStatus status(UnitName unit, UnitState state, Optional<Cause> cause) {
        return new UnitStatus(
                unit,
                state,
                START,
                cause,
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }
}
