package dev.fairlead.target.local;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.target.local.state.Home;
import dev.fairlead.target.local.state.LocalCode;
import dev.fairlead.target.local.system.ProcessId;
import dev.fairlead.target.local.system.ProcessTable;
import dev.fairlead.target.local.system.Spawn;
import dev.fairlead.target.local.wire.Connection;
import dev.fairlead.target.local.wire.SupervisorFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The command's hold on the supervisor: finds it, starts it, says hello so that it stays, and calls it.
final class SupervisorLink implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration COMES_WITHIN = Duration.ofMinutes(2); // on a busy machine
    private static final Duration START_AGAIN = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration LOOK_ANSWER = Duration.ofMillis(500);
    private static final Duration LEAVES_WITHIN = Duration.ofSeconds(5);

    private final Home home;
    private final SupervisorCommand command;
    private final Map<String, String> variables;
    private @Nullable SupervisorFile supervisor;
    private @Nullable Connection session;

    SupervisorLink(Home home, SupervisorCommand command, Map<String, String> variables) {
        this.home = home;
        this.command = command;
        this.variables = variables;
    }

    /// Connects to the running supervisor of this build, or starts one.
    ///
    /// @return whether it is another one than before
    synchronized boolean connect() {
        var known = supervisor;
        if (known != null && known.process().alive()) {
            return false;
        }
        closeSession();
        home.make();
        long deadline = System.nanoTime() + COMES_WITHIN.toNanos();
        long startAgain = System.nanoTime();
        Optional<ProcessId> coming = Optional.empty();
        while (System.nanoTime() - deadline < 0) {
            var found = SupervisorFile.find(home);
            if (found.isPresent()) {
                requireAwake(found.get());
                if (greet(found.get())) {
                    return true;
                }
            } else if (System.nanoTime() - startAgain >= 0
                    && coming.filter(ProcessId::alive).isEmpty()) {
                coming = start();
                startAgain = System.nanoTime() + START_AGAIN.toNanos();
            }
            pause();
        }
        throw unreachable("it did not come up within " + COMES_WITHIN.toSeconds() + " s");
    }

    /// @throws ProblemException when the supervisor is there and somebody stopped it
    synchronized void requireAwake() {
        var known = supervisor;
        if (known != null) {
            requireAwake(known);
        }
    }

    /// One that is stopped takes connections and never says a word.
    private static void requireAwake(SupervisorFile file) {
        stalled(file)
                .ifPresent(cause -> {
                    throw Problem.error(LocalCode.SUPERVISOR_UNREACHABLE, cause.what())
                            .withHint(cause.advice().getFirst())
                            .thrown();
                });
    }

    /// Why the supervisor does nothing, when somebody stopped its process.
    static Optional<Cause> stalled(SupervisorFile file) {
        int pid = file.process().pid();
        return ProcessTable.stopped(pid)
                ? Optional.of(
                        new Cause(
                                CauseCode.STALLED,
                                "the supervisor (pid %d) is stopped (SIGSTOP): it starts and watches nothing"
                                        .formatted(pid),
                                List.of("let it go on: kill -CONT " + pid),
                                List.of()))
                : Optional.empty();
    }

    /// Asks for a fresh look at every unit of an environment; whether there was one is in what the units say afterwards.
    ///
    /// @return why nobody looks, where the supervisor is there and does nothing
    static Optional<Cause> look(Home home, String environment, Duration atMost) {
        var found = SupervisorFile.find(home);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var stalled = stalled(found.get());
        if (stalled.isPresent()) {
            return stalled;
        }
        try (var connection = Connection.open(found.get())) {
            var request = Map.of("do", "look", "environment", environment, "ms", atMost.toMillis());
            connection.call(request, atMost.plus(LOOK_ANSWER));
        } catch (IOException | IllegalStateException e) {
            // It is just ending, or of an earlier build that does not know the word: what it wrote
            // last counts.
        }
        return Optional.empty();
    }

    private boolean greet(SupervisorFile file) {
        try {
            var connection = Connection.open(file);
            if (!file.build().equals(command.build())) {
                connection.call(Map.of("do", "handover"), SHORT);
                connection.close();
                return false;
            }
            connection.call(Map.of("do", "hello"), SHORT);
            supervisor = file;
            session = connection;
            return true;
        } catch (IOException e) {
            return false; // it is just ending; the next look finds another or none
        }
    }

    private Optional<ProcessId> start() {
        var arguments = new ArrayList<>(command.command());
        var beside = java.util.Objects.requireNonNull(home.folder().getParent());
        arguments.addAll(List.of(beside.toString(), command.build()));
        var environment = new TreeMap<String, String>();
        for (var name : List.of("PATH", "HOME", "LANG", "TZ", "USER")) {
            keep(environment, name);
        }
        for (var name : List.of("XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "TMPDIR")) {
            keep(environment, name);
        }
        try {
            return ProcessId.find(
                    new Spawn(arguments, environment, home.folder(), home.supervisorLog(), true)
                            .start());
        } catch (IOException e) {
            throw unreachable(String.valueOf(e.getMessage()));
        }
    }

    private void keep(Map<String, String> environment, String name) {
        var value = variables.get(name);
        if (value != null) {
            environment.put(name, value);
        }
    }

    /// Calls the supervisor.
    ///
    /// @throws IOException when it is gone: {@link #connect} finds or starts another
    Map<String, Object> call(Map<String, ? extends @Nullable Object> request, Duration atMost)
            throws IOException {
        SupervisorFile file;
        synchronized (this) {
            file = supervisor;
        }
        if (file == null) {
            throw new IOException("not connected");
        }
        try (var connection = Connection.open(file)) {
            return connection.call(request, atMost);
        }
    }

    /// Says good-bye; when nothing is left to hold, the supervisor ends, and this waits for it.
    @Override
    public synchronized void close() {
        var open = session;
        var file = supervisor;
        if (open == null || file == null) {
            return;
        }
        try {
            if (Boolean.TRUE.equals(open.call(Map.of("do", "bye"), SHORT).get("ending"))) {
                awaitEnd(file.process());
            }
        } catch (IOException e) {
            awaitEnd(file.process()); // it ended before it could say so
        } finally {
            closeSession();
        }
    }

    private static void awaitEnd(ProcessId process) {
        long deadline = System.nanoTime() + LEAVES_WITHIN.toNanos();
        while (process.alive() && System.nanoTime() - deadline < 0) {
            pause();
        }
    }

    private void closeSession() {
        var open = session;
        if (open != null) {
            open.close();
        }
        session = null;
        supervisor = null;
    }

    /// An interrupt is kept for the caller.
    static void pause() {
        long until = System.nanoTime() + LOOK.toNanos();
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    static ProblemException unreachable(String why) {
        return Problem.error(LocalCode.SUPERVISOR_UNREACHABLE, "no supervisor: " + why)
                .withHint("read .fairlead/supervisor.log")
                .thrown();
    }
}
