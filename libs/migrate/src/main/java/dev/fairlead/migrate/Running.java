package dev.fairlead.migrate;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.migrate.execute.Rehearser;
import dev.fairlead.migrate.execute.Runner;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.lock.Lane;
import dev.fairlead.migrate.lock.Turn;
import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.store.Database;
import dev.fairlead.migrate.store.HistoryReader;
import dev.fairlead.migrate.store.HistoryWriter;
import dev.fairlead.migrate.store.LastRun;
import dev.fairlead.migrate.store.Session;
import dev.fairlead.migrate.store.SqlStates;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Takes a turn, does something in it, gives it back.
final class Running {
    private static final Duration FULL_PAUSE = Duration.ofMillis(250);

    private final Database database;
    private final MigrateOptions options;
    private final MigrateEvents events;
    private final Cancellation cancellation;

    Running(
            Database database,
            MigrateOptions options,
            MigrateEvents events,
            Cancellation cancellation) {
        this.database = database;
        this.options = options;
        this.events = events;
        this.cancellation = cancellation;
    }

    /// What somebody does whose turn it is.
    ///
    /// @param history as it is now, under the turn
    record Stage(Turn turn, Session work, History history) {}

    interface Act {
        MigrateOutcome play(Stage stage) throws SQLException, InterruptedException;
    }

    /// @param wanted asked before and while waiting; when it says no, there is nothing to do
    MigrateOutcome inTurn(Lane lane, Turn.Wish wanted, Act act) throws InterruptedException {
        Turn.Wish needed =
                session -> {
                    if (cancellation.requested()) {
                        throw Problem.error(
                                        MigrateCode.INTERRUPTED,
                                        "interrupted before anything of this run began")
                                .thrown();
                    }
                    return wanted.stillWanted(session);
                };
        var deadline = Deadline.in(options.waitFor(), Ticker.SYSTEM);
        try {
            var session = open("waits its turn", deadline);
            var taken = Optional.<Turn>empty();
            try {
                if (!needed.stillWanted(session)) {
                    return nothing();
                }
                switch (Turn.take(session, request(lane, deadline, needed))) {
                    case Turn.Taken.Late late -> {
                        return new MigrateOutcome.Busy(late.holder());
                    }
                    case Turn.Taken.NotNeeded _ -> {
                        return nothing();
                    }
                    case Turn.Taken.Won won -> taken = Optional.of(won.turn());
                }
            } finally {
                if (taken.isEmpty()) {
                    session.close();
                }
            }
            return play(taken.orElseThrow(), act, deadline);
        } catch (SQLException e) {
            throw Errors.of(database, e);
        }
    }

    private Turn.Request request(Lane lane, Deadline deadline, Turn.Wish needed) {
        return new Turn.Request(
                lane,
                options.who(),
                deadline,
                needed,
                (holder, left) -> events.happened(new MigrateEvent.WaitingForTurn(holder, left)));
    }

    private static MigrateOutcome nothing() {
        return new MigrateOutcome.Done("", List.of(), List.of());
    }

    private MigrateOutcome play(Turn turn, Act act, Deadline deadline)
            throws SQLException, InterruptedException {
        try (turn;
                var work = open("works", deadline)) {
            turn.whenOver(work::abort);
            turn.beginWork(work, _ -> {});
            var history =
                    new HistoryReader(work, options.gooseTable()).read(Optional.empty()).history();
            return act.play(new Stage(turn, work, history));
        } catch (SQLException e) {
            if (turn.over()) {
                throw Problem.error(
                                MigrateCode.MIGRATOR_REPLACED,
                                "the connection that held the turn at %s broke".formatted(database))
                        .thrown();
            }
            throw e;
        }
    }

    /// What somebody looks for who takes no turn.
    interface Planning {
        MigrationPlan plan(Session session) throws SQLException;
    }

