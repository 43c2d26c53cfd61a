package dev.fairlead.deploy.fake;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.fake.FakeWorld.Defect;
import dev.fairlead.deploy.fake.FakeWorld.Running;
import dev.fairlead.deploy.fake.FakeWorld.Script;
import dev.fairlead.deploy.journal.Heartbeat;
import dev.fairlead.deploy.journal.Permit;
import dev.fairlead.deploy.journal.Store;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// One command's view of a {@link FakeWorld}.
public final class FakeTarget implements Target {
    private final FakeWorld world;
    private final FakeTicker ticker;
    private final String identity;

    /// @param identity the command: `up (pid 1)`
    public FakeTarget(FakeWorld world, FakeTicker ticker, String identity) {
        this.world = world;
        this.ticker = ticker;
        this.identity = identity;
    }

    @Override
    public TargetKind kind() {
        return TargetKind.LOCAL;
    }

    @Override
    public Resolution resolve(Outline outline) {
        return new Resolution(new TreeMap<>(), new TreeMap<>(), world.key);
    }

    @Override
    public Snapshot snapshot(EnvironmentRef ref) {
        return world.snapshot();
    }

    @Override
    public boolean unattended(EnvironmentRef ref) {
        return world.unattended;
    }

    @Override
    public Store store(EnvironmentRef ref) {
        return new MemoryStore();
    }

    @Override
    public Session open(EnvironmentRef ref) {
        return open(ref, request -> true);
    }

    @Override
    public Session open(EnvironmentRef ref, Permit permit) {
        live();
        return new FakeSession(permit);
    }

    @Override
    public void logs(EnvironmentRef ref, LogRequest request, LogConsumer consumer) {}

    @Override
    public void close() {}

    private void live() {
        world.live(identity);
    }

    private void write(Runnable change) {
        world.boundary(
                identity,
                true,
                () -> {
                    change.run();
                    return true;
                });
    }

    private <T> T act(Supplier<T> change) {
        return world.boundary(identity, false, change);
    }

    private final class MemoryStore implements Store {
        @Override
        public Optional<Versioned> read() {
            world.gate.pass(identity);
            synchronized (world) {
                return world.record;
            }
        }

        @Override
        public boolean compareAndSet(long expected, Map<String, Object> record) {
            world.gate.pass(identity);
            synchronized (world) {
                long now = world.record.map(Versioned::version).orElse(0L);
                if (now != expected && !world.defects.contains(Defect.NO_COMPARE)) {
                    return false;
                }
                spoilt(record)
                        .ifPresent(kept ->
                                write(() -> {
                                    see(kept);
                                    world.record = Optional.of(new Versioned(now + 1, kept));
                                }));
                return true;
            }
        }

        // What is written of a record, where a mistake is planted.
        private Optional<Map<String, Object>> spoilt(Map<String, Object> next) {
            var before = world.record.map(Versioned::record).orElse(Map.of());
            boolean begins = !Objects.equals(before.get("token"), next.get("token"));
            boolean ends = before.containsKey("lease") && !next.containsKey("lease");
            if ((begins && world.defects.contains(Defect.INTENT_NOT_WRITTEN))
                    || (ends && world.defects.contains(Defect.RESULT_LOST))) {
                return Optional.empty();
            }
            if (ends && world.defects.contains(Defect.LEASE_NOT_RELEASED)) {
                var kept = new TreeMap<>(next);
                kept.put("lease", before.get("lease"));
                return Optional.of(kept);
            }
            return Optional.of(next);
        }

        // What a write of the record means to somebody who only sees the record.
        private void see(Map<String, Object> next) {
            var before = world.record.map(Versioned::record).orElse(Map.of());
            if (!Objects.equals(before.get("token"), next.get("token"))) {
                world.seen.add("acquired " + identity + " " + next.get("token"));
            } else if (before.containsKey("lease") && !next.containsKey("lease")) {
                world.seen.add("finished " + identity + " " + next.get("token"));
            } else if (!before.containsKey("supersede") && next.containsKey("supersede")) {
                world.seen.add("asked " + identity);
            }
        }

        @Override
        public Holder self() {
            return new Holder(identity, identity);
        }

        @Override
        public boolean alive(Holder holder) {
            synchronized (world) {
                if (world.defects.contains(Defect.LIVE_HOLDER_IGNORED)) {
                    return false;
                }
                return world.heartbeat.isPresent()
                        || world.defects.contains(Defect.DEAD_HOLDER_BLOCKS)
                        || !(world.dead.contains(holder.identity())
                                || world.presumedDead.contains(holder.identity()));
            }
        }

        @Override
        public boolean ended(Holder holder) {
            synchronized (world) {
                return world.ended.contains(holder.identity());
            }
        }

        @Override
        public Optional<Heartbeat> heartbeat() {
            return world.heartbeat;
        }

        @Override
        public void append(Event event) {
            write(() -> world.events.add(event));
        }

        @Override
        public void events(boolean follow, Predicate<Event> consumer) {
            List<Event> all;
            synchronized (world) {
                all = new ArrayList<>(world.events);
            }
            for (var event : all) {
                if (!consumer.test(event)) {
                    return;
                }
            }
        }

        @Override
        public void keepRevision(long number, String json, int keep) {
            write(() -> {
                world.revisions.put(number, json);
                while (world.revisions.size() > keep) {
                    world.revisions.remove(world.revisions.firstKey());
                }
            });
        }

