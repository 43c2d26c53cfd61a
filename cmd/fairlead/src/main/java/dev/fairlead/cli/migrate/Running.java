package dev.fairlead.cli.migrate;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Report;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Interrupts;
import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.engine.schema.EventText;
import dev.fairlead.engine.schema.OutcomeShape;
import dev.fairlead.migrate.MigrateEvent;
import dev.fairlead.migrate.MigrateOutcome;
import dev.fairlead.migrate.MigrateOutcome.AppliedStep;
import dev.fairlead.migrate.Migrations;
import java.util.ArrayList;
import java.util.List;

/// Something that changes a database while a person watches: one line of progress each on standard error, ended by Ctrl-C
/// after its step or with its statement cancelled.
final class Running {
    /// The change itself.
    interface Work {
        MigrateOutcome run(Migrations migrations) throws InterruptedException;
    }

    /// Something that is undone again.
    interface Trial<T> {
        T run(Migrations migrations) throws InterruptedException;
    }

    private final Session session;

    Running(Session session) {
        this.session = session;
    }

    MigrateOutcome watched(Migrations migrations, Work work) throws InterruptedException {
        return interruptible(migrations, work::run);
    }

    <T> T interruptible(Migrations migrations, Trial<T> work) throws InterruptedException {
        var cancellation = new Cancellation();
        try (var _ = Interrupts.handledBy(cancellation::request)) {
            return work.run(migrations.listening(this::tell).until(cancellation));
        }
    }

    private void tell(MigrateEvent event) {
        boolean detail = event instanceof MigrateEvent.Started;
        if (!detail || session.globals().verbose()) {
            EventText.of(event).ifPresent(session::say);
        }
    }

    /// Reports how it ended.
    ///
    /// @return the exit code
    int ended(MigrateOutcome outcome) {
        var problems = outcome.problems();
        if (session.json()) {
            session.printJson(OutcomeShape.of(outcome));
        } else {
            Report.text(session.console(), problems);
            switch (outcome) {
                case MigrateOutcome.Done(_, var applied, var background) -> {
                    session.console().out().println(done(applied));
                    background.forEach(key ->
                            session.console()
                                    .out()
                                    .println(
                                            key
                                                    + " runs in the background: `fairlead migrate up --background`"));
                }
                case MigrateOutcome.Stopped stopped -> {
                    stopped.failed()
                            .stays()
                            .forEach(stays -> session.console().err().println("stays: " + stays));
                    if (!stopped.notTried().isEmpty()) {
                        session.console().err().println("not tried: " + joined(stopped.notTried()));
                    }
                }
                case MigrateOutcome.Busy _, MigrateOutcome.Waiting _, MigrateOutcome.Refused _ -> {}
            }
        }
        return ExitCode.of(problems);
    }

    private static String joined(List<?> keys) {
        return String.join(", ", keys.stream().map(String::valueOf).toList());
    }

    private static String done(List<AppliedStep> steps) {
        long ran = migrations(steps, false);
        long recorded = migrations(steps, true);
        if (ran + recorded == 0) {
            return "nothing to do";
        }
        var what = new ArrayList<String>();
        if (recorded > 0) {
            what.add(recorded + " recorded");
        }
        if (ran > 0) {
            what.add(ran == 1 ? "1 migration done" : ran + " migrations done");
        }
        return String.join(", ", what);
    }

    private static long migrations(List<AppliedStep> steps, boolean recorded) {
        return steps.stream()
                .filter(step -> step.recorded() == recorded)
                .map(step -> step.key() + "@" + step.version())
                .distinct()
                .count();
    }
}
