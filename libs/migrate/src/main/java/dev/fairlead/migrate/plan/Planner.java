package dev.fairlead.migrate.plan;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.history.Applied;
import dev.fairlead.migrate.history.Entry.Direction;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.plan.MigrationPlan.Changed;
import dev.fairlead.migrate.sql.Classifier;
import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.SqlText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What is to run on the way up.
public final class Planner {
    private final List<Migration> migrations;
    private final History history;
    private final Map<String, Applied> applied;
    private final Collection<String> known;
    private final boolean allowOutOfOrder;
    private final List<PlannedStep> steps = new ArrayList<>();
    private final List<Changed> changed = new ArrayList<>();
    private final List<Migration> outOfOrder = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private Planner(List<Migration> migrations, History history, boolean allowOutOfOrder) {
        this.migrations = migrations;
        this.history = history;
        this.applied = history.applied();
        this.known = history.known();
        this.allowOutOfOrder = allowOutOfOrder;
    }

    /// @param migrations each after those that it depends on
    /// @throws dev.fairlead.diagnostic.ProblemException `UNKNOWN_MIGRATION` when the goal is not among them
    public static MigrationPlan up(
            List<Migration> migrations, History history, Goal goal, boolean allowOutOfOrder) {
        return new Planner(migrations, history, allowOutOfOrder).plan(goal);
    }

    private MigrationPlan plan(Goal goal) {
        var wanted = wanted(goal);
        var behind = background(wanted);
        var numbers = new Numbers(migrations, applied, history);
        for (var migration : migrations) {
            compare(migration);
        }
        for (var migration : wanted) {
            boolean late = numbers.late(migration) && !applied.containsKey(migration.id());
            pending(migration, late, behind.contains(migration));
        }
        steps.sort(java.util.Comparator.comparing(PlannedStep::background));
        tellOutOfOrder(numbers);
        Unfinished.of(steps, history).forEach(problems::add);
        OtherOwner.of(steps, applied.values()).ifPresent(problems::add);
        return plan();
    }

    private MigrationPlan plan() {
        var hash = PlanHash.of(steps);
        var approved = PlanHash.approved(steps, hash, history);
        return new MigrationPlan(
                hash,
                approved.orElse(hash),
                history.database(),
                history.name(),
                Direction.UP,
                steps,
                List.copyOf(applied.values()),
                changed,
                missing(),
                outOfOrder,
                Demands.open(steps, migrations, applied, PlanHash.given(approved, history)),
                problems);
    }

    /// Applied migrations that nobody here knows.
    private List<Applied> missing() {
        var ids = migrations.stream().map(Migration::id).collect(Collectors.toSet());
        return applied.values().stream().filter(one -> !ids.contains(one.id())).toList();
    }

    private List<Migration> wanted(Goal goal) {
        return switch (goal) {
            case Goal.All _ -> migrations;
            case Goal.To to -> {
                int last = migrations.indexOf(Names.require(migrations, to.migration()));
                yield migrations.subList(0, last + 1);
            }
            case Goal.Steps only -> {
                var chosen = new ArrayList<Migration>();
                int left = only.count();
                for (var migration : migrations) {
                    if (isPending(migration) && left-- <= 0) {
                        break;
                    }
                    chosen.add(migration);
                }
                yield chosen;
            }
        };
    }

    private boolean isPending(Migration migration) {
        var done = applied.get(migration.id());
        return (done == null || !done.complete()) && !taken(migration);
    }

    /// Migrations that nobody waits for: those that say so and that nothing else that runs depends on.
    private static Set<Migration> background(List<Migration> wanted) {
        var needed = new HashSet<String>();
        var behind = new HashSet<Migration>();
        for (var migration : wanted.reversed()) {
            if (migration.background() && !needed.contains(migration.key().text())) {
                behind.add(migration);
            } else {
                migration.dependencies().forEach(one -> needed.add(one.key().text()));
            }
        }
        return behind;
    }

    /// Whether goose has run it, and nothing here ever has.
    private boolean taken(Migration migration) {
        return migration.number().isPresent()
                && history.goose().containsKey(migration.number().getAsLong())
                && !known.contains(migration.id());
    }

    private void compare(Migration migration) {
        var done = applied.get(migration.id());
        if (done == null) {
            return;
        }
        if (!done.undone().isEmpty()) {
            problems.add(
                    Problem.error(
                                    MigrateCode.MIGRATION_UNFINISHED,
                                    migration.place(),
                                    "the way back of %s ended after step %d"
                                            .formatted(migration.id(), done.undone().lastKey() + 1))
                            .withHint(
                                    "finish it: fairlead migrate down --steps 1; then go up again"));
        }
        var now = steps(migration, Direction.UP);
        for (var was : done.checksums().entrySet()) {
            var is = was.getKey() < now.size() ? StepText.checksum(now.get(was.getKey())) : "";
            if (!is.equals(was.getValue())) {
                var one = new Changed(migration, was.getKey(), was.getValue(), is, List.of());
                changed.add(one);
                problems.add(Differences.problem(one));
            }
        }
    }

    private void pending(Migration migration, boolean late, boolean behind) {
        var done = applied.get(migration.id());
        boolean accepted = taken(migration);
        var all = steps(migration, Direction.UP);
        boolean some = false;
        for (int i = 0; i < all.size(); i++) {
            if (done == null || !done.checksums().containsKey(i)) {
                var step =
                        planned(migration, i, all.get(i), Direction.UP)
                                .flagged(accepted, late && !accepted, behind && !accepted);
                steps.add(step);
                some = true;
            }
        }
        if (some && late && !accepted) {
            outOfOrder.add(migration);
        }
    }

    private void tellOutOfOrder(Numbers numbers) {
        if (outOfOrder.isEmpty() || allowOutOfOrder) {
            return;
        }
        problems.add(
                Problem.error(
                                MigrateCode.MIGRATION_OUT_OF_ORDER,
                                outOfOrder.getFirst().place(),
                                "these would run after later numbers of their folder: %s (the last one applied is %s)"
                                        .formatted(
                                                String.join(
                                                        ", ",
                                                        outOfOrder.stream()
                                                                .map(Migration::id)
                                                                .toList()),
                                                numbers.lastOf(outOfOrder.getFirst())))
                        .withHint(
                                "give them later numbers, or allow it for this run with --allow-out-of-order"));
    }

    /// The steps of one direction; a goose file without statements has one that does nothing, so that it is recorded.
    static List<Step> steps(Migration migration, Direction direction) {
        var steps = direction == Direction.UP ? migration.up() : migration.down();
        if (!steps.isEmpty()) {
            return steps;
        }
        var nothing = new SqlText(new Source(migration.place().file(), ""), List.of());
        return List.of(new Step.Schema(Step.Header.at(migration.place()), nothing, true));
    }

    static PlannedStep planned(Migration migration, int index, Step step, Direction direction) {
        var facts =
                step instanceof Step.Validation
                        ? List.<Facts>of()
                        : StepText.sql(step)
                                .map(sql ->
                                        sql.statements().stream()
                                                .map(Classifier::classify)
                                                .toList())
                                .orElse(List.of());
        boolean whole = StepText.whole(step, facts);
        return new PlannedStep(
                migration,
                index,
                step,
                direction,
                StepText.checksum(step),
                whole,
                facts,
                List.of(),
                false,
                false,
                false);
    }
}