        @Override
        public List<Long> revisions() {
            return List.copyOf(world.revisions.keySet());
        }

        @Override
        public String requireRevision(long number) {
            return Objects.requireNonNull(world.revisions.get(number));
        }
    }

    private final class FakeSession implements Session {
        private final Permit permit;

        FakeSession(Permit permit) {
            this.permit = permit;
        }

        // Where nothing but the heartbeat tells who is at work there is no fence either.
        private boolean covered() {
            return world.heartbeat.isEmpty()
                    || world.defects.contains(Defect.LATE_HEARTBEAT)
                    || permit.covers(world.heartbeat.get().request());
        }

        private boolean isFenced(long token) {
            return world.heartbeat.isEmpty()
                    && token < world.token
                    && !world.defects.contains(Defect.NO_FENCING);
        }

        @Override
        public Handed hand(
                Environment environment,
                Resolution resolution,
                SortedMap<UnitName, Wanted> wanted) {
            return act(() -> {
                if (world.portsToReplace > 0) {
                    world.portsToReplace--;
                    var unit = environment.units().firstKey();
                    return new Handed.PortsReplaced(
                            List.of(
                                    new PortReplaced(
                                            unit, "http", 20123, 20124, "java (pid 4711)")));
                }
                world.handOver();
                world.handed = new TreeMap<>(wanted);
                world.unattended = false;
                if (world.key.isEmpty()) {
                    world.key = resolution.digestKey();
                }
                return new Handed.Taken();
            });
        }

        @Override
        public Answer start(UnitName unit, long token, boolean force) {
            world.gate.pass(identity);
            boolean covered = covered();
            return act(() -> {
                if (!covered || isFenced(token)) {
                    if (covered) {
                        world.seen.add("fenced " + identity + " " + unit);
                    }
                    return world.defects.contains(Defect.FENCED_TAKEN_FOR_DONE)
                            ? new Answer.Accepted(Optional.empty())
                            : new Answer.Fenced(world.token);
                }
                world.seen.add("accepted " + identity + " " + unit + " " + token);
                world.token = token;
                var wanted = Objects.requireNonNull(world.handed.get(unit), unit::value);
                var running = world.processes.get(unit);
                if (world.scripts.get(unit) instanceof Script.Refused(var cause)) {
                    return new Answer.Failed(cause);
                }
                world.begun(unit);
                boolean same =
                        running != null
                                && running.wanted().hash().equals(wanted.hash())
                                && (running.state() == UnitState.READY
                                        || running.state() == UnitState.STARTING);
                if (!same || force) {
                    world.calls.add("start " + unit);
                    world.processes.put(unit, new Running(wanted, UnitState.STARTING, 0));
                }
                return new Answer.Accepted(Optional.empty());
            });
        }

        @Override
        public Answer note(UnitName unit, long token, Noted noted) {
            boolean covered = covered();
            return act(() -> {
                if (!covered || isFenced(token)) {
                    return new Answer.Fenced(world.token);
                }
                world.token = token;
                world.calls.add(
                        "note "
                                + unit
                                + " "
                                + noted.state()
                                + noted.cause().map(cause -> ": " + cause.what()).orElse(""));
                world.processes.put(unit, new Running(noted.wanted(), noted.state(), 0));
                return new Answer.Accepted(Optional.empty());
            });
        }

        @Override
        public Answer remove(UnitName unit, long token, boolean withData) {
            boolean covered = covered();
            return act(() -> {
                if (!covered || isFenced(token)) {
                    return new Answer.Fenced(world.token);
                }
                world.token = token;
                world.calls.add("remove " + unit + (withData ? " with data" : ""));
                world.processes.remove(unit);
                return new Answer.Accepted(Optional.empty());
            });
        }

        @Override
        public UnitStatus await(UnitName unit, Duration atMost) throws InterruptedException {
            UnitStatus status;
            if (world.defects.contains(Defect.NO_AWAIT)) {
                return FakeWorld.status(unit, UnitState.READY, Optional.empty());
            }
            synchronized (world) {
                live();
                var process = Objects.requireNonNull(world.processes.get(unit), unit::value);
                status = look(unit, process);
                world.processes.put(
                        unit, new Running(process.wanted(), status.state(), process.looks() + 1));
                if (status.state() != UnitState.STARTING) {
                    world.settled(unit);
                }
            }
            if (status.state() == UnitState.STARTING) {
                ticker.pause(atMost);
            }
            return status;
        }

        private UnitStatus look(UnitName unit, Running process) {
            var script = world.scripts.getOrDefault(unit, new Script.ReadyAfter(0));
            return switch (script) {
                case Script.ReadyAfter(var looks) ->
                        FakeWorld.status(
                                unit,
                                process.state() == UnitState.READY || process.looks() >= looks
                                        ? UnitState.READY
                                        : UnitState.STARTING,
                                Optional.empty());
                case Script.Fails(var cause) ->
                        FakeWorld.status(unit, UnitState.FAILED, Optional.of(cause));
                case Script.Never(var cause) ->
                        FakeWorld.status(unit, UnitState.STARTING, Optional.of(cause));
                case Script.Refused(var cause) ->
                        FakeWorld.status(unit, UnitState.FAILED, Optional.of(cause));
            };
        }

        @Override
        public void close() {}
    }
}
