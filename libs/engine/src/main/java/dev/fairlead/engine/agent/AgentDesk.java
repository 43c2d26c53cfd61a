package dev.fairlead.engine.agent;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.target.AgentRun;
import dev.fairlead.deploy.target.AgentRun.End;
import dev.fairlead.deploy.target.AgentRun.Listener;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Runs the agents of one environment, and leaves a trace of each run in its events.
public final class AgentDesk {
    private static final int MOST_TASK = 100 << 10;
    private static final int ID_LENGTH = 6;
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789"; // make no words
    private static final Duration IN_USE = Duration.ofMinutes(5);

    private final Outline outline;
    private final Target target;
    private final Supplier<Optional<Environment>> declared;
    private final Around around;

    /// What else a run needs.
    ///
    /// @param touch notes that somebody uses the environment; called again and again while an agent runs
    public record Around(Clock clock, Ticker ticker, Runnable touch) {}

    /// @param declared the environment as the stack has it, where it can be evaluated
    public AgentDesk(
            Outline outline,
            Target target,
            Supplier<Optional<Environment>> declared,
            Around around) {
        this.outline = outline;
        this.target = target;
        this.declared = declared;
        this.around = around;
    }

    /// Runs an agent once; answers when nothing of the run is left. An interrupt ends it.
    ///
    /// @param by who wants it
    public Ran run(Errand errand, String by, Listener listener) throws InterruptedException {
        check(errand);
        var snapshot = target.snapshot(outline.ref());
        if (snapshot.find(errand.agent()).isEmpty()) {
            return new Ran(
                    errand.agent(),
                    "",
                    new End.Refused(
                            "it is not there yet, as the environment was not brought up with it",
                            "bring it up: `fairlead up`"),
                    Duration.ZERO);
        }
        notReady(errand.agent(), snapshot, listener);
        var id = id();
        var began = around.clock().instant();
        var using = Thread.ofVirtual().name("in use").start(this::touchAgain);
        End end;
        try {
            end =
                    target.run(
                            outline.ref(),
                            errand.agent(),
                            order(errand, id),
                            told(errand, id, by, listener));
        } finally {
            using.interrupt();
        }
        var took = Duration.between(began, around.clock().instant());
        var ran = new Ran(errand.agent(), id, end, took.isNegative() ? Duration.ZERO : took);
        if (!(end instanceof End.Refused)) {
            tell(
                    listener,
                    event(errand.agent(), "run " + id + " " + ran.told(), Optional.of(ran.took())));
        }
        return ran;
    }

    private AgentRun.Order order(Errand errand, String id) {
        return new AgentRun.Order(
                id, errand.task(), errand.arguments(), declared.get(), around.clock());
    }

    private Listener told(Errand errand, String id, String by, Listener listener) {
        var begun = "run " + id + " begun by " + by;
        return new InTurn(
                listener, () -> tell(listener, event(errand.agent(), begun, Optional.empty())));
    }

    /// An agent may be there to mend what it depends on: that it is not ready is said, and no more.
    private void notReady(UnitName agent, Snapshot snapshot, Listener listener) {
        for (var needed : Objects.requireNonNull(outline.units().get(agent)).waitsFor()) {
            snapshot.find(needed)
                    .map(Snapshot.Applied::status)
                    .filter(status -> status.state() != UnitState.READY)
                    .ifPresent(status ->
                            listener.note(
                                    "%s, which it depends on, is %s%s"
                                            .formatted(
                                                    needed,
                                                    status.state(),
                                                    status.cause()
                                                            .map(cause -> ": " + cause.what())
                                                            .orElse(""))));
        }
    }

    private void check(Errand errand) {
        var part = outline.units().get(errand.agent());
        if (part == null || part.stage() != Stage.AGENTS) {
            throw unknown(errand.agent()).thrown();
        }
        int length =
                errand.task().map(text -> text.getBytes(StandardCharsets.UTF_8).length).orElse(0);
        if (length > MOST_TASK) {
            throw Problem.error(
                            AgentCode.TASK_TOO_LONG,
                            "the task has %d bytes, %d are possible".formatted(length, MOST_TASK))
                    .withHint(AgentCode.TASK_TOO_LONG.remedy())
                    .thrown();
        }
    }

    private Problem unknown(UnitName name) {
        var agents =
                outline.units().values().stream()
                        .filter(part -> part.stage() == Stage.AGENTS)
                        .map(part -> part.name().value())
                        .toList();
        var why =
                outline.disabled().contains(name)
                        ? "the `when` of %s leaves it out of %s".formatted(name, outline.ref())
                        : outline.absent().contains(name)
                                ? "%s has nothing to run on the target %s"
                                        .formatted(name, outline.target())
                                : outline.units().containsKey(name)
                                        ? name + " is a unit, and no agent"
                                        : "there is no agent \"" + name + "\" here";
        return Problem.error(AgentCode.NO_AGENT, why)
                .withHint(
                        Nearest.hint(name.value(), agents)
                                .orElse(
                                        agents.isEmpty()
                                                ? "the stack declares none: `spec.agents`"
                                                : agents.stream()
                                                        .collect(
                                                                Collectors.joining(
                                                                        ", ",
                                                                        "agents are: ",
                                                                        ""))));
    }

    /// Whoever may run agents need not be allowed to write the environment's events.
    private void tell(Listener listener, Event event) {
        var store = target.store(outline.ref());
        try {
            store.append(event);
            store.flush();
        } catch (ProblemException e) {
            listener.note("not in the events: " + e.problems().getFirst().what());
        }
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private Event event(UnitName agent, String what, Optional<Duration> took) {
        return new Event(
                around.clock().instant(),
                "-",
                Event.Kind.PROGRESS,
                Optional.of(agent),
                Optional.of(Stage.AGENTS),
                what,
                took);
    }

    private void touchAgain() {
        try {
            while (true) {
                around.touch().run();
                around.ticker().pause(IN_USE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the run is over
        }
    }

    private static String id() {
        var random = new SecureRandom();
        return random.ints(ID_LENGTH, 0, LETTERS.length())
                .mapToObj(at -> String.valueOf(LETTERS.charAt(at)))
                .collect(Collectors.joining());
    }

    /// Several threads tell of a run.
    private record InTurn(Listener listener, Runnable begin) implements Listener {
        @Override
        public void begun() {
            begin.run();
            listener.begun();
        }

        @Override
        public synchronized void line(String text) {
            listener.line(text);
        }

        @Override
        public synchronized void note(String what) {
            listener.note(what);
        }
    }
}
