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
import dev.fairlead.target.local.wire.UnitSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;

/// The life of databases in the folder's postmaster. A database that dies comes back, whatever `restart` says: others
/// depend on it, and what it holds is durable.
final class PostgresLife implements Life {
    private static final List<String> ADVICE =
            List.of("read its output", "`fairlead doctor` checks what it needs");

    private final Job job;
    private final Work.Postgres work;
    private final UnitSpec.Databases databases;
    private final Board board;
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

    private boolean awaitEnd(Cluster.Postmaster postmaster) throws InterruptedException {
        long since = System.nanoTime();
        try {
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
        var advice =
                found.code() == CauseCode.PORT_TAKEN
                        ? List.of("end that process, or run `fairlead up`: it takes another port")
                        : ADVICE;
        return new Cause(found.code(), found.what(), advice, found.evidence());
    }

    private static Cause cause(String what) {
        return new Cause(CauseCode.DATABASE_UNAVAILABLE, what, ADVICE, List.of());
    }
}
