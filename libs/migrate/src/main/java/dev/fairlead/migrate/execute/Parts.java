package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.MigrateEvent;
import dev.fairlead.migrate.execute.Failures.StatementFailed;
import dev.fairlead.migrate.history.Entry.Outcome;
import dev.fairlead.migrate.history.Intent;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.plan.StepParts;
import dev.fairlead.migrate.plan.StepText;
import dev.fairlead.migrate.plan.Unfinished;
import dev.fairlead.migrate.sql.Checksum;
import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.Groups;
import dev.fairlead.migrate.sql.Groups.Group;
import dev.fairlead.migrate.sql.SqlText;
import dev.fairlead.migrate.sql.Statement;
import dev.fairlead.migrate.store.HistoryWriter;
import dev.fairlead.migrate.store.SqlStates;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A step that no single transaction holds: part by part, each with a note before it runs and a note after. Where a part
/// has a transaction of its own, the second note is in it. After a crash the notes say where to go on, and for the part
/// in which the process died the catalogue is asked.
final class Parts {
    private static final String DUPLICATE = "42P07";

    private final Scene scene;
    private final PlannedStep step;
    private final List<Group> groups;
    private final Checks checks;
    private final Failures failures;
    private final Map<Integer, Intent> notes = new HashMap<>();
    private final List<String> done = new ArrayList<>();
    private long rows;

    Parts(Scene scene, PlannedStep step, SqlText sql, List<Facts> facts) {
        this.scene = scene;
        this.step = step;
        this.groups = StepParts.of(StepText.transactional(step.step()), sql, facts);
        this.checks = new Checks(step);
        this.failures = new Failures(scene, step);
        scene.history().intents().stream()
                .filter(intent -> Unfinished.belongs(intent, step))
                .forEach(intent -> notes.put(intent.part(), intent));
    }

    /// Runs what is left of it; after a failure once more goes on from there.
    StepResult attempt() throws InterruptedException {
        var header = step.step().header();
        scene.watch().arm(header.timeout());
        rows = 0;
        done.clear();
        try {
            prepare();
            if (notes.isEmpty()) {
                tellGroups();
                var wrong = checks.ask(scene.session(), "pre", header.preChecks());
                if (wrong.isPresent()) {
                    return failed(wrong.get());
                }
            }
            for (int part = 0; part < groups.size(); part++) {
                var wrong = part(part, groups.get(part));
                if (wrong.isPresent()) {
                    return failed(wrong.get());
                }
            }
            var wrong = checks.ask(scene.session(), "post", header.postChecks());
            if (wrong.isPresent()) {
                return failed(wrong.get());
            }
            record();
            scene.watch().disarm();
            return new StepResult.Done(rows);
        } catch (StatementFailed e) {
            return failures.of(e, List.copyOf(done), checks);
        } catch (SQLException e) {
            return failures.of(new StatementFailed(Optional.empty(), e), List.copyOf(done), checks);
        }
    }

    private StepResult failed(Problem problem) {
        scene.watch().disarm();
        return new StepResult.Failed(problem, StepResult.Again.AS_TOLD, List.copyOf(done), checks);
    }

    private void prepare() throws StatementFailed {
        var all = new ArrayList<>(Transaction.CLEAN);
        all.add(
                scene.session()
                        .settings(
                                scene.options().lockTimeout(),
                                step.step().header().timeout().orElse(Duration.ZERO),
                                false));
        Statements.ours(scene.session(), all);
    }

    private void tellGroups() {
        if (groups.size() > 1 && StepText.transactional(step.step())) {
            var reasons =
                    groups.stream().flatMap(group -> group.reason().stream()).distinct().toList();
            scene.tell(
                    new MigrateEvent.Noted(
                            step,
                            "runs in %d parts, because %s"
                                    .formatted(groups.size(), String.join("; ", reasons))));
        }
    }

