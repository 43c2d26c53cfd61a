package dev.fairlead.target.local;

import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.local.resolve.Keeper;
import dev.fairlead.target.local.state.Home;
import dev.fairlead.target.local.state.Members;
import dev.fairlead.target.local.state.Statuses;
import dev.fairlead.target.local.system.ProcessId;
import dev.fairlead.target.local.wire.SpecWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Changes one environment through the supervisor. Every request can be made twice, so a supervisor that is lost is
/// replaced and asked again.
final class LocalSession implements Session {
    private static final Duration SHORT = Duration.ofSeconds(60);
    private static final Duration LONGEST_STOP = Duration.ofHours(1); // `stop.grace` is the user's
    private static final Duration SLICE = Duration.ofMillis(500);
    private static final Duration COMES_BACK_WITHIN = Duration.ofSeconds(10);

    private final Home home;
    private final EnvironmentRef ref;
    private final SupervisorLink link;
    private final Keeper keeper;
    private final Map<String, String> variables;
    private @Nullable Map<String, ? extends @Nullable Object> handed;

    LocalSession(
            Home home,
            EnvironmentRef ref,
            SupervisorLink link,
            Keeper keeper,
            Map<String, String> variables) {
        this.home = home;
        this.ref = ref;
        this.link = link;
        this.keeper = keeper;
        this.variables = variables;
    }

    @Override
    public Handed hand(
            Environment environment, Resolution resolution, SortedMap<UnitName, Wanted> wanted) {
        var replaced = keeper.replaceTaken(environment.outline(), resolution);
        if (!replaced.isEmpty()) {
            return new Handed.PortsReplaced(replaced);
        }
        home.make();
        home.environment(ref).keep(ref);
        keeper.keep(environment, resolution);
        var spec = Specs.of(environment, resolution, wanted, variables);
        Map<String, ? extends @Nullable Object> request =
                Map.of("do", "hand", "spec", SpecWriter.tree(spec));
        synchronized (this) {
            handed = request;
        }
        call(request, SHORT);
        return new Handed.Taken();
    }

    @Override
    public Answer start(UnitName unit, long token, boolean force) {
        return answer(
                call(
                        Map.of(
                                "do",
                                "start",
                                "environment",
                                ref.key(),
                                "unit",
                                unit.value(),
                                "fencing",
                                token,
                                "force",
                                force),
                        SHORT));
    }

    @Override
    public Answer note(UnitName unit, long token, Noted noted) {
        var request = new LinkedHashMap<String, @Nullable Object>();
        request.put("do", "note");
        request.put("environment", ref.key());
        request.put("unit", unit.value());
        request.put("fencing", token);
        request.put("hash", noted.wanted().hash());
        request.put("content", noted.wanted().content());
        request.put("state", noted.state().toString());
        noted.cause().ifPresent(cause -> request.put("cause", Statuses.tree(cause)));
        if (noted.state() == UnitState.STARTING) {
            request.put("worker", ProcessId.self().toString());
        }
        return answer(call(request, SHORT));
    }

    @Override
    public Answer remove(UnitName unit, long token, boolean withData) {
        return answer(
                call(
                        Map.of(
                                "do",
                                "remove",
                                "environment",
                                ref.key(),
                                "unit",
                                unit.value(),
                                "fencing",
                                token,
                                "withData",
                                withData),
                        LONGEST_STOP));
    }

    private static Answer answer(Map<String, Object> answer) {
        return switch (Members.text(answer, "answer")) {
            case "accepted" ->
                    new Answer.Accepted(
                            answer.get("note") instanceof String note
                                    ? Optional.of(note)
                                    : Optional.empty());
            case "fenced" -> new Answer.Fenced(Members.number(answer, "newest"));
            case "failed" -> new Answer.Failed(Statuses.cause(Members.object(answer, "cause")));
            case String other -> throw SupervisorLink.unreachable("it answered " + other);
        };
    }

    @Override
    public UnitStatus await(UnitName unit, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            // In slices, so that an interrupt is seen although reading from a socket is not
            // interruptible everywhere.
            var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            var slice = left.compareTo(SLICE) < 0 ? left : SLICE;
            var request = new LinkedHashMap<String, Object>();
            request.put("do", "await");
            request.put("environment", ref.key());
            request.put("unit", unit.value());
            request.put("ms", slice.toMillis());
            var status = Statuses.written(unit, call(request, slice.plus(SHORT))).status();
            if (isSettled(status.state()) || left.equals(slice)) {
                return status;
            }
        }
    }

    private static boolean isSettled(UnitState state) {
        return switch (state) {
            case READY, FAILED, STOPPED, SLEEPING -> true;
            case PENDING, STARTING, DEGRADED -> false;
        };
    }

    /// Calls; when the supervisor is gone, another one is handed everything and asked again. An interrupt meanwhile is
    /// kept for the caller: half a request would leave it unknown what was done.
    private Map<String, Object> call(
            Map<String, ? extends @Nullable Object> request, Duration atMost) {
        boolean interrupted = Thread.interrupted();
        try {
            var answer = tried(request, atMost);
            // A killed process closes its port before it looks dead, so there is a moment without
            // either.
            long deadline = System.nanoTime() + COMES_BACK_WITHIN.toNanos();
            while (answer instanceof Tried.Lost(var why)) {
                if (System.nanoTime() - deadline > 0) {
                    throw SupervisorLink.unreachable(why);
                }
                interrupted |= Thread.interrupted();
                link.requireAwake();
                if (link.connect()) {
                    handAgain();
                } else {
                    SupervisorLink.pause();
                }
                answer = tried(request, atMost);
            }
            return ((Tried.Answered) answer).answer();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private sealed interface Tried {
        record Answered(Map<String, Object> answer) implements Tried {}

        record Lost(String why) implements Tried {}
    }

    private Tried tried(Map<String, ? extends @Nullable Object> request, Duration atMost) {
        try {
            var answer = link.call(request, atMost);
            if (!"unknown".equals(answer.get("answer"))) {
                return new Tried.Answered(answer);
            }
            handAgain();
            return new Tried.Lost("it does not know the unit");
        } catch (IOException e) {
            return new Tried.Lost(String.valueOf(e.getMessage()));
        }
    }

    private void handAgain() {
        Map<String, ? extends @Nullable Object> request;
        synchronized (this) {
            request = handed;
        }
        if (request == null) {
            return;
        }
        try {
            link.call(request, SHORT);
        } catch (IOException e) {
            return; // gone again: the caller's next try sees it
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
