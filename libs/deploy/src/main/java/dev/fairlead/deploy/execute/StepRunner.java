package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.execute.Steps.Ended;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.time.Deadline;
import dev.fairlead.deploy.time.Ticker;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.inventory.environment.UnitName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Runs steps as a graph: each as soon as those that it waits for are done, at most `parallelism` at once, ties in the
/// order of the plan. One failed step leaves its dependants untried and lets independent branches finish. The calling
/// thread coordinates; each step has a virtual thread.
final class StepRunner {
    /// Hears of everything in its order, on the coordinating thread.
    interface Listener {
        void begins(UnitName unit);

        void ended(UnitName unit, Ended ended);

        /// @param because the unit that failed or was not tried itself
        void notTried(UnitName unit, UnitName because, String why);
    }

    /// How the whole ended.
    ///
    /// @param done units whose step ended well
    /// @param open units whose step was cut off or did not begin, when the whole was cut off
    /// @param stop why it was cut off, when it was
    record Result(
            SortedSet<UnitName> done,
            SortedMap<UnitName, Ended.Failed> failed,
            SortedMap<UnitName, String> notTried,
            SortedSet<UnitName> open,
            Optional<Stop> stop) {}

    /// Why no further step begins.
    sealed interface Stop {
        record Interrupted() implements Stop {}

        record Superseded() implements Stop {}
    }

    private record Message(UnitName unit, Ended ended) {}

    private record Running(Thread thread, Deadline deadline) {}

    private static final Duration LOOK_UP = Duration.ofMillis(250);

    /// How long a step that was interrupted may take to end before it is left behind.
    private static final Duration LEAVE_BEHIND = Duration.ofSeconds(5);

    private final Steps steps;
    private final Steps.Work work;
    private final Listener listener;
    private final Supplier<Boolean> superseded;
    private final Ticker ticker;

    private final LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final Map<UnitName, Integer> position = new HashMap<>();
    private final Map<UnitName, List<UnitName>> dependants;
    private final Map<UnitName, Integer> left = new HashMap<>();
    private final PriorityQueue<UnitName> free;
    private final Map<UnitName, Running> running = new TreeMap<>();
    private final SortedSet<UnitName> done = new TreeSet<>();
    private final SortedMap<UnitName, Ended.Failed> failed = new TreeMap<>();
    private final SortedMap<UnitName, String> notTried = new TreeMap<>();

    /// @param superseded asked again and again; true cuts everything off
    StepRunner(
            Steps steps,
            Steps.Work work,
            Listener listener,
            Supplier<Boolean> superseded,
            Ticker ticker) {
        this.steps = steps;
        this.work = work;
        this.listener = listener;
        this.superseded = superseded;
        this.ticker = ticker;
        var part = steps.graph().within(steps.acting());
        part.order().forEach(unit -> position.put(unit, position.size()));
        this.free = new PriorityQueue<>((a, b) -> Integer.compare(at(a), at(b)));
        this.dependants = part.dependants();
        part.nodes()
                .forEach((unit, node) -> {
                    left.put(unit, node.waitsFor().size());
                    if (node.waitsFor().isEmpty()) {
                        free.add(unit);
                    }
                });
    }

