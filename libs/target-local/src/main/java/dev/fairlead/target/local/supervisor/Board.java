package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Json;
import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.state.EventFile;
import dev.fairlead.target.local.state.Statuses;
import dev.fairlead.target.local.state.UnitFolder;
import dev.fairlead.target.local.system.ProcessId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a unit does now: kept here, on the disk for who asks without us, and told to who waits.
final class Board {
    private final UnitFolder folder;
    private final Clock clock;
    private final ProcessId self = ProcessId.self();
    private UnitStatus status;
    private Optional<ProcessId> process = Optional.empty();
    private Optional<String> command = Optional.empty();

    Board(UnitFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.status = Statuses.read(folder);
    }

    /// The unit is about to be started with this content.
    synchronized void begin(String hash, SortedMap<String, Integer> ports, Optional<String> url) {
        process = Optional.empty();
        status =
                new UnitStatus(
                        folder.name(),
                        UnitState.STARTING,
                        clock.instant(),
                        Optional.empty(),
                        new TreeMap<>(ports),
                        url,
                        Optional.empty(),
                        Optional.of(hash),
                        0,
                        Optional.empty());
        publish();
    }

    /// What an earlier supervisor wrote counts again, now under our watch.
    synchronized Optional<Statuses.Written> earlier() {
        return Statuses.written(folder);
    }

    /// The unit runs already; it goes on as it was.
    synchronized void adopt(ProcessId main, UnitStatus earlier) {
        process = Optional.of(main);
        command = earlier().flatMap(Statuses.Written::command);
        status = earlier;
        change(earlier.state(), earlier.cause(), earlier.since(), earlier.restarts());
    }

    /// The unit is gone. Its files go too, so nothing is written.
    synchronized void stopped() {
        process = Optional.empty();
        status = with(UnitState.STOPPED, Optional.empty(), clock.instant(), 0, Optional.empty());
        notifyAll();
    }

    /// The group of the main process, while that is known to be ours.
    synchronized OptionalInt group() {
        var main = process.or(() -> earlier().flatMap(Statuses.Written::process));
        return main.filter(ProcessId::alive)
                .map(id -> OptionalInt.of(id.pid()))
                .orElse(OptionalInt.empty());
    }

    /// Its main process, or none.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    synchronized void runs(Optional<ProcessId> main) {
        process = main;
        command = Optional.empty();
        change(status.state(), status.cause(), status.since(), status.restarts());
    }

    synchronized void become(UnitState state) {
        become(state, Optional.empty());
    }

    synchronized void become(UnitState state, Cause cause) {
        become(state, Optional.of(cause));
    }

    private void become(UnitState state, Optional<Cause> cause) {
        if (state != status.state() || !cause.equals(status.cause())) {
            var since = state == status.state() ? status.since() : clock.instant();
            if (state == UnitState.READY) {
                command = process.flatMap(main -> CommandLine.digest(main.pid()));
            }
            change(state, cause, since, status.restarts());
        }
    }

    synchronized void restarted() {
        change(status.state(), status.cause(), status.since(), status.restarts() + 1);
    }

    synchronized void reloads(UnitStatus.Reload reload) {
        status =
                with(
                        status.state(),
                        status.cause(),
                        status.since(),
                        status.restarts(),
                        Optional.of(reload));
        publish();
    }

    private void change(UnitState state, Optional<Cause> cause, Instant since, int restarts) {
        status = with(state, cause, since, restarts, status.reload());
        publish();
    }

    private UnitStatus with(
            UnitState state,
            Optional<Cause> cause,
            Instant since,
            int restarts,
            Optional<UnitStatus.Reload> reload) {
        return new UnitStatus(
                folder.name(),
                state,
                since,
                cause,
                status.ports(),
                status.url(),
                process.map(id -> (long) id.pid()),
                status.appliedHash(),
                restarts,
                reload);
    }

    private void publish() {
        notifyAll();
        try {
            Durable.writeFast(
                    folder.statusFile(),
                    Json.compact(
                            Statuses.tree(
                                    new Statuses.Written(
                                            status, process, Optional.of(self), command))));
        } catch (ProblemException e) {
            // A full disk must not end what runs; the next change tries again.
            System.err.println(clock.instant() + " " + e.getMessage());
        }
    }

    synchronized UnitStatus status() {
        return status;
    }

    /// Waits until the unit is ready, or has certainly failed, or is not wanted.
    synchronized UnitStatus await(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!isSettled(status.state())) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return status;
    }

    private static boolean isSettled(UnitState state) {
        return switch (state) {
            case READY, FAILED, STOPPED, SLEEPING -> true;
            case PENDING, STARTING, DEGRADED -> false;
        };
    }

    /// Tells what happened between two executions.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    void tell(Event.Kind kind, String what, Optional<Duration> took) {
        tell(kind, what, took, List.of());
    }

    /// The same, with the lines that show it.
    void tell(Event.Kind kind, Cause cause) {
        tell(kind, cause.what(), Optional.empty(), cause.evidence());
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private void tell(
            Event.Kind kind, String what, Optional<Duration> took, List<String> evidence) {
        try {
            new EventFile(folder.environment())
                    .append(
                            new Event(
                                    clock.instant(),
                                    "-",
                                    kind,
                                    Optional.of(folder.name()),
                                    Optional.empty(),
                                    what,
                                    took,
                                    evidence));
        } catch (ProblemException e) {
            System.err.println(clock.instant() + " " + e.getMessage());
        }
    }
}
