package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.inventory.unit.Restart;
import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.target.local.postgres.Binaries;
import dev.fairlead.target.local.postgres.Cluster;
import dev.fairlead.target.local.postgres.Unavailable;
import dev.fairlead.target.local.system.Exit;
import dev.fairlead.target.local.system.Pause;
import dev.fairlead.target.local.system.ProcessId;
import dev.fairlead.target.local.system.ProcessTable;
import dev.fairlead.target.local.wire.UnitSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// The life of databases in the folder's postmaster. A database that dies comes back, whatever `restart` says: others
/// depend on it, and what it holds is durable.
final class PostgresLife implements Life {
    private static final List<String> ADVICE =
            List.of("read its output", "`fairlead doctor` checks what it needs");

    /// What PostgreSQL says when it does not start, and what helps.
    private static final SortedMap<String, String> WORDS =
            new TreeMap<>(
                    Map.of(
                            "are incompatible with server",
                            "another version of PostgreSQL made its data: `fairlead down --volumes` begins anew, the build of Fairlead that made them still reads them",
                            "has invalid permissions",
                            "take the rights of others away: chmod 700 .fairlead/postgres/data",
                            "No space left on device",
                            "make room on the disk that .fairlead lies on",
                            "contains errors",
                            "correct the file that it names; Fairlead itself writes nothing into it"));

    private final Job job;
    private final Work.Postgres work;
    private final UnitSpec.Databases databases;
    private final Board board;
    private volatile Optional<Looks> looks = Optional.empty();
    private final RestartPolicy policy = new RestartPolicy(Restart.ALWAYS);

    PostgresLife(Job job, Work.Postgres work) {
        this.job = job;
        this.work = work;
        this.databases = job.spec().databases().orElseThrow();
        this.board = job.board();
    }

    @Override
    public void live() throws InterruptedException {
        // The unit may have been a command before.
        new Ender(job.mark()).end(OptionalInt.empty(), Stop.DEFAULT);
        var major = Binaries.VERSION.substring(0, Binaries.VERSION.indexOf('.'));
        var asked = work.version().map(version -> version.split("\\.", 2)[0]);
        if (asked.isPresent() && !asked.get().equals(major)) {
            board.become(
                    UnitState.FAILED,
                    cause(
                            "version %s is asked for, the embedded PostgreSQL is %s"
                                    .formatted(asked.get(), Binaries.VERSION)));
            return;
        }
        boolean more = true;
        boolean again = false;
        while (more) {
            try {
                var postmaster = start();
                if (again) {
                    board.tell(Event.Kind.READY, "ready again", Optional.empty());
                }
                more = awaitEnd(postmaster);
                again = true;
            } catch (Unavailable e) {
                more = again && later(cause(e), Exit.UNKNOWN, Duration.ZERO);
                if (!more) {
                    board.become(UnitState.FAILED, cause(e));
                }
            }
        }
    }

    private Cluster.Postmaster start() throws Unavailable, InterruptedException {
        var cluster = job.tools().cluster();
        var postmaster = cluster.require(this::isAt);
        isAt("its databases and logins are made");
        var wanted = new ArrayList<Cluster.Wanted>();
        databases
                .names()
                .forEach((logical, name) ->
                        wanted.add(
                                new Cluster.Wanted(
                                        name,
                                        Optional.ofNullable(databases.templates().get(logical)))));
        cluster.prepare(wanted, databases.password().reveal());
        board.runs(ProcessId.find(postmaster.pid()));
        board.become(UnitState.READY);
        return postmaster;
    }

    /// What keeps it from being ready, for whoever asks meanwhile.
    private void isAt(String what) {
        var state = board.status().state();
        if (state == UnitState.STARTING || state == UnitState.DEGRADED) {
            board.become(state, Probe.pending(what)); // one that is adopted stays ready
        }
    }

    @Override
    public CompletableFuture<Void> look() {
        return looks.map(Looks::look).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private Optional<Cause> hindrance(Cluster.Postmaster postmaster) {
        if (ProcessTable.stopped(postmaster.pid())) {
            return Optional.of(Causes.stopped("PostgreSQL", postmaster.pid()));
        }
        return job.tools()
                .cluster()
                .hindrance()
                .map(why -> cause("PostgreSQL takes no connections: " + why));
    }

    private boolean awaitEnd(Cluster.Postmaster postmaster) throws InterruptedException {
        long since = System.nanoTime();
        var looks = new Looks(board, () -> hindrance(postmaster));
        this.looks = Optional.of(looks);
        try {
            looks.until(postmaster.exit());
            var exit = postmaster.exit().get();
            board.runs(Optional.empty());
            var readyFor = Duration.ofNanos(System.nanoTime() - since);
            boolean more = later(cause("PostgreSQL " + exit), exit, readyFor);
            if (!more) {
                board.become(UnitState.FAILED, cause("PostgreSQL " + exit + " again and again"));
            }
            return more;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process is never exceptional", e);
        } finally {
            this.looks = Optional.empty();
        }
    }

    private boolean later(Cause cause, Exit exit, Duration readyFor) throws InterruptedException {
        var wait = policy.after(exit, readyFor);
        if (wait.isEmpty()) {
            return false;
        }
        board.become(UnitState.DEGRADED, cause);
        board.tell(
                Event.Kind.PROGRESS,
                cause.what() + "; started again in " + Causes.seconds(wait.get()),
                Optional.empty());
        Pause.of(wait.get());
        board.restarted();
        return true;
    }

    private static Cause cause(Unavailable found) {
        var advice = new ArrayList<String>();
        if (found.code() == CauseCode.PORT_TAKEN) {
            advice.add("end that process, or run `fairlead up`: it takes another port");
        } else {
            WORDS.forEach((words, what) -> {
                if (found.evidence().stream().anyMatch(line -> line.contains(words))) {
                    advice.add(what);
                }
            });
            advice.addAll(ADVICE);
        }
        return new Cause(found.code(), found.what(), advice, found.evidence());
    }

    private static Cause cause(String what) {
        return new Cause(CauseCode.DATABASE_UNAVAILABLE, what, ADVICE, List.of());
    }
}
