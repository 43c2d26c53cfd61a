package dev.fairlead.migrate.plan;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.history.Applied;
import dev.fairlead.migrate.history.Entry.Direction;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.model.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What is to run on the way back: the last applied migration first.
public final class DownPlanner {
    private final Map<String, Migration> here;
    private final History history;
    private final List<Applied> applied;
    private final List<PlannedStep> steps = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private DownPlanner(List<Migration> migrations, History history) {
        this.here =
                migrations.stream().collect(Collectors.toMap(Migration::id, Function.identity()));
        this.history = history;
        this.applied = List.copyOf(history.applied().values());
    }

    /// @throws dev.fairlead.diagnostic.ProblemException `UNKNOWN_MIGRATION` when the goal is not among the applied
    /// @throws IllegalArgumentException for a goal without an end
    public static MigrationPlan down(List<Migration> migrations, History history, Goal goal) {
        var planner = new DownPlanner(migrations, history);
        planner.undo(planner.chosen(migrations, goal));
        return planner.plan();
    }

    private List<Applied> chosen(List<Migration> migrations, Goal goal) {
        return switch (goal) {
            case Goal.All _ ->
                    throw new IllegalArgumentException("the way back has no end: name it");
            case Goal.Steps only ->
                    applied.subList(Math.max(0, applied.size() - only.count()), applied.size());
            case Goal.To to when to.migration().equals("0") -> applied;
            case Goal.To to -> {
                var last = Names.require(migrations, to.migration()).id();
                var ids = applied.stream().map(Applied::id).toList();
                if (!ids.contains(last)) {
                    throw Problem.error(
                                    MigrateCode.UNKNOWN_MIGRATION,
                                    last + " is not applied, so there is no way back to it")
                            .thrown();
                }
                yield applied.subList(ids.indexOf(last) + 1, applied.size());
            }
        };
    }

    private void undo(List<Applied> chosen) {
        var gone = chosen.stream().map(Applied::id).collect(Collectors.toSet());
        for (var one : chosen.reversed()) {
            var migration = Optional.ofNullable(here.get(one.id()));
            if (migration.isEmpty()) {
                problems.add(
                        Problem.error(
                                MigrateCode.UNKNOWN_MIGRATION,
                                one.id()
                                        + " is applied, but it is not here, and nobody knows its way back"));
                continue;
            }
            refuseWhileNeeded(migration.get(), gone);
            steps(migration.get(), one);
        }
    }

    private void refuseWhileNeeded(Migration migration, java.util.Set<String> gone) {
        for (var one : applied) {
            var dependent = here.get(one.id());
            if (dependent != null
                    && !gone.contains(one.id())
                    && dependent.dependencies().stream()
                            .anyMatch(dependency -> needs(dependency, migration))) {
                problems.add(
                        Problem.error(
                                MigrateCode.DOWN_NEEDED,
                                dependent.place(),
                                "%s depends on %s and is applied"
                                        .formatted(one.id(), migration.id())));
            }
        }
    }

    private static boolean needs(
            dev.fairlead.migrate.model.Dependency dependency, Migration migration) {
        return dependency.key().equals(migration.key())
                && dependency
                        .least()
                        .map(least -> migration.version().compareTo(least) >= 0)
                        .orElse(true);
    }

    private void steps(Migration migration, Applied one) {
        if (migration.down().isEmpty() && !migration.up().isEmpty()) {
            problems.add(
                    Problem.error(
                                    MigrateCode.DOWN_MISSING,
                                    migration.place(),
                                    migration.id() + " has no way back")
                            .withHint(
                                    migration
                                            .fallback()
                                            .map(text -> "its fallback says: " + text.strip())));
            return;
        }
        var all = Planner.steps(migration, Direction.DOWN);
        for (int i = 0; i < all.size(); i++) {
            if (!one.undone().containsKey(i)) {
                steps.add(Planner.planned(migration, i, all.get(i), Direction.DOWN));
            }
        }
    }

    private MigrationPlan plan() {
        Unfinished.of(steps, history).forEach(problems::add);
        var hash = PlanHash.of(steps);
        var approved = PlanHash.approved(steps, hash, history);
        return new MigrationPlan(
                hash,
                approved.orElse(hash),
                history.database(),
                history.name(),
                Direction.DOWN,
                steps,
                applied,
                List.of(),
                applied.stream().filter(one -> !here.containsKey(one.id())).toList(),
                List.of(),
                Demands.open(steps, here.values(), Map.of(), PlanHash.given(approved, history)),
                problems);
    }
}
