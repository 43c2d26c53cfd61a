package dev.fairlead.migrate.build;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.lock.Lane;
import dev.fairlead.migrate.model.ApprovalRule;
import dev.fairlead.migrate.model.Dependency;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.plan.Goal;
import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.plan.Planner;
import dev.fairlead.migrate.store.HistoryWriter;
import dev.fairlead.migrate.store.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One migration as a psql script that stands alone. Run by `psql -X -f FILE DATABASE` it takes the migrator's lock or
/// ends at once, asks the checks, runs the steps and writes the rows of the history as `fairlead migrate up` would. A
/// second run does nothing; after one that ended half-way it goes on. The same migration gives the same bytes.
///
/// It differs from the executor in what psql cannot do: it does not wait for another migrator, repeats nothing by itself,
/// and an attempt that fails leaves no row.
public final class Harness {
    private final Migration migration;
    private final MigrationPlan plan;
    private final Lane lane;
    private final Psql script = new Psql();

    private Harness(Migration migration) {
        this.migration = migration;
        this.plan = Planner.up(List.of(migration), History.none("", ""), Goal.ALL, true);
        this.lane = migration.background() ? Lane.BACKGROUND : Lane.MAIN;
    }

    /// @param inOrder every migration of the database, each after those that it depends on
    /// @param wanted one of them
    /// @throws dev.fairlead.diagnostic.ProblemException `CANNOT_BUILD`, for every step that cannot be a script
    public static String script(List<Migration> inOrder, Migration wanted) {
        refuse(wanted);
        var harness = new Harness(wanted);
        harness.header();
        harness.lock();
        harness.tables();
        harness.turn();
        harness.demand(prerequisites(inOrder, wanted));
        harness.demandApproval();
        harness.steps();
        return harness.script.toString();
    }

    private static void refuse(Migration wanted) {
        var problems = new ArrayList<Problem>();
        for (var step : wanted.up()) {
            if (step instanceof Step.Data(var header, var what)) {
                reason(what)
                        .ifPresent(reason ->
                                problems.add(
                                        Problem.error(
                                                BuildCode.CANNOT_BUILD,
                                                header.place(),
                                                "%s cannot be a psql script: %s"
                                                        .formatted(wanted.id(), reason))));
            }
        }
        if (!problems.isEmpty()) {
            throw new dev.fairlead.diagnostic.ProblemException(problems);
        }
    }

    private static Optional<String> reason(Script script) {
        return switch (script) {
            case Script.Inline _, Script.File _, Script.Instructions _ -> Optional.empty();
            case Script.Url url -> Optional.of("it runs what " + url.url() + " gives");
            case Script.Exec exec ->
                    Optional.of("it runs the program " + exec.command().getFirst());
            case Script.Backfill backfill ->
                    Optional.of("it changes " + backfill.table() + " batch by batch");
        };
    }

    private void header() {
        script.comment(
                        """
                        %s, written by fairlead migrate build
                        plan %s
                        Run it with: psql -X -f THIS-FILE DATABASE
                        Your name in the history is the session's user, or what -v fairlead_who=NAME says.\
                        """
                                .formatted(migration.id(), plan.hash()))
                .line("\\set ON_ERROR_STOP on")
                .line("\\set ON_ERROR_ROLLBACK off")
                .line("\\set AUTOCOMMIT on")
                .line("\\set QUIET on")
                .line("\\pset pager off")
                .line("SET client_encoding = 'UTF8';");
    }

    private void lock() {
        script.line("")
                .comment("The lock of the migrator. Held until this session ends.")
                .set(
                        "SELECT pg_catalog.pg_try_advisory_lock(%d) AND pg_catalog.pg_try_advisory_lock(%d) AS fairlead_turn"
                                .formatted(lane.turnKey(), lane.workKey()))
                .demand(
                        "fairlead_turn",
                        "another migrator works on this database; run this again when it has ended");
    }

    private void tables() {
        script.line("")
                .comment("The migrator's own tables.")
                .set(
                        "SELECT pg_catalog.to_regclass('fairlead.migration_head') IS NULL AS fairlead_fresh")
                .line("\\if :fairlead_fresh")
                .line("BEGIN;")
                .line(HistoryWriter.tables().strip())
                .line("COMMIT;")
                .line("\\endif")
                .set("SELECT format = 1 AS fairlead_known FROM fairlead.migration_head")
                .demand(
                        "fairlead_known",
                        "the history was made by a newer version of the migrator; build the script with that");
    }

    private void turn() {
        script.line("\\if :{?fairlead_who}")
                .line("\\else")
                .set("SELECT session_user || ' (psql)' AS fairlead_who")
                .line("\\endif")
                .set(
                        "UPDATE fairlead.migration_turn SET token = token + 1, who = :'fairlead_who', since = pg_catalog.clock_timestamp(), heartbeat = pg_catalog.clock_timestamp() WHERE lane = "
                                + Literal.of(lane.word())
                                + " RETURNING token AS fairlead_token");
    }

