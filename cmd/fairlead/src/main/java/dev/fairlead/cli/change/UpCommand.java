package dev.fairlead.cli.change;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Report;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.StackArgument;
import dev.fairlead.cli.flag.TurnOptions;
import dev.fairlead.cli.flag.WishOptions;
import dev.fairlead.cli.text.PlanText;
import dev.fairlead.cli.text.StatusText;
import dev.fairlead.cli.text.TimesLine;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.explain.EnvironmentReport;
import dev.fairlead.deploy.history.ExecutionReport;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Wrapped;
import dev.fairlead.engine.ApplyOptions;
import dev.fairlead.engine.Planned;
import dev.fairlead.engine.Request;
import dev.fairlead.engine.Shapes;
import dev.fairlead.engine.sync.Syncing;
import dev.fairlead.inventory.environment.TargetKind;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead up`.
@Command(
        name = "up",
        description = {
            "Plans and applies without questions, unless the environment is protected, until every unit is ready.",
            "Then follows the output and shows reloads; Ctrl-C leaves the units running or stops them."
        },
        footer = "  fairlead up examples/guestbook --detach")
public final class UpCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();
    @Mixin private final TurnOptions turn = new TurnOptions();
    @Mixin private final WishOptions wishes = new WishOptions();

    @Mixin private final FailureOptions failure = new FailureOptions();

    @Option(
            names = {"-d", "--detach"},
            description = "Return when everything is ready, and print the addresses.")
    boolean detach;

    public UpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        var request = new Requests(session).of(argument.stack()).wishing(wishes.wishes());
        var planned = session.engine().plan(request);
        Report.text(session.console(), planned.warnings());
        planned.remarks().forEach(remark -> session.say("note: " + remark));
        if (planned.guarded() && !planned.plan().isEmpty()) {
            session.console()
                    .err()
                    .print(new PlanText(planned.plan(), session.console().paintErr()).text());
            session.confirm("This environment is protected. Apply this plan?");
        }
        var outcome = apply(planned);
        if (!(outcome instanceof Outcome.Ready)) {
            return new Execution(session)
                    .ended(outcome, failure.after(outcome, planned, turn, session));
        }
        return ready(request, planned, outcome);
    }

    private Outcome apply(Planned planned) {
        var options = new ApplyOptions("up", turn.turn(), false);
        var execution = new Execution(session);
        var outcome =
                execution.watched(
                        Optional.of(planned.plan()),
                        sink -> session.engine().apply(planned, options, sink));
        if (outcome instanceof Outcome.Ready) {
            execution.reports().forEach(report -> times(planned, report));
        }
        return outcome;
    }

    /// What took longest, in one line.
    private void times(Planned planned, ExecutionReport report) {
        var line = TimesLine.of(report, planned.graph());
        if (!line.isEmpty()) {
            session.say(new Wrapped(session.console().columns(), "  ").of(line, 0));
        }
    }

    private int ready(Request request, Planned planned, Outcome outcome)
            throws InterruptedException {
        var report = session.engine().status(planned);
        if (session.json()) {
            return new Execution(session)
                    .ended(outcome, Map.of("environment", Shapes.status(report)));
        }
        boolean idle = outcome instanceof Outcome.Ready(var acted) && acted.isEmpty();
        if (planned.plan().isEmpty() && idle) {
            session.say("No change: " + planned.environment() + " is as the stack says.");
        }
        var text = new StatusText(session.console().paintOut(), session.now(), 80);
        session.console().out().print(text.addresses(report));
        session.console().out().flush();
        if (detach) {
            return ExitCode.DONE;
        }
        return switch (followed(request, report)) {
            case LEFT -> {
                session.say("Left running; `fairlead status` shows it, `fairlead down` stops it.");
                yield ExitCode.DONE;
            }
            case STOP -> stop(request);
            case GONE -> {
                session.say(
                        "Nothing is left to follow: every unit is stopped, done or failed."
                                + " `fairlead status` shows it.");
                yield ExitCode.DONE;
            }
        };
    }

    /// Where pods run on a workspace, each edit is brought there meanwhile.
    private Following.End followed(Request request, EnvironmentReport report)
            throws InterruptedException {
        var following = new Following(session, request, report);
        if (report.units().stream().noneMatch(unit -> unit.name().equals(Syncing.UNIT))
                || report.target() != TargetKind.KUBERNETES) {
            return following.untilTheEnd();
        }
        var thread = Thread.ofVirtual().name("sync").start(() -> syncs(request));
        try {
            return following.untilTheEnd();
        } finally {
            thread.interrupt();
        }
    }

    private void syncs(Request request) {
        try {
            session.engine()
                    .syncing(request)
                    .watch(
                            synced -> {
                                if (!synced.isEmpty()) {
                                    session.say("synced " + synced);
                                }
                            },
                            why -> session.say(why + "; it is tried again"));
        } catch (ProblemException e) {
            Report.text(session.console(), e.problems());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int stop(Request request) {
        var execution = new Execution(session);
        var outcome =
                execution.watchedRemoval(
                        sink -> session.engine().down(request, false, turn.turn(), sink));
        return execution.ended(outcome, Map.of());
    }
}