    private Optional<Problem> part(int part, Group group)
            throws StatementFailed, SQLException, InterruptedException {
        var note = Optional.ofNullable(notes.get(part));
        var checksum = Checksum.of(Statements.of(group.statements()));
        if (note.isPresent()) {
            boolean finished = note.get().finished().isPresent();
            if (finished && !note.get().checksum().equals(checksum)) {
                return Optional.of(changed(part, group));
            }
            if (!finished && !resolved(part, group)) {
                note = Optional.empty();
            }
        }
        if (note.isPresent()) {
            again(group);
            rows += note.get().rows();
        } else {
            rows += runPart(part, group, checksum);
        }
        done.add(described(group));
        return Optional.empty();
    }

    /// What a part that ran before has set in its session holds for those behind it.
    private void again(Group group) throws StatementFailed {
        for (var facts : group.statements()) {
            if (facts.effects().stream()
                    .anyMatch(effect -> effect instanceof Effect.Setting set && !set.local())) {
                Statements.one(scene.session(), facts.statement());
            }
        }
    }

    /// @return whether the part in which a process died is done
    private boolean resolved(int part, Group group)
            throws SQLException, StatementFailed, InterruptedException {
        return switch (Unfinished.of(step, Optional.of(group))) {
            case AGAIN -> false;
            case ASK -> {
                boolean isDone = Carcass.of(scene, step, group).clear();
                if (isDone) {
                    note(scene.writer().ends(step, part, 0));
                }
                yield isDone;
            }
            case PERSON ->
                    throw new IllegalStateException(
                            "a plan with such a part does not run: " + step);
        };
    }