    /// Runs a plan and undoes it, while no migrator is at work. Nothing is written, not even whose turn it is.
    Rehearsal rehearse(Planning planning) throws InterruptedException {
        var deadline = Deadline.in(options.waitFor(), Ticker.SYSTEM);
        try (var work = open("rehearses", deadline);
                var observer = open("observes", deadline)) {
            while (!Turn.hinder(work, Lane.MAIN)) {
                if (deadline.passed()) {
                    throw new ProblemException(
                            new MigrateOutcome.Busy(Turn.holder(work, Lane.MAIN)).problems());
                }
                Ticker.SYSTEM.pause(deadline.slice(FULL_PAUSE));
            }
            Turn.demandOwnSession(observer, Lane.MAIN);
            var plan = planning.plan(work);
            if (!plan.problems().isEmpty()) {
                throw new ProblemException(plan.problems());
            }
            try (var rehearser = new Rehearser(work, observer, options, cancellation)) {
                return rehearser.rehearse(plan);
            }
        } catch (SQLException e) {
            throw Errors.of(database, e);
        }
    }

    /// A connection, as soon as the server takes one more.
    private Session open(String purpose, Deadline deadline)
            throws SQLException, InterruptedException {
        while (true) {
            try {
                return Session.open(database, purpose);
            } catch (SQLException e) {
                if (!SqlStates.notYet(e) || deadline.passed()) {
                    throw e;
                }
                Ticker.SYSTEM.pause(deadline.slice(FULL_PAUSE));
            }
        }
    }

    /// Runs the steps of a plan, when nothing stands against it.
    MigrateOutcome run(Stage stage, MigrationPlan plan, List<PlannedStep> steps)
            throws InterruptedException {
        events.happened(new MigrateEvent.Planned(plan));
        if (options.expectedPlan().isPresent()
                && !options.expectedPlan().get().equals(plan.hash())) {
            return new MigrateOutcome.Refused(
                    List.of(
                            Problem.error(
                                    MigrateCode.PLAN_STALE,
                                    "the plan %s was expected, now it is %s"
                                            .formatted(
                                                    options.expectedPlan().get(), plan.hash()))));
        }
        if (!plan.problems().isEmpty()) {
            return new MigrateOutcome.Refused(plan.problems());
        }
        if (!plan.unapproved().isEmpty()) {
            return new MigrateOutcome.Waiting(List.of(), wanted(plan));
        }
        return Runner.run(
                new Runner.Setting(
                        database,
                        stage.work(),
                        stage.turn(),
                        stage.history(),
                        options,
                        events,
                        cancellation),
                plan,
                steps);
    }

    private static List<Problem> wanted(MigrationPlan plan) {
        return plan.unapproved().stream()
                .map(demand ->
                        Problem.error(
                                        MigrateCode.APPROVAL_NEEDED,
                                        demand.migration().place(),
                                        demand.toString())
                                .withHint(
                                        "fairlead migrate approve --plan "
                                                + plan.hash()
                                                + (demand.by().isEmpty() ? "" : " --as NAME")))
                .toList();
    }

    /// Says what somebody else did to the schema since the last run, before this one makes it a part of its own state.
    void tellDrift(Stage stage, MigrationPlan plan) throws SQLException {
        if (plan.steps().isEmpty()) {
            return;
        }
        var last = LastRun.read(stage.work()).filter(LastRun::current);
        if (last.isPresent()) {
            var drift = Drift.of(last, LastRun.schema(stage.work()));
            if (!drift.differences().isEmpty()) {
                events.happened(new MigrateEvent.Drifted(drift));
            }
        }
    }

    /// Writes the schema down as this turn leaves it, so that a later change by somebody else is seen. What has run is in
    /// the history already: that this fails is no failure of the run.
    void remember(Stage stage) {
        try {
            if (stage.work().isOpen() && !stage.turn().over()) {
                LastRun.write(stage.work(), writer(stage, "").fence());
            }
        } catch (SQLException _) {
            // then the drift is not known until the next run
        }
    }

    MigrateOutcome remembered(Stage stage, MigrateOutcome outcome) {
        remember(stage);
        return outcome;
    }

    /// Who writes in a turn.
    HistoryWriter writer(Stage stage, String planHash) {
        return new HistoryWriter(
                stage.turn().lane(), stage.turn().token(), options.who(), planHash);
    }
}
