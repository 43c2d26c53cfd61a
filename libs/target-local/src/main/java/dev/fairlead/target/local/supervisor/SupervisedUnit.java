package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.target.local.output.Output;
import dev.fairlead.target.local.postgres.Unavailable;
import dev.fairlead.target.local.resolve.KeptDatabases;
import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.state.Statuses;
import dev.fairlead.target.local.state.UnitFolder;
import dev.fairlead.target.local.system.Fifo;
import dev.fairlead.target.local.system.ProcessId;
import dev.fairlead.target.local.system.ProcessTable;
import dev.fairlead.target.local.wire.EnvironmentSpec;
import dev.fairlead.target.local.wire.UnitSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// One unit under supervision. Starting, adopting and removing exclude each other; none of them waits for readiness.
final class SupervisedUnit {
    private final UnitFolder folder;
    private final Tools tools;
    private final Board board;
    private final Output output;
    private @Nullable Thread life;
    private volatile Life current = () -> {};
    private @Nullable UnitSpec started;
    private @Nullable Fifo discarded;
    private Former former = Former.NONE;

    /// What ran until other content took its place.
    ///
    /// @param gone is done when nothing of it runs any more
    private record Former(Set<Integer> ports, CompletableFuture<Boolean> gone) {
        static final Former NONE = new Former(Set.of(), CompletableFuture.completedFuture(true));

        boolean holdsOneOf(Collection<Integer> wanted) {
            return !Collections.disjoint(ports, wanted);
        }
    }

    SupervisedUnit(UnitFolder folder, Tools tools) {
        this.folder = folder;
        this.tools = tools;
        this.board = new Board(folder, tools.clock());
        this.output = new Output(folder.log(), tools.masks(), tools.poller(), tools.clock());
    }

    /// Looks how it is now; done when the board says so.
    CompletableFuture<Void> look() {
        return current.look();
    }

    UnitStatus await(Duration atMost) throws InterruptedException {
        return board.await(atMost);
    }

    /// Starts the unit, or replaces what runs with other content. Does nothing when it runs with this content already.
    synchronized void start(EnvironmentSpec environment, UnitSpec spec, boolean force)
            throws InterruptedException {
        if (!force && isUp(spec)) {
            return;
        }
        halt();
        var earlier = folder.applied();
        folder.apply(
                new UnitFolder.Applied(
                        spec.hash(),
                        spec.content(),
                        spec.run().work() instanceof Work.Postgres,
                        spec.run().stop()));
        var group = board.group();
        former = new Former(Set.copyOf(board.status().ports().values()), new CompletableFuture<>());
        var gone = former.gone();
        board.begin(spec.hash(), spec.run().ports(), url(spec));
        var next = job(environment, spec);
        boolean task = spec.run().work() instanceof Work.Task;
        if (task && !force && Tasks.done(spec.hash(), folder)) {
            gone.complete(true);
            board.become(UnitState.READY);
            return;
        }
        if (task) {
            Durable.delete(folder.taskEnd());
        }
        var stop = earlier.map(UnitFolder.Applied::stop).orElse(Stop.DEFAULT);
        boolean leaves =
                earlier.filter(UnitFolder.Applied::postgres).isPresent()
                        && !(spec.run().work() instanceof Work.Postgres);
        var body = life(next, Optional.empty());
        begin(
                spec,
                body,
                () -> {
                    try {
                        if (ends(earlier, spec.run().work())) {
                            new Ender(next.mark()).end(group, stop);
                        }
                    } finally {
                        gone.complete(true);
                    }
                    if (leaves) {
                        stopUnusedCluster();
                    }
                    body.live();
                });
    }