    /// Never throws because of a step. An interrupt of the calling thread is part of the result, and is not set any more
    /// when this returns.
    Result run() {
        try {
            while (!running.isEmpty() || !free.isEmpty()) {
                if (superseded.get()) {
                    return cutOff(new Stop.Superseded());
                }
                if (Thread.interrupted()) {
                    return cutOff(new Stop.Interrupted());
                }
                fill();
                var message = messages.poll(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
                if (message == null) {
                    stopOverdue();
                } else if (!settle(message)) {
                    return cutOff(new Stop.Superseded());
                }
            }
        } catch (InterruptedException e) {
            return cutOff(new Stop.Interrupted());
        }
        return result(Optional.empty());
    }

    private void fill() {
        while (running.size() < steps.parallelism() && !free.isEmpty()) {
            var unit = free.remove();
            listener.begins(unit);
            var thread =
                    Thread.ofVirtual()
                            .name("step-" + unit)
                            .unstarted(() -> messages.add(new Message(unit, perform(unit))));
            running.put(unit, new Running(thread, Deadline.in(work.limit(unit), ticker)));
            thread.start();
        }
    }

    private Ended perform(UnitName unit) {
        try {
            return work.run(unit);
        } catch (InterruptedException e) {
            return broken("its step was stopped", List.of());
        } catch (ProblemException e) {
            var problem = e.problems().getFirst();
            return new Ended.Failed(
                    new Cause(
                            problem.code(),
                            problem.what(),
                            problem.hint().map(List::of).orElse(List.of()),
                            List.of()),
                    false);
        } catch (RuntimeException e) {
            // A defect in one unit's step is that unit's failure: the others still get their end.
            return broken(e.getClass().getSimpleName() + ": " + e.getMessage(), List.of());
        }
    }

    private static Ended broken(String what, List<String> evidence) {
        return new Ended.Failed(
                new Cause(
                        DeployCode.STEP_FAILED,
                        what,
                        List.of(DeployCode.STEP_FAILED.remedy()),
                        evidence),
                false);
    }

    // Steps end by themselves at their deadline; this is for a target that does not come back.
    private void stopOverdue() {
        for (var unit : List.copyOf(running.keySet())) {
            var step = Objects.requireNonNull(running.get(unit));
            if (step.deadline().passed()) {
                step.thread().interrupt();
                settle(
                        new Message(
                                unit,
                                new Ended.Failed(
                                        new Cause(
                                                CauseCode.TIMED_OUT,
                                                "the target did not answer within the deadline of its step",
                                                List.of(CauseCode.TIMED_OUT.remedy()),
                                                List.of()),
                                        true)));
            }
        }
    }

    private boolean settle(Message message) {
        var unit = message.unit();
        if (running.remove(unit) == null) {
            return true; // it was overdue and has been settled
        }
        switch (message.ended()) {
            case Ended.Done _ -> {
                listener.ended(unit, message.ended());
                done.add(unit);
                for (var dependant : dependants.getOrDefault(unit, List.of())) {
                    if (left.merge(dependant, -1, Integer::sum) == 0
                            && !notTried.containsKey(dependant)) {
                        free.add(dependant);
                    }
                }
            }
            case Ended.Failed failure -> {
                listener.ended(unit, failure);
                failed.put(unit, failure);
                giveUpBehind(unit);
            }
            case Ended.Fenced _ -> {
                return false;
            }
        }
        return true;
    }

    private void giveUpBehind(UnitName root) {
        var open = new ArrayList<>(dependants.getOrDefault(root, List.of()));
        open.sort((a, b) -> Integer.compare(at(b), at(a)));
        while (!open.isEmpty()) {
            var unit = open.removeLast();
            if (notTried.containsKey(unit)) {
                continue;
            }
            var why = "not " + steps.verb() + ": " + root + " failed";
            notTried.put(unit, why);
            listener.notTried(unit, root, why);
            open.addAll(dependants.getOrDefault(unit, List.of()));
        }
    }

    private Result cutOff(Stop stop) {
        running.values().forEach(step -> step.thread().interrupt());
        var patience = Deadline.in(LEAVE_BEHIND, ticker);
        while (!running.isEmpty() && !patience.passed()) {
            try {
                var message = messages.poll(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
                if (message != null
                        && running.remove(message.unit()) != null
                        && message.ended() instanceof Ended.Done) {
                    listener.ended(message.unit(), message.ended());
                    done.add(message.unit());
                }
            } catch (InterruptedException e) {
                break; // asked twice: leave at once
            }
        }
        return result(Optional.of(stop));
    }

    private Result result(Optional<Stop> stop) {
        var open = new TreeSet<>(position.keySet());
        open.removeAll(done);
        open.removeAll(failed.keySet());
        open.removeAll(notTried.keySet());
        return new Result(done, failed, notTried, open, stop);
    }

    private int at(UnitName unit) {
        return Objects.requireNonNull(position.get(unit));
    }
}
