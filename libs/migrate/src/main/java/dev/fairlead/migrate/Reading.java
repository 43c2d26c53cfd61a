package dev.fairlead.migrate;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.migrate.await.Await;
import dev.fairlead.migrate.await.AwaitResult;
import dev.fairlead.migrate.catalogue.Snapshot;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.lock.Holder;
import dev.fairlead.migrate.lock.Lane;
import dev.fairlead.migrate.lock.Turn;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.plan.DownPlanner;
import dev.fairlead.migrate.plan.Goal;
import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.plan.PlanHash;
import dev.fairlead.migrate.plan.Planner;
import dev.fairlead.migrate.store.Database;
import dev.fairlead.migrate.store.HistoryReader;
import dev.fairlead.migrate.store.LastRun;
import dev.fairlead.migrate.store.Session;
import dev.fairlead.migrate.store.SqlStates;
import dev.fairlead.migrate.store.Verification;
import dev.fairlead.migrate.store.Verifier;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Everything that only looks.
final class Reading {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int IDLE_LOOKS = 2;
    private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(1);

    private final Database database;
    private final Origin origin;
    private final MigrateOptions options;

    Reading(Database database, Origin origin, MigrateOptions options) {
        this.database = database;
        this.origin = origin;
        this.options = options;
    }

    /// A question to the database.
    interface Question<T> {
        T ask(Session session) throws SQLException;
    }

    <T> T ask(Question<T> question) {
        try (var session = Session.open(database, "reads")) {
            session.answersWithin(ANSWERS_WITHIN);
            return question.ask(session);
        } catch (SQLException e) {
            throw Errors.of(database, e);
        }
    }

    History history() {
        return ask(session -> reader(session).read(Optional.empty()).history());
    }

    HistoryReader reader(Session session) {
        return new HistoryReader(session, options.gooseTable());
    }

    MigrationPlan plan() {
        return ask(session -> plan(session, reader(session).read(Optional.empty()).history()));
    }

    MigrationPlan plan(Session session, History history) throws SQLException {
        var plan =
                Planner.up(origin.migrations(), history, options.goal(), options.allowOutOfOrder());
        var sources = new HashMap<String, String>();
        for (var changed : plan.changed()) {
            reader(session)
                    .source(changed.was())
                    .ifPresent(text -> sources.put(changed.was(), text));
        }
        return plan.withSources(sources);
    }

    MigrationPlan planDown(Goal goal) {
        return DownPlanner.down(origin.migrations(), history(), goal);
    }

    Verification verify() {
        return ask(session ->
                reader(session).read(Optional.of("")).there()
                        ? Verifier.verify(session)
                        : new Verification(0, "", List.of()));
    }

    AwaitResult ready() {
        return ask(this::ready);
    }

    private AwaitResult ready(Session session) throws SQLException {
        if (isKnown(session)) {
            return new AwaitResult.Satisfied(List.of());
        }
        // Complete says nothing of what runs in the background.
        var digest =
                origin.migrations().stream().anyMatch(Migration::background)
                        ? Optional.<String>empty()
                        : Optional.of(PlanHash.ofMigrations(origin.migrations()));
        var snapshot = reader(session).read(digest);
        if (digest.isPresent() && snapshot.complete().equals(digest)) {
            return new AwaitResult.Satisfied(List.of());
        }
        var plan = Planner.up(origin.migrations(), snapshot.history(), Goal.ALL, true);
        return Await.judge(plan, snapshot.history());
    }

    /// Whether the database is complete for exactly these files, which then need not be read.
    private boolean isKnown(Session session) throws SQLException {
        var files = origin.files();
        return files.isPresent() && reader(session).read(files).files().equals(files);
    }

    /// Whether a run of everything would find nothing to do, as far as one row of the database can tell.
    boolean nothingIsLeft(Session session) throws SQLException {
        if (isKnown(session)) {
            return true;
        }
        if (origin.migrations().stream().anyMatch(Migration::background)) {
            return false;
        }
        var digest = Optional.of(PlanHash.ofMigrations(origin.migrations()));
        boolean complete = reader(session).read(digest).complete().equals(digest);
        if (complete) {
            rememberFiles(session, digest.orElseThrow());
        }
        return complete;
    }

    /// So that the next one need not read them. A role that may not write it does without.
    void rememberFiles(Session session, String complete) throws SQLException {
        boolean all = origin.migrations().stream().noneMatch(Migration::background);
        if (all && origin.files().isPresent()) {
            try {
                LastRun.complete(session, origin.files().orElseThrow(), complete);
            } catch (SQLException e) {
                if (!SqlStates.refused(e)) {
                    throw e;
                }
            }
        }
    }

    Drift drift() {
        return ask(session -> {
            var last = LastRun.read(session);
            var now = last.isPresent() ? LastRun.schema(session) : Optional.<Snapshot>empty();
            return Drift.of(last, now);
        });
    }

    AwaitResult await(Duration atMost, Consumer<List<String>> waiting) throws InterruptedException {
        return await(atMost, Integer.MAX_VALUE, waiting);
    }

    /// Waits for as long as somebody migrates the database, or it cannot be reached.
    AwaitResult awaitMigrator(Duration atMost, Consumer<List<String>> waiting)
            throws InterruptedException {
        return await(atMost, IDLE_LOOKS, waiting);
    }

    /// @param idle how many looks in turn may find nobody at work: one that takes over from another needs a moment
    private AwaitResult await(Duration atMost, int idle, Consumer<List<String>> waiting)
            throws InterruptedException {
        var deadline = Deadline.in(atMost, Ticker.SYSTEM);
        List<String> told = List.of();
        int found = 0;
        while (true) {
            var look = look();
            var result = look.result();
            found = look.worked() ? 0 : found + 1;
            if (!(result instanceof AwaitResult.Waiting still)
                    || found >= idle
                    || deadline.passed()) {
                return result;
            }
            if (!still.waitsFor().equals(told)) {
                told = still.waitsFor();
                waiting.accept(told);
            }
            Ticker.SYSTEM.pause(deadline.slice(LOOK));
        }
    }

    /// @param worked whether waiting may help by itself: somebody migrates, or the database is not there yet
    private record Look(AwaitResult result, boolean worked) {}

    private Look look() {
        try {
            return ask(session -> {
                // Before the history is read: who ends in between has left a complete one.
                var holder = Turn.current(session, Lane.MAIN);
                var result = ready(session);
                return new Look(
                        holder.map(who -> named(result, who)).orElse(result), holder.isPresent());
            });
        } catch (ProblemException e) {
            if (e.problems().getFirst().code() != MigrateCode.DATABASE_UNREACHABLE) {
                throw e;
            }
            return new Look(new AwaitResult.Waiting(List.of(e.problems().getFirst().what())), true);
        }
    }

    private static AwaitResult named(AwaitResult result, Holder holder) {
        if (!(result instanceof AwaitResult.Waiting(var waits))) {
            return result;
        }
        var all = new ArrayList<>(waits);
        all.set(0, "%s; at work on it: %s".formatted(all.getFirst(), holder));
        return new AwaitResult.Waiting(all);
    }
}