    /// Whether what runs of the unit makes room: the runs of an agent go on as they were begun.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static boolean ends(Optional<UnitFolder.Applied> earlier, Work next) {
        boolean stays =
                next instanceof Work.Agent
                        && earlier.filter(UnitFolder.Applied::isAgent).isPresent();
        return !stays && !(next instanceof Work.Postgres);
    }

    /// Lets go of ports that another unit is given: ends what runs with earlier content still, and waits for what is
    /// ending already. The unit's own start follows, or was before.
    ///
    /// @param wanted what the unit itself shall be
    void vacate(Collection<Integer> ports, UnitName taker, UnitSpec wanted)
            throws InterruptedException {
        var leaving = leaving(ports, taker, wanted);
        try {
            if (leaving.holdsOneOf(ports)) {
                leaving.gone().get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end is never exceptional", e);
        }
    }

    private synchronized Former leaving(Collection<Integer> ports, UnitName taker, UnitSpec wanted)
            throws InterruptedException {
        var status = board.status();
        boolean postgres = folder.applied().filter(UnitFolder.Applied::postgres).isPresent();
        boolean holds = !Collections.disjoint(status.ports().values(), ports);
        if (!holds || postgres || status.appliedHash().equals(Optional.of(wanted.hash()))) {
            return former;
        }
        halt();
        var stop = folder.applied().map(UnitFolder.Applied::stop).orElse(Stop.DEFAULT);
        new Ender(Mark.of(folder)).end(board.group(), stop);
        board.runs(Optional.empty());
        board.become(
                UnitState.STOPPED,
                new Cause(
                        CauseCode.STOPPED_BY_USER,
                        "it ended because " + taker + " takes its port",
                        List.of(),
                        List.of()));
        return Former.NONE;
    }

    private boolean isUp(UnitSpec spec) {
        var state = board.status().state();
        boolean same = board.status().appliedHash().equals(Optional.of(spec.hash()));
        if (spec.run().work() instanceof Work.Task && state == UnitState.READY) {
            return same && Tasks.done(spec.hash(), folder);
        }
        var running = started;
        // The postmaster's port is no content of the unit, but it must be the one that others are
        // given.
        boolean reached = running != null && isReached(running, spec);
        return same
                && reached
                && lives()
                && switch (state) {
                    case STARTING, READY, DEGRADED -> true;
                    case PENDING, FAILED, STOPPED, SLEEPING -> false;
                };
    }

    private static boolean isReached(UnitSpec running, UnitSpec spec) {
        return (running.databases().isEmpty() && spec.databases().isEmpty())
                || running.databases()
                        .flatMap(now -> spec.databases().map(now::isReachedAs))
                        .orElse(false);
    }

    private boolean lives() {
        var thread = life;
        return thread != null && thread.isAlive();
    }

    /// Takes the unit under watch when it runs already with this content, whoever started it.
    synchronized void adopt(EnvironmentSpec environment, UnitSpec spec) {
        var applied = folder.applied().map(UnitFolder.Applied::hash);
        if (lives() || !applied.equals(Optional.of(spec.hash()))) {
            return;
        }
        var next = job(environment, spec);
        switch (spec.run().work()) {
            case Work.Postgres _ -> {
                if (tools.cluster().lives()) {
                    begin(spec, life(next, Optional.empty()));
                }
            }
            case Work.StaticFiles _ -> serveAgain(next);
            case Work.Agent _ -> begin(spec, life(next, Optional.empty()));
            case Work.Command _, Work.Task _ ->
                    runningNow(next).ifPresent(process -> adopt(next, process));
        }
    }

    /// A folder that was served ended with its supervisor; nothing else can bring it back under watch.
    private void serveAgain(Job next) {
        boolean wasServed =
                board.earlier()
                        .map(written -> written.status().state())
                        .filter(state -> state == UnitState.READY || state == UnitState.STARTING)
                        .isPresent();
        if (wasServed) {
            var spec = next.spec();
            board.begin(spec.hash(), spec.run().ports(), url(spec));
            begin(spec, life(next, Optional.empty()));
        }
    }

    private void adopt(Job next, ProcessId process) {
        var earlier = board.earlier().map(Statuses.Written::status);
        if (earlier.isEmpty()) {
            board.begin(next.spec().hash(), next.spec().run().ports(), url(next.spec()));
            board.runs(Optional.of(process));
        } else {
            board.adopt(process, earlier.get());
        }
        var state = board.status().state();
        boolean wasReady = state == UnitState.READY || state == UnitState.DEGRADED;
        var running = new Running(process.pid(), tools.poller().end(process.pid()), wasReady);
        begin(next.spec(), life(next, Optional.of(running)));
    }

    /// The main process: the recorded one, unless its mark says that it runs something else; else one that was started
    /// and not recorded any more. A process that overwrote its environment shows no mark.
    private Optional<ProcessId> runningNow(Job next) {
        var hash = next.spec().hash();
        var wanted = next.mark().value(hash, Mark.Role.MAIN);
        return board.earlier()
                .filter(written -> written.status().appliedHash().equals(Optional.of(hash)))
                .flatMap(Statuses.Written::process)
                .filter(ProcessId::alive)
                .filter(process ->
                        ProcessTable.variable(process.pid(), Mark.VARIABLE)
                                .map(wanted::equals)
                                .orElse(true))
                .or(() -> next.mark().main(hash).flatMap(found -> ProcessId.find(found.pid())));
    }

    private Job job(EnvironmentSpec environment, UnitSpec spec) {
        return new Job(
                spec, folder, environment.root(), environment.surroundings(), board, output, tools);
    }

    private static Life life(Job job, Optional<Running> adopted) {
        return switch (job.spec().run().work()) {
            case Work.Command _, Work.Task _ -> new ProcessLife(job, adopted);
            case Work.Agent _ -> new AgentLife(job);
            case Work.StaticFiles work -> new StaticLife(job, work);
            case Work.Postgres work -> new PostgresLife(job, work);
        };
    }

    /// Reads and forgets what a unit prints that nobody has handed over: it cannot be freed of secrets that are not
    /// known, and a process whose output nobody reads stands still when the pipe is full.
    synchronized void discard() throws IOException {
        if (!lives() && discarded == null && Files.exists(folder.output())) {
            discarded = Fifo.open(folder.output(), tools.poller(), _ -> {});
        }
    }

    private void endDiscarding() {
        var open = discarded;
        if (open != null) {
            open.close();
            discarded = null;
        }
    }

    private void begin(UnitSpec spec, Life body) {
        begin(spec, body, body);
    }

    /// @param whole the life with what comes before it
    private void begin(UnitSpec spec, Life body, Life whole) {
        started = spec;
        current = body;
        endDiscarding();
        life =
                Thread.ofVirtual()
                        .name(folder.environment().key() + "/" + folder.name())
                        .start(() -> guarded(whole));
    }

    private void guarded(Life body) {
        try {
            body.live();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // replaced or removed
        } catch (ProblemException e) {
            var problem = e.problems().getFirst();
            board.become(
                    UnitState.FAILED,
                    new Cause(
                            problem.code(),
                            problem.what(),
                            List.of(problem.advice()),
                            problem.evidence()));
        } catch (RuntimeException e) {
            e.printStackTrace(); // a defect: its place is in the supervisor's log
            board.become(
                    UnitState.FAILED,
                    new Cause(
                            CauseCode.START_REFUSED,
                            "a defect of Fairlead: " + e.getMessage(),
                            List.of("see .fairlead/supervisor.log"),
                            List.of()));
        }
    }

    private void halt() throws InterruptedException {
        endDiscarding();
        var thread = life;
        if (thread != null) {
            thread.interrupt();
            thread.join();
            life = null;
            current = () -> {};
        }
    }

    /// Ends everything of the unit and forgets it; nothing of it runs when this returns.
    ///
    /// @return what is to be said of it, when it did not simply end
    synchronized Optional<String> remove(boolean withData)
            throws InterruptedException, Unavailable {
        halt();
        Optional<String> note = Optional.empty();
        var applied = folder.applied();
        var stop = applied.map(UnitFolder.Applied::stop).orElse(Stop.DEFAULT);
        boolean leftDatabases =
                withData && !KeptDatabases.of(folder.environment(), folder.name()).isEmpty();
        if (leftDatabases || applied.filter(UnitFolder.Applied::postgres).isPresent()) {
            if (withData) {
                drop();
            }
            var users = stopUnusedCluster();
            if (!users.isEmpty()) {
                note =
                        Optional.of(
                                (withData ? "removed with its data" : "let go")
                                        + " (PostgreSQL goes on for "
                                        + String.join(", ", users)
                                        + ")");
            }
        } else {
            new Ender(Mark.of(folder)).end(board.group(), stop);
        }
        board.stopped();
        output.close();
        folder.forget(withData);
        return note;
    }

    private void drop() throws InterruptedException, Unavailable {
        var environment = folder.environment();
        var names = KeptDatabases.of(environment, folder.name());
        if (KeptDatabases.port(environment.home()) != 0 && !names.isEmpty()) {
            tools.cluster().require();
            tools.cluster().drop(names);
        }
        KeptDatabases.forget(environment, folder.name());
    }

    /// The last unit that uses the postmaster stops it.
    ///
    /// @return who uses it still: environments (`dev-2`), or units of the same one
    private List<String> stopUnusedCluster() throws InterruptedException {
        var own = folder.environment().key();
        var users =
                folder.environment().home().environments().stream()
                        .flatMap(environment -> environment.units().stream())
                        .filter(unit -> !unit.path().equals(folder.path()))
                        .filter(unit ->
                                unit.applied().filter(UnitFolder.Applied::postgres).isPresent())
                        .map(unit ->
                                unit.environment().key().equals(own)
                                        ? unit.name().value()
                                        : unit.environment().key())
                        .distinct()
                        .toList();
        if (users.isEmpty()) {
            tools.cluster().stop();
        }
        return users;
    }

    /// Where the unit is reached: its port `http`, or its only one.
    private static Optional<String> url(UnitSpec spec) {
        Run run = spec.run();
        if (spec.databases().isPresent()) {
            return Optional.of("postgresql://127.0.0.1:" + spec.databases().get().port());
        }
        var http = run.ports().get("http");
        if (http != null) {
            return Optional.of("http://127.0.0.1:" + http);
        }
        if (run.ports().size() != 1) {
            return Optional.empty();
        }
        var scheme = run.ready() instanceof Ready.Http ? "http" : "tcp";
        return Optional.of(scheme + "://127.0.0.1:" + run.ports().firstEntry().getValue());
    }
}
