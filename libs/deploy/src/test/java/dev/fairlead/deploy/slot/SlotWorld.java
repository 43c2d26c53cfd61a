package dev.fairlead.deploy.slot;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.SlotRecords;
import dev.fairlead.deploy.journal.Store;
import dev.fairlead.deploy.journal.Store.Versioned;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// A target with slots that is a few maps, and dies when it is told to: before one of its writes, or right after it.
final class SlotWorld implements Target, SlotPort {
    /// What a slot has while it is there.
    static final class Instance {
        UnitState state = UnitState.READY;
        boolean atWork;
        Instant finished = Instant.EPOCH;
    }

    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    final TreeMap<Integer, Instance> instances = new TreeMap<>();
    final TreeMap<Integer, String> folders = new TreeMap<>();
    final TreeMap<Integer, String> unsaved = new TreeMap<>();
    final TreeMap<Integer, Activity> activities = new TreeMap<>();
    final TreeSet<Integer> databases = new TreeSet<>();
    int killAtWrite = Integer.MAX_VALUE;
    boolean killBefore;
    private int writes;
    private Optional<Versioned> ledger = Optional.empty();

    /// A slot that runs, with data and a folder of its own.
    void bringUp(int number) {
        instances.put(number, new Instance());
        databases.add(number);
    }

    /// What `down` does.
    synchronized Outcome end(EnvironmentRef ref, boolean withData) {
        var instance = instances.get(ref.slot());
        if (instance != null && instance.atWork) {
            return new Outcome.Busy(new Store.Holder("1", "fairlead up (pid 1)"), "up-1");
        }
        write(() -> {
            if (instance != null) {
                instance.state = UnitState.STOPPED;
            }
            if (withData) {
                databases.remove(ref.slot());
            }
        });
        return new Outcome.Ready(new TreeSet<>());
    }

    /// Whether nothing of any slot is left anywhere.
    boolean isEmpty() {
        return instances.isEmpty()
                && folders.isEmpty()
                && activities.isEmpty()
                && databases.isEmpty()
                && ledger.map(Versioned::record)
                        .map(Ledger::read)
                        .map(Ledger::claims)
                        .map(Map::isEmpty)
                        .orElse(true);
    }

    int writes() {
        return writes;
    }

    private synchronized void write(Runnable change) {
        writes++;
        if (writes == killAtWrite && killBefore) {
            throw new Killed();
        }
        change.run();
        if (writes == killAtWrite) {
            throw new Killed();
        }
    }

    @Override
    public synchronized Optional<Versioned> ledger(String environment) {
        return ledger;
    }

    @Override
    public synchronized boolean compareAndSet(
            String environment, long expected, Map<String, Object> next) {
        if (ledger.map(Versioned::version).orElse(0L) != expected) {
            return false;
        }
        write(() -> ledger = Optional.of(new Versioned(expected + 1, next)));
        return true;
    }

    @Override
    public synchronized SortedSet<Integer> instances(String environment) {
        var all = new TreeSet<>(instances.keySet());
        all.addAll(folders.keySet());
        return all;
    }

    @Override
    public synchronized Optional<Activity> activity(EnvironmentRef ref) {
        return Optional.ofNullable(activities.get(ref.slot()));
    }

    @Override
    public synchronized void touch(EnvironmentRef ref, Activity activity) {
        activities.put(ref.slot(), activity);
    }

    @Override
    public synchronized boolean dissolve(EnvironmentRef ref) {
        var instance = instances.get(ref.slot());
        if (instance != null && (instance.atWork || instance.state != UnitState.STOPPED)) {
            return false;
        }
        write(() -> {
            instances.remove(ref.slot());
            activities.remove(ref.slot());
        });
        return true;
    }

    @Override
    public synchronized Path checkout(EnvironmentRef ref, String branch, boolean anew) {
        write(() -> folders.put(ref.slot(), branch));
        return Path.of("worktrees", ref.key());
    }

    @Override
    public synchronized Optional<Path> folder(EnvironmentRef ref) {
        return Optional.ofNullable(folders.get(ref.slot()))
                .map(_ -> Path.of("worktrees", ref.key()));
    }

    @Override
    public boolean hasFolders() {
        return !folders.isEmpty();
    }

    @Override
    public Optional<Numbered> slotOf(Path path) {
        return Optional.empty();
    }

    @Override
    public synchronized Optional<String> unsaved(EnvironmentRef ref) {
        return Optional.ofNullable(unsaved.get(ref.slot()));
    }

    @Override
    public synchronized void dropCheckout(EnvironmentRef ref) {
        write(() -> folders.remove(ref.slot()));
    }

    @Override
    public TargetKind kind() {
        return TargetKind.LOCAL;
    }

    @Override
    public synchronized Snapshot snapshot(EnvironmentRef ref) {
        var units = new TreeMap<UnitName, Snapshot.Applied>();
        var instance = instances.get(ref.slot());
        if (instance != null && instance.state != UnitState.STOPPED) {
            var api = new UnitName("api");
            units.put(api, new Snapshot.Applied("h", Map.of(), status(api, instance.state)));
        }
        return new Snapshot(units);
    }

    private static UnitStatus status(UnitName unit, UnitState state) {
        return new UnitStatus(
                unit,
                state,
                Instant.EPOCH,
                Optional.empty(),
                new TreeMap<>(),
                Optional.of("http://127.0.0.1:20001"),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }

    @Override
    public Store store(EnvironmentRef ref) {
        return new Store() {
            @Override
            public Optional<Versioned> read() {
                var instance = instances.get(ref.slot());
                return instance == null
                        ? Optional.empty()
                        : Optional.of(
                                new Versioned(
                                        1,
                                        SlotRecords.of(ref, instance.atWork, instance.finished)));
            }

            @Override
            public boolean compareAndSet(long expected, Map<String, Object> record) {
                throw new AssertionError("slots never write the record of an environment");
            }

            @Override
            public Holder self() {
                return new Holder("0", "the test");
            }

            @Override
            public boolean alive(Holder holder) {
                return true;
            }

            @Override
            public void append(Event event) {}

            @Override
            public void events(boolean follow, Predicate<Event> consumer) {}

            @Override
            public void keepRevision(long number, String json, int keep) {}

            @Override
            public List<Long> revisions() {
                return List.of();
            }

            @Override
            public String requireRevision(long number) {
                throw new AssertionError(number);
            }
        };
    }

    @Override
    public Resolution resolve(Outline outline) {
        throw new AssertionError("slots resolve nothing");
    }

    @Override
    public Session open(EnvironmentRef ref) {
        throw new AssertionError("slots open nothing");
    }

    @Override
    public void logs(EnvironmentRef ref, LogRequest request, LogConsumer consumer) {}

    @Override
    public void close() {}
}
