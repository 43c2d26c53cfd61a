package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.execute.Steps.Ended;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
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
import java.util.function.BooleanSupplier;

/// Runs steps as a graph: each as soon as those that it waits for are done, at most `parallelism` at once, ties in the
/// order of the plan. One failed step leaves its dependants untried and lets independent branches finish. The calling
/// thread coordinates and is the only one that tells the listener; each step has a virtual thread.
final class StepRunner {
    /// Hears of everything in its order, on the coordinating thread.
    interface Listener {
        void begins(UnitName unit);

        void progress(UnitName unit, String what);

        void ended(UnitName unit, Ended ended);

        void notTried(UnitName unit, String why);
    }

    /// What may cut everything off.
    ///
    /// @param cancellation the user's wish
    /// @param superseded whether another execution wants to take over; asked again and again
    record Stops(Cancellation cancellation, BooleanSupplier superseded) {}

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

    private sealed interface Message {
        record Progress(UnitName unit, String what) implements Message {}

        record Over(UnitName unit, Ended ended) implements Message {}
    }

    private record Running(Thread thread, Deadline deadline) {}

    /// How late a stop or a missed deadline may be noticed.
    private static final long LOOK_UP_MILLIS = 50;

    /// How long steps that were interrupted may take to end before they are left behind.
    private static final Duration LEAVE_BEHIND = Duration.ofSeconds(5);

    private final Steps steps;
    private final Steps.Work work;
    private final Listener listener;
    private final Stops stops;
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
    private Optional<Stop> stop = Optional.empty();

    StepRunner(Steps steps, Steps.Work work, Listener listener, Stops stops, Ticker ticker) {
        this.steps = steps;
        this.work = work;
        this.listener = listener;
        this.stops = stops;
        this.ticker = ticker;
        var part = steps.graph().across(steps.acting());
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

    /// Runs until every step ended, was given up, or everything was cut off.
    Result run() {
        try {
            while (stop.isEmpty() && !(running.isEmpty() && free.isEmpty())) {
                stop = stopWanted();
                if (stop.isEmpty()) {
                    fill();
                    take();
                    stopOverdue();
                }
            }
            if (stop.isPresent()) {
                cutOff();
            }
        } catch (InterruptedException e) {
            stop = Optional.of(new Stop.Interrupted()); // asked once more: nothing is waited for
        } finally {
            running.values().forEach(step -> step.thread().interrupt());
        }
        return result();
    }

    private Optional<Stop> stopWanted() {
        if (stops.cancellation().requested()) {
            return Optional.of(new Stop.Interrupted());
        }
        return stops.superseded().getAsBoolean()
                ? Optional.of(new Stop.Superseded())
                : Optional.empty();
    }

    private void fill() {
        while (running.size() < steps.parallelism() && !free.isEmpty()) {
            var unit = free.remove();
            listener.begins(unit);
            var thread =
                    Thread.ofVirtual()
                            .name("step-" + unit)
                            .unstarted(() -> messages.add(new Message.Over(unit, perform(unit))));
            running.put(unit, new Running(thread, Deadline.in(work.limit(unit), ticker)));
            thread.start();
        }
    }

    private Ended perform(UnitName unit) {
        try {
            return work.run(unit, what -> messages.add(new Message.Progress(unit, what)));
        } catch (InterruptedException e) {
            return broken("its step was stopped");
        } catch (ProblemException e) {
            var problem = e.problems().getFirst();
            var advice = problem.hint().map(List::of).orElse(List.of());
            return new Ended.Failed(
                    new Cause(problem.code(), problem.what(), advice, List.of()), false);
        } catch (RuntimeException | Error e) {
            // A defect in one unit's step is that unit's failure: the others still get their end.
            return broken(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static Ended broken(String what) {
        var advice = List.of(DeployCode.STEP_FAILED.remedy());
        return new Ended.Failed(new Cause(DeployCode.STEP_FAILED, what, advice, List.of()), false);
    }

    // Waits for one message and takes all that are there.
    private void take() throws InterruptedException {
        var message = messages.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
        while (message != null && stop.isEmpty()) {
            switch (message) {
                case Message.Progress(var unit, var what) -> {
                    if (running.containsKey(unit)) {
                        listener.progress(unit, what);
                    }
                }
                case Message.Over(var unit, var ended) -> settle(unit, ended);
            }
            message = messages.poll();
        }
    }

    // Steps end by themselves at their deadline; this is for a target that does not come back.
    private void stopOverdue() {
        for (var unit : List.copyOf(running.keySet())) {
            var step = Objects.requireNonNull(running.get(unit));
            if (step.deadline().passed()) {
                step.thread().interrupt();
                var cause =
                        new Cause(
                                CauseCode.TIMED_OUT,
                                "the target did not answer within the deadline of its step",
                                List.of(CauseCode.TIMED_OUT.remedy()),
                                List.of());
                settle(unit, new Ended.Failed(cause, true));
            }
        }
    }

    private void settle(UnitName unit, Ended ended) {
        if (running.remove(unit) == null) {
            return; // it was overdue and has been settled
        }
        listener.ended(unit, ended);
        switch (ended) {
            case Ended.Done _ -> {
                done.add(unit);
                for (var dependant : dependants.getOrDefault(unit, List.of())) {
                    int open = left.merge(dependant, -1, Integer::sum);
                    if (open == 0 && !notTried.containsKey(dependant)) {
                        free.add(dependant);
                    }
                }
            }
            case Ended.Failed failure -> {
                failed.put(unit, failure);
                giveUpBehind(unit);
            }
            case Ended.Fenced _ -> stop = Optional.of(new Stop.Superseded());
        }
    }

    private void giveUpBehind(UnitName root) {
        var open = new PriorityQueue<UnitName>((a, b) -> Integer.compare(at(a), at(b)));
        open.addAll(dependants.getOrDefault(root, List.of()));
        while (!open.isEmpty()) {
            var unit = open.remove();
            if (!notTried.containsKey(unit)) {
                var why = "not " + steps.verb() + ": " + root + " failed";
                notTried.put(unit, why);
                listener.notTried(unit, why);
                open.addAll(dependants.getOrDefault(unit, List.of()));
            }
        }
    }

    private void cutOff() throws InterruptedException {
        running.values().forEach(step -> step.thread().interrupt());
        var patience = Deadline.in(LEAVE_BEHIND, ticker);
        while (!running.isEmpty() && !patience.passed()) {
            var message = messages.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
            if (message instanceof Message.Over(var unit, var ended)
                    && running.remove(unit) != null
                    && ended instanceof Ended.Done) {
                listener.ended(unit, ended); // it was quicker than the stop
                done.add(unit);
            }
        }
    }

    private Result result() {
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
