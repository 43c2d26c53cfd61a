package dev.fairlead.target.local.postgres;

import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.target.local.output.Output;
import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.system.Exit;
import dev.fairlead.target.local.system.Fifo;
import dev.fairlead.target.local.system.Listeners;
import dev.fairlead.target.local.system.Pause;
import dev.fairlead.target.local.system.Poller;
import dev.fairlead.target.local.system.ProcessTable;
import dev.fairlead.target.local.system.Reaper;
import dev.fairlead.target.local.system.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one postmaster of a `.fairlead` folder: starts it, adopts it, makes databases in it, stops it.
public final class Cluster {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration ORPHANS_LEAVE = Duration.ofSeconds(5);
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(5); // recovery after a crash
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);
    private static final Duration LOOK_LASTS = Duration.ofSeconds(1);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(60);

    private final Layout layout;
    private final Programs programs;
    private final Reaper reaper;
    private final Poller poller;
    private final Output output;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> untouched = ConcurrentHashMap.newKeySet();
    private Output.@Nullable Stream stream;
    private @Nullable Postmaster running;

    /// The postmaster that runs.
    public record Postmaster(int pid, int port, CompletableFuture<Exit> exit) {}

    public Cluster(Layout layout, Binaries binaries, Reaper reaper, Poller poller, Output output) {
        this.layout = layout;
        this.programs = new Programs(layout, binaries);
        this.reaper = reaper;
        this.poller = poller;
        this.output = output;
    }

    /// The postmaster, adopted or started, and it takes connections.
    public Postmaster require() throws Unavailable, InterruptedException {
        return require(_ -> {});
    }

    /// The same.
    ///
    /// @param progress is told what takes its time at the moment, one sentence without a full stop
    public Postmaster require(Consumer<String> progress) throws Unavailable, InterruptedException {
        lock.lockInterruptibly();
        try {
            int port = layout.port();
            var known = running;
            if (known != null && !known.exit().isDone() && known.port() == port) {
                return known;
            }
            if (layout.postmaster().isPresent() && !layout.livingPort().equals(Optional.of(port))) {
                stop(); // its port was replaced since
            }
            var found = layout.postmaster();
            var postmaster =
                    found.isPresent()
                            ? adopt(found.get(), port, progress)
                            : Optional.<Postmaster>empty();
            running = postmaster.isPresent() ? postmaster.get() : start(port, progress);
            return running;
        } catch (IOException e) {
            throw unavailable(String.valueOf(e.getMessage()));
        } finally {
            lock.unlock();
        }
    }

    /// Whether a postmaster lives; one that nobody has required is found too.
    public boolean lives() {
        return layout.postmaster().isPresent();
    }

    /// @return empty when it ends just now, which a postmaster does that was told to
    private Optional<Postmaster> adopt(int pid, int port, Consumer<String> progress)
            throws IOException, Unavailable, InterruptedException {
        var postmaster = new Postmaster(pid, port, poller.end(pid));
        readOutput();
        try {
            awaitConnections(postmaster, port, progress);
            return Optional.of(postmaster);
        } catch (Unavailable e) {
            if (postmaster.exit().isDone()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Postmaster start(int port, Consumer<String> progress)
            throws IOException, Unavailable, InterruptedException {
        Durable.folder(layout.folder());
        Fifo.make(layout.output());
        readOutput();
        if (!layout.isInitialised()) {
            progress.accept("initdb makes its data folder");
            initialise();
        }
        endOrphans();
        checkPort(port);
        // Nobody of this cluster lives: what a killed postmaster left would only mislead, its pid
        // may be another's now.
        Files.deleteIfExists(layout.data().resolve("postmaster.pid"));
        Durable.deleteFolder(layout.socketFolder());
        Durable.folder(layout.socketFolder());
        var child = reaper.start(programs.postgres(port));
        var postmaster = new Postmaster(child.pid(), port, child.exit());
        try {
            awaitConnections(postmaster, port, progress);
        } catch (Unavailable e) {
            checkPort(port); // somebody was quicker
            throw e;
        }
        return postmaster;
    }

    private void checkPort(int port) throws Unavailable {
        var holder = Listeners.holderOf(port);
        if (holder.isPresent() && holder.get().pid().filter(layout::owns).isEmpty()) {
            var open = stream;
            throw new Unavailable(
                    CauseCode.PORT_TAKEN,
                    "port %d of PostgreSQL is held by %s"
                            .formatted(port, holder.get().description()),
                    open == null ? List.of() : open.end());
        }
    }

    private void initialise() throws IOException, Unavailable, InterruptedException {
        programs.endInitialisation();
        Durable.deleteFolder(layout.fresh());
        run(programs.initialise());
        run(programs.sync());
        Files.move(layout.fresh(), layout.data());
    }

    private void run(dev.fairlead.target.local.system.Spawn program)
            throws IOException, Unavailable, InterruptedException {
        try {
            var exit = reaper.start(program).exit().get();
            if (!exit.success()) {
                throw unavailable("initdb " + exit);
            }
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("the end of a process is never exceptional", e);
        }
    }

    /// Backends of a postmaster that was killed end by themselves as soon as they notice; a new postmaster would refuse
    /// to start beside them.
    private void endOrphans() throws InterruptedException {
        long deadline = System.nanoTime() + ORPHANS_LEAVE.toNanos();
        while (!layout.processes().isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                layout.processes().forEach(pid -> Signals.send(pid, Signals.KILL));
            }
            Pause.of(LOOK);
        }
    }

    private void readOutput() throws IOException {
        if (stream == null) {
            stream = output.open(layout.output(), true, _ -> {});
        }
    }

    private void awaitConnections(Postmaster postmaster, int port, Consumer<String> progress)
            throws Unavailable, InterruptedException {
        long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (true) {
            try (var client =
                    SqlClient.connect(
                            layout.socket(port), "postgres", "postgres", ANSWERS_WITHIN)) {
                client.query("SELECT 1");
                return;
            } catch (IOException e) {
                if (postmaster.exit().isDone()) {
                    throw unavailable("PostgreSQL " + postmaster.exit().join());
                }
                if (System.nanoTime() - deadline > 0) {
                    throw unavailable("PostgreSQL takes no connections: " + e.getMessage());
                }
                progress.accept(
                        ProcessTable.stopped(postmaster.pid())
                                ? "PostgreSQL (pid %d) is stopped (SIGSTOP)"
                                        .formatted(postmaster.pid())
                                : "PostgreSQL takes no connections yet: " + e.getMessage());
                Pause.of(LOOK);
            }
        }
    }

    /// What keeps it from taking a connection at this moment; empty when it takes one.
    public Optional<String> hindrance() {
        var socket = layout.socket(layout.port());
        try (var client = SqlClient.connect(socket, "postgres", "postgres", LOOK_LASTS)) {
            client.query("SELECT 1");
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// A database that is wanted.
    ///
    /// @param name its own, and that of the role that owns it
    /// @param template the key of what it begins with, where that is kept
    public record Wanted(String name, Optional<String> template) {}

    /// Makes a role and a database of each name, where they are not there yet; the roles get the password.
    public void prepare(List<Wanted> databases, String password) throws Unavailable {
        administer(client -> {
            for (var wanted : databases) {
                var name = wanted.name();
                boolean known =
                        !client.query("SELECT 1 FROM pg_roles WHERE rolname = " + text(name))
                                .isEmpty();
                client.query(
                        (known ? "ALTER" : "CREATE")
                                + " ROLE "
                                + quoted(name)
                                + " LOGIN PASSWORD "
                                + text(password));
                if (client.query("SELECT 1 FROM pg_database WHERE datname = " + text(name))
                        .isEmpty()) {
                    make(client, wanted);
                }
            }
        });
    }

    private void make(SqlClient client, Wanted wanted) throws IOException {
        var name = wanted.name();
        if (wanted.template().isPresent()
                && new Templates(layout, client).copy(wanted.template().get(), name)) {
            return;
        }
        client.query("CREATE DATABASE " + quoted(name) + " OWNER " + quoted(name));
        untouched.add(name);
    }

    /// Keeps what migrations made in a database that was made empty here, and that nobody has used since.
    ///
    /// @param key of the migrations
    public void keepTemplate(String key, String name) {
        if (!untouched.remove(name)) {
            return;
        }
        try {
            administer(client -> new Templates(layout, client).keep(key, name));
        } catch (Unavailable e) {
            System.err.println(
                    "no template of " + name + ": " + e.what()); // the next one tries again
        }
    }

    /// From now on the database may hold more than what its migrations make.
    public void touched(String name) {
        untouched.remove(name);
    }

    /// Drops databases and their roles, with whoever is connected to them.
    public void drop(List<String> names) throws Unavailable {
        administer(client -> {
            for (var name : names) {
                client.query("DROP DATABASE IF EXISTS " + quoted(name) + " WITH (FORCE)");
                client.query("DROP ROLE IF EXISTS " + quoted(name));
            }
        });
    }

    private interface Work {
        void with(SqlClient client) throws IOException;
    }

    private void administer(Work work) throws Unavailable {
        lock.lock(); // two units at once would both find a role missing
        try (var client = SqlClient.connect(layout.socket(layout.port()), "postgres", "postgres")) {
            // A failing statement must not appear in the log: it may hold a password.
            client.query("SET log_min_error_statement = panic");
            work.with(client);
        } catch (IOException e) {
            throw unavailable("PostgreSQL refused: " + e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /// Stops it in order (`fast`: running transactions are rolled back); returns when it is gone.
    public void stop() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Optional<Integer> pid = layout.postmaster();
            if (pid.isPresent()) {
                Signals.send(pid.get(), Signals.INT);
                Signals.send(pid.get(), Signals.CONT); // who is stopped hears nothing
                if (!gone(pid.get(), STOPS_WITHIN)) {
                    Signals.send(pid.get(), Signals.QUIT);
                    if (!gone(pid.get(), ORPHANS_LEAVE)) {
                        Signals.send(pid.get(), Signals.KILL);
                    }
                }
            }
            endOrphans();
            running = null;
            if (!layout.socketFolder().startsWith(layout.folder())) {
                Durable.deleteFolder(layout.socketFolder());
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean gone(int pid, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (ProcessTable.find(pid).filter(process -> !process.zombie()).isPresent()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Pause.of(LOOK);
        }
        return true;
    }

    private Unavailable unavailable(String what) {
        var open = stream;
        return new Unavailable(
                CauseCode.DATABASE_UNAVAILABLE, what, open == null ? List.of() : open.end());
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /// The file that its output is kept in.
    public Path log() {
        return layout.log();
    }
}
