package dev.fairlead.engine.schema;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Json;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.history.Applied;
import dev.fairlead.migrate.history.Entry;
import dev.fairlead.migrate.history.Entry.Outcome;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.plan.Goal;
import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why a database is not where its files are. Pure: over a plan and the history that it was made from.
public final class Why {
    /// One reason.
    ///
    /// @param code that of an error where it is one, else `PENDING`, `APPLIED` or `UNKNOWN`
    /// @param migration `key@version`, where it is about one
    /// @param advice what a person can do
    public record Reason(
            String code, Optional<String> migration, String what, List<String> advice) {
        public Reason {
            advice = List.copyOf(advice);
        }
    }

    private static final String UP = "`fairlead migrate up` runs it; a deploy does so by itself";

    private final MigrationPlan plan;
    private final History history;

    private Why(MigrationPlan plan, History history) {
        this.plan = plan;
        this.history = history;
    }

    public static Why of(MigrationPlan plan, History history) {
        return new Why(plan, history);
    }

    public String database() {
        return plan.databaseName();
    }

    /// Everything that keeps the database from being where the files are: what stands against a run first, then what is
    /// pending, in its order.
    public List<Reason> all() {
        var reasons = new ArrayList<Reason>();
        plan.problems().forEach(problem -> reasons.add(of(problem)));
        running().ifPresent(reasons::add);
        for (var migration : plan.migrations()) {
            reasons.addAll(pending(migration));
        }
        for (var unknown : plan.missing()) {
            reasons.add(
                    new Reason(
                            "UNKNOWN",
                            Optional.of(unknown.id()),
                            unknown.id() + " has run, and there is no file of it here",
                            List.of("these files are older than the database, or are another's")));
        }
        return reasons;
    }

    /// Why one migration has not run, or when it did.
    ///
    /// @param files every migration
    /// @param named a key, `key@version`, or the number of a goose file
    /// @throws dev.fairlead.diagnostic.ProblemException when there is no such migration
    public List<Reason> of(List<Migration> files, String named) {
        var known = Planner.up(files, History.none("", ""), new Goal.To(named), true);
        var migration = known.migrations().getLast();
        var reasons = new ArrayList<>(pending(migration));
        plan.applied().stream()
                .filter(one -> one.id().equals(migration.id()) && one.complete())
                .forEach(one -> reasons.add(applied(one)));
        plan.problems().stream()
                .filter(problem ->
                        problem.code() == MigrateCode.MIGRATION_CHANGED
                                && problem.what().contains(migration.id()))
                .forEach(problem -> reasons.add(of(problem)));
        return reasons;
    }

    private List<Reason> pending(Migration migration) {
        var reasons = new ArrayList<Reason>();
        var steps =
                plan.steps().stream().filter(step -> step.migration().equals(migration)).toList();
        if (steps.isEmpty()) {
            return reasons;
        }
        var id = Optional.of(migration.id());
        lastFailure(migration).ifPresent(reasons::add);
        plan.unapproved().stream()
                .filter(demand -> demand.migration().equals(migration))
                .map(this::unapproved)
                .forEach(reasons::add);
        for (var dependency : migration.dependencies()) {
            if (plan.steps().stream()
                    .anyMatch(step -> step.migration().key().equals(dependency.key()))) {
                reasons.add(
                        new Reason(
                                "PENDING",
                                id,
                                migration.id()
                                        + " comes after "
                                        + dependency
                                        + ", which is pending",
                                List.of()));
            }
        }
        if (reasons.isEmpty()) {
            reasons.add(due(migration, steps.getFirst()));
        }
        return reasons;
    }

    private Reason unapproved(MigrationPlan.Demand demand) {
        var migration = demand.migration();
        var owners = demand.by().isEmpty() ? migration.meta().owners() : demand.by();
        var by = owners.isEmpty() ? "" : " by " + String.join(", ", owners);
        var approve = "`fairlead migrate approve --plan " + plan.hash() + "`";
        return new Reason(
                MigrateCode.APPROVAL_NEEDED.name(),
                Optional.of(migration.id()),
                migration.id()
                        + " waits for an approval"
                        + by
                        + (demand.why().isEmpty() ? "" : ", because of " + demand.why()),
                List.of(approve + ", after `fairlead migrate plan`"));
    }

    private static Reason due(Migration migration, PlannedStep first) {
        var what =
                first.index() > 0
                        ? "%s has run up to step %d of %d"
                                .formatted(migration.id(), first.index(), first.of())
                        : migration.id() + " has not run yet";
        var how =
                first.background() ? "nobody waits for it: `fairlead migrate up --background`" : UP;
        return new Reason("PENDING", Optional.of(migration.id()), what, List.of(how));
    }

    private Optional<Reason> lastFailure(Migration migration) {
        return last(migration)
                .filter(entry -> entry.outcome() == Outcome.FAILED)
                .map(entry ->
                        new Reason(
                                MigrateCode.STEP_FAILED.name(),
                                Optional.of(migration.id()),
                                "step %d of %s failed at %s, run by %s%s"
                                        .formatted(
                                                entry.step() + 1,
                                                migration.id(),
                                                entry.finished().orElse(entry.started()),
                                                entry.who(),
                                                error(entry)),
                                List.of(MigrateCode.STEP_FAILED.remedy())));
    }

    private Optional<Entry> last(Migration migration) {
        return history.entries().stream()
                .filter(entry -> entry.migration().equals(migration.id()))
                .reduce((_, later) -> later);
    }

    private static String error(Entry entry) {
        try {
            var error = Json.readObject(entry.detail()).get("error");
            return error == null ? "" : ": " + error;
        } catch (RuntimeException e) {
            return ""; // written by another version
        }
    }

    private Optional<Reason> running() {
        return history.entries().stream()
                .reduce((_, later) -> later)
                .filter(entry -> entry.outcome() == Outcome.RUNNING)
                .map(entry ->
                        new Reason(
                                MigrateCode.MIGRATOR_BUSY.name(),
                                Optional.of(entry.migration()),
                                "step %d of %s runs since %s, by %s, or its process died"
                                        .formatted(
                                                entry.step() + 1,
                                                entry.migration(),
                                                entry.started(),
                                                entry.who()),
                                List.of(
                                        "wait for it; when nobody is at work any more, `fairlead migrate up` goes on")));
    }

    private static Reason of(Problem problem) {
        return new Reason(
                problem.code().name(),
                Optional.empty(),
                problem.place().map(place -> place + " ").orElse("") + problem.what(),
                List.of(problem.advice()));
    }

    private static Reason applied(Applied one) {
        return new Reason(
                "APPLIED",
                Optional.of(one.id()),
                "%s has run%s, by %s"
                        .formatted(
                                one.id(),
                                one.since().map(since -> " at " + since).orElse(""),
                                one.who()),
                List.of());
    }
}