    /// What must have run before: what it depends on, and of numbered files the one before.
    private static List<Dependency> prerequisites(List<Migration> inOrder, Migration wanted) {
        var needed = new ArrayList<>(wanted.dependencies());
        if (wanted.number().isPresent()) {
            inOrder.stream()
                    .filter(other ->
                            other.number().isPresent()
                                    && folder(other).equals(folder(wanted))
                                    && other.number().getAsLong() < wanted.number().getAsLong())
                    .max(java.util.Comparator.comparingLong(other -> other.number().getAsLong()))
                    .ifPresent(before ->
                            needed.add(
                                    new Dependency(
                                            wanted.place(), before.key(), Optional.empty())));
        }
        return needed;
    }

    /// A goose file's key without its number.
    private static String folder(Migration migration) {
        var key = migration.key().text();
        return key.substring(0, key.lastIndexOf('.') + 1);
    }

    private void demand(List<Dependency> needed) {
        for (var one : needed) {
            var version =
                    one.least()
                            .map(least ->
                                    " AND pg_catalog.string_to_array(pg_catalog.split_part(h.version, '-', 1), '.')::bigint[] >= ARRAY[%s]::bigint[]"
                                            .formatted(
                                                    least.numbers().stream()
                                                            .map(String::valueOf)
                                                            .collect(Collectors.joining(", "))))
                            .orElse("");
            script.line("")
                    .comment("needs " + one)
                    .set(
                            """
                            SELECT EXISTS (SELECT FROM fairlead.migration_history h
                                WHERE h.key = %s%s AND h.direction = 'up' AND h.outcome <> 'FAILED' AND h.step = h.steps - 1
                                  AND h.id > (%s)) AS fairlead_there\
                            """
                                    .formatted(
                                            Literal.of(one.key().text()),
                                            version,
                                            lastDown("h.key", "h.version")))
                    .demand(
                            "fairlead_there",
                            "%s needs %s, which has not run here".formatted(migration.id(), one));
        }
    }

    /// The last row of the way back.
    static String lastDown(String key, String version) {
        return "SELECT coalesce(max(d.id), 0) FROM fairlead.migration_history d WHERE d.key = %s AND d.version = %s AND d.direction = 'down' AND d.outcome <> 'FAILED'"
                .formatted(key, version);
    }

    private void demandApproval() {
        for (var rule : migration.rules()) {
            boolean holds =
                    rule.lint().isEmpty()
                            || plan.unapproved().stream()
                                    .anyMatch(demand -> demand.migration().equals(migration));
            if (holds) {
                demandApproval(rule);
            }
        }
    }

    private void demandApproval(ApprovalRule rule) {
        var names = rule.by().stream().map(Literal::of).collect(Collectors.joining(", "));
        script.line("")
                .comment("needs an approval of this plan, for this database")
                .set(
                        "SELECT EXISTS (SELECT FROM fairlead.migration_approval WHERE kind = 'PLAN' AND subject = %s AND database = %s%s) AS fairlead_approved"
                                .formatted(
                                        Literal.of(plan.hash()),
                                        StepScript.DATABASE,
                                        names.isEmpty() ? "" : " AND who IN (" + names + ")"))
                .demand(
                        "fairlead_approved",
                        "%s needs an approval: fairlead migrate approve --plan %s"
                                .formatted(migration.id(), plan.hash()));
    }

    /// psql reads even what it skips, and rows of a COPY are no SQL: so a second run ends before them.
    private void endWhenDone() {
        var key = Literal.of(migration.key().text());
        var version = Literal.of(migration.version().toString());
        script.line("")
                .set(
                        """
                        SELECT count(DISTINCT h.step) = %d AS fairlead_all FROM fairlead.migration_history h
                        WHERE h.key = %s AND h.version = %s AND h.direction = 'up' AND h.outcome <> 'FAILED'
                          AND h.id > (%s)\
                        """
                                .formatted(
                                        plan.steps().size(), key, version, lastDown(key, version)))
                .line("\\if :fairlead_all")
                .line("\\echo " + migration.id() + " has run before")
                .line("\\quit")
                .line("\\endif");
    }

    private void steps() {
        var rows = new Rows(lane, plan.under());
        endWhenDone();
        boolean first = true;
        for (var step : plan.steps()) {
            script.line("");
            new StepScript(script, rows, step).write(first);
            first = false;
        }
        script.line("")
                .line("SELECT pg_catalog.pg_advisory_unlock_all() AS fairlead_free \\gset")
                .line("\\echo " + migration.id() + " is done");
    }
}
