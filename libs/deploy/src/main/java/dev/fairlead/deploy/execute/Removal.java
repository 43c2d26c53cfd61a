package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.execute.Steps.Ended;
import dev.fairlead.deploy.render.UnitTree;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.Session.Answer;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The steps that remove units, and what is said of them: that a unit is stopped is said of one that ran only, and of one
/// of which there was never anything nothing is said at all.
final class Removal implements Steps.Work {
    /// How long the end of a unit may take: its grace and the KILL after it are the target's.
    static final Duration LIMIT = Duration.ofMinutes(2);

    private final Session session;
    private final long token;
    private final Leaving leaving;
    private final Map<UnitName, String> notes = new ConcurrentHashMap<>();

    /// What leaves.
    ///
    /// @param applied those of which the target has something
    /// @param running those of which something runs
    /// @param reasons why, where that is worth saying
    /// @param migrations those that migrated a database
    /// @param withData the data of the units go too
    /// @param sleeping they stay, and only what runs of them ends
    record Leaving(
            SortedSet<UnitName> units,
            SortedSet<UnitName> applied,
            SortedSet<UnitName> running,
            SortedSet<UnitName> migrations,
            SortedMap<UnitName, String> reasons,
            boolean withData,
            boolean sleeping) {
        Leaving {
            units = Collections.unmodifiableSortedSet(new TreeSet<>(units));
        }

        /// @param left units that left data here
        static Leaving withData(
                SortedSet<UnitName> units, Snapshot snapshot, SortedSet<UnitName> left) {
            var leaving = of(units, snapshot, new TreeMap<>());
            var applied = new TreeSet<>(leaving.applied());
            applied.addAll(left);
            return new Leaving(
                    units,
                    applied,
                    leaving.running(),
                    leaving.migrations(),
                    leaving.reasons(),
                    true,
                    false);
        }

        static Leaving of(
                SortedSet<UnitName> units, Snapshot snapshot, SortedMap<UnitName, String> reasons) {
            var applied = new TreeSet<>(units);
            applied.retainAll(snapshot.units().keySet());
            var running = new TreeSet<>(applied);
            running.removeIf(unit -> snapshot.find(unit).filter(Leaving::runs).isEmpty());
            var migrations = new TreeSet<>(applied);
            migrations.removeIf(unit -> snapshot.find(unit).filter(Leaving::migrates).isEmpty());
            running.removeAll(migrations);
            return new Leaving(units, applied, running, migrations, reasons, false, false);
        }

        private static boolean migrates(Snapshot.Applied applied) {
            return "migrations".equals(applied.content().get("kind"));
        }

        private static boolean runs(Snapshot.Applied applied) {
            var status = applied.status();
            var kind = applied.content().get("kind");
            // Of a task that is done, and of an agent that waits to be run, nothing runs.
            boolean idle = "task".equals(kind) || UnitTree.AGENT.equals(kind);
            return status.pid().isPresent()
                    || (!idle
                            && (status.state() == UnitState.STARTING
                                    || status.state() == UnitState.READY
                                    || status.state() == UnitState.DEGRADED));
        }

        /// A part of it.
        Leaving only(SortedSet<UnitName> part) {
            return new Leaving(part, applied, running, migrations, reasons, withData, sleeping);
        }

        /// The same units, which stay.
        Leaving asleep() {
            return new Leaving(units, applied, running, migrations, reasons, false, true);
        }

        /// `stops 2 units`.
        String sentence() {
            if (sleeping) {
                return "puts " + units(applied.size()) + " to sleep";
            }
            int stopped = running.size();
            int rest = applied.size() - stopped;
            if (stopped + rest == 0) {
                return "nothing runs; clears the record";
            }
            var stops = stopped == 0 ? "" : "stops " + units(stopped);
            var removes = rest == 0 ? "" : "removes " + units(rest) + " that did not run";
            return stops + (stops.isEmpty() || removes.isEmpty() ? "" : ", ") + removes;
        }

        private static String units(int count) {
            return count == 1 ? "1 unit" : count + " units";
        }
    }

    Removal(Session session, long token, Leaving leaving) {
        this.session = session;
        this.token = token;
        this.leaving = leaving;
    }

    @Override
    public Ended run(UnitName unit, Consumer<String> progress) {
        var answer =
                leaving.sleeping()
                        ? session.sleep(unit, token)
                        : session.remove(unit, token, leaving.withData());
        return switch (answer) {
            case Answer.Accepted(var note) -> {
                note.ifPresent(text -> notes.put(unit, text));
                yield new Ended.Done();
            }
            case Answer.Fenced _ -> new Ended.Fenced();
            case Answer.Failed(var cause) -> new Ended.Failed(cause, false);
        };
    }

    @Override
    public Duration limit(UnitName unit) {
        return LIMIT;
    }

    StepEvents.Words words() {
        return new StepEvents.Words(
                unit -> leaving.applied().contains(unit) ? begins(unit) : "",
                Kind.STOPPED,
                this::ends);
    }

    private String begins(UnitName unit) {
        if (leaving.sleeping()) {
            return "is put to sleep";
        }
        if (leaving.migrations().contains(unit) && !leaving.withData()) {
            return "is forgotten; its database stays as it is";
        }
        return leaving.running().contains(unit) ? "is taken down" : "is removed";
    }

    private String ends(UnitName unit) {
        var note = notes.get(unit);
        if (note != null) {
            return note;
        }
        if (leaving.sleeping()) {
            return "sleeps";
        }
        if (leaving.migrations().contains(unit) && !leaving.withData()) {
            return "forgotten";
        }
        var word = leaving.withData() || !leaving.running().contains(unit) ? "removed" : "stopped";
        var reason = leaving.reasons().get(unit);
        return word
                + (leaving.withData() ? " with its data" : "")
                + (reason == null ? "" : " (" + reason + ")");
    }
}