    private long runPart(int part, Group group, String checksum)
            throws StatementFailed, SQLException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                long changed =
                        switch (group.run()) {
                            case ONE_TRANSACTION -> oneTransaction(part, group, checksum);
                            case OWN_TRANSACTION -> ownTransaction(part, group, checksum);
                            case ALONE -> alone(part, group, checksum);
                        };
                notes.put(part, finished(part, checksum, changed));
                return changed;
            } catch (StatementFailed e) {
                boolean soon =
                        SqlStates.lock(e.error()) && attempt < scene.options().lockAttempts();
                if (!scene.session().isOpen() || scene.turn().over()) {
                    throw e;
                }
                if (scene.session().inTransaction()) {
                    scene.session().execute("ROLLBACK");
                }
                if (group.run() == Groups.Run.ALONE && !SqlStates.connection(e.error())) {
                    forget(part, group, e.error());
                }
                if (!soon) {
                    throw e;
                }
                Pauses.beforeLock(scene, step, SqlStates.said(e.error()), attempt);
            }
        }
    }

    private Intent finished(int part, String checksum, long changed) {
        var now = java.time.Instant.EPOCH;
        return new Intent(
                step.migration().id(),
                step.direction(),
                step.index(),
                part,
                checksum,
                scene.writer().who(),
                scene.writer().token(),
                now,
                Optional.of(now),
                changed);
    }

    /// The server said that the part failed: what it left is removed, and nothing is unknown about it.
    private void forget(int part, Group group, SQLException error) throws InterruptedException {
        try {
            if (!DUPLICATE.equals(SqlStates.of(error))) { // then what is there is not ours
                Carcass.of(scene, step, group).clear();
            }
            note(List.of(HistoryWriter.forgets(finished(part, "", 0))));
        } catch (SQLException | StatementFailed _) {
            // the note stays, and the next run asks
        }
    }

    private long oneTransaction(int part, Group group, String checksum) throws StatementFailed {
        Statements.ours(scene.session(), List.of("BEGIN"));
        long changed = Statements.run(scene.session(), Statements.of(group.statements()));
        var end = notes(part, checksum, changed);
        end.add("COMMIT");
        Statements.ours(scene.session(), end);
        return changed;
    }

    private List<String> notes(int part, String checksum, long changed) {
        var notes = new ArrayList<>(Transaction.ASIDE);
        notes.addAll(scene.writer().begins(step, part, checksum));
        notes.addAll(scene.writer().ends(step, part, changed));
        return notes;
    }

    private long ownTransaction(int part, Group group, String checksum)
            throws StatementFailed, SQLException {
        var last = group.statements().getLast();
        boolean commits = last.command().equals("COMMIT") || last.command().equals("END");
        long changed = 0;
        for (int i = 0; i < group.statements().size(); i++) {
            if (i == group.statements().size() - 1 && commits) {
                Statements.ours(scene.session(), notes(part, checksum, changed));
            }
            changed += Statements.one(scene.session(), group.statements().get(i).statement());
        }
        if (scene.session().inTransaction()) {
            throw new StatementFailed(
                    Optional.of(last.statement()),
                    new SQLException("the text begins a transaction and does not end it", "25001"));
        }
        if (!commits) {
            note(notes(part, checksum, 0));
        }
        return changed;
    }

    private long alone(int part, Group group, String checksum)
            throws StatementFailed, SQLException {
        var facts = group.statements().getFirst();
        note(scene.writer().begins(step, part, checksum));
        long changed = unhurried(facts);
        if (scene.session().inTransaction()) {
            throw new StatementFailed(
                    Optional.of(facts.statement()),
                    new SQLException("the text begins a transaction and does not end it", "25001"));
        }
        note(scene.writer().ends(step, part, changed));
        return changed;
    }

    /// What runs concurrently waits for old transactions, and nobody queues behind it: it may take its time.
    private long unhurried(Facts facts) throws StatementFailed {
        if (!facts.command().contains("CONCURRENTLY") || sets("lock_timeout")) {
            return Statements.one(scene.session(), facts.statement());
        }
        var time =
                step.step()
                        .header()
                        .timeout()
                        .or(() -> scene.options().concurrentTimeout())
                        .orElse(Duration.ZERO);
        Statements.ours(
                scene.session(), List.of(scene.session().settings(Duration.ZERO, time, false)));
        long changed = Statements.one(scene.session(), facts.statement());
        Statements.ours(
                scene.session(),
                List.of(
                        scene.session()
                                .settings(
                                        scene.options().lockTimeout(),
                                        step.step().header().timeout().orElse(Duration.ZERO),
                                        false)));
        return changed;
    }

    private boolean sets(String setting) {
        return step.facts().stream()
                .flatMap(facts -> facts.effects().stream())
                .anyMatch(effect ->
                        effect instanceof Effect.Setting set && set.name().equals(setting));
    }

    private void note(List<String> statements) throws StatementFailed {
        try {
            var all = new ArrayList<>(Transaction.ASIDE);
            all.addAll(statements);
            HistoryWriter.inTransaction(scene.session(), all);
        } catch (SQLException e) {
            throw new StatementFailed(Optional.empty(), e);
        }
    }

    private void record() throws SQLException {
        var all = new ArrayList<>(Transaction.ASIDE);
        var started =
                notes.values().stream()
                        .map(Intent::started)
                        .filter(moment -> moment.isAfter(java.time.Instant.EPOCH))
                        .min(java.util.Comparator.naturalOrder());
        all.add(
                scene.writer()
                        .record(
                                new HistoryWriter.Row(
                                        step,
                                        HistoryWriter.at(started),
                                        Outcome.DONE,
                                        rows,
                                        checks.detail())));
        HistoryWriter.inTransaction(scene.session(), all);
    }

    private Problem changed(int part, Group group) {
        return Problem.error(
                        MigrateCode.MIGRATION_CHANGED,
                        place(group),
                        "part %d of %s has run with another text".formatted(part + 1, step))
                .withHint("put the old text of this part back; the parts behind it may change");
    }

    private static dev.fairlead.diagnostic.Place place(Group group) {
        return group.statements().getFirst().statement().place();
    }

    private static String described(Group group) {
        var commands = group.statements().stream().map(Facts::command).distinct().toList();
        Statement first = group.statements().getFirst().statement();
        return "%s (%s) is done and stays".formatted(String.join(", ", commands), first.place());
    }
}
