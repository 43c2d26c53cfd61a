package dev.fairlead.engine;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.event.EventSink;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.engine.sync.Syncing;
import dev.fairlead.engine.sync.Syncing.Tried;
import dev.fairlead.inventory.environment.Outline;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Brings the checkout into the workspace beside an execution: units whose pods run on it get ready only with it.
record WithCheckout(Target target, Outline outline, Clock clock, EventSink sink) {
    private static final Duration LOOK = Duration.ofMillis(300);

    Outcome around(Function<EventSink, Outcome> execution) {
        if (!Syncing.isFor(outline)) {
            return execution.apply(sink);
        }
        var ended = new CountDownLatch(1);
        var lock = new Object();
        EventSink inTurn =
                event -> {
                    synchronized (lock) {
                        sink.event(event);
                    }
                };
        var thread = Thread.ofVirtual().name("checkout").start(() -> bring(ended, inTurn));
        try {
            var outcome = execution.apply(inTurn);
            ended.countDown();
            if (outcome instanceof Outcome.Ready) {
                await(thread);
            }
            return outcome;
        } finally {
            thread.interrupt();
        }
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the units are ready in any case
        }
    }

    /// As soon as there is a pod, and not longer than the execution takes: a pod that is replaced meanwhile takes the line
    /// down with it.
    private void bring(CountDownLatch ended, EventSink events) {
        var syncing = new Syncing(target, outline);
        try {
            while (true) {
                boolean last = ended.getCount() == 0;
                var missing = tried(syncing, events);
                if (missing.isEmpty()) {
                    return;
                }
                if (last) {
                    tell(events, "the checkout was not brought: " + missing.get());
                    return;
                }
                var _ = ended.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return why it is not there; empty when it is
    private Optional<String> tried(Syncing syncing, EventSink events) throws InterruptedException {
        try {
            return switch (syncing.once()) {
                case Tried.Done(var synced) -> {
                    tell(events, "checkout synced: " + synced);
                    yield Optional.empty();
                }
                case Tried.NoPod(var why) -> Optional.of(why);
            };
        } catch (ProblemException e) {
            return Optional.of(e.problems().getFirst().what());
        }
    }

    private void tell(EventSink events, String what) {
        events.event(
                new Event(
                        clock.instant(),
                        "-",
                        Kind.PROGRESS,
                        Optional.empty(),
                        Optional.empty(),
                        what,
                        Optional.empty()));
    }
}
