package dev.fairlead.migrate.await;

import dev.fairlead.migrate.history.Applied;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.plan.PlannedStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// Judges whether a database has what a program was built for: exactly its migrations, by key and checksum, not by a
/// number. More may have run, as long as nothing of it took something away.
public final class Await {
    private Await() {}

    /// @param plan for all migrations of the program
    /// @param history that it was made from
    public static AwaitResult judge(MigrationPlan plan, History history) {
        var waits = new ArrayList<String>();
        for (var changed : plan.changed()) {
            waits.add(
                    "step %d of %s has run with another text"
                            .formatted(changed.step() + 1, changed.migration().id()));
        }
        waits.addAll(reasons(plan.blocking(), history));
        waits.addAll(contracted(plan));
        return waits.isEmpty()
                ? new AwaitResult.Satisfied(reasons(plan.background(), history))
                : new AwaitResult.Waiting(waits);
    }

    /// A sentence for each migration of which steps are pending.
    private static List<String> reasons(List<PlannedStep> pending, History history) {
        return pending.stream()
                .collect(
                        Collectors.groupingBy(
                                PlannedStep::migration, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(one -> reason(one.getKey(), one.getValue(), history))
                .toList();
    }

    private static String reason(Migration migration, List<PlannedStep> steps, History history) {
        var next = steps.getFirst();
        if (next.accepted()) {
            return migration.id() + " has run by goose, and its history is not taken over yet";
        }
        var backfill =
                history.checkpoints().stream()
                        .filter(one ->
                                one.migration().equals(migration.id())
                                        && one.step() == next.index())
                        .findFirst();
        if (backfill.isPresent() && !backfill.get().finished()) {
            return "%s is filling rows: %d of about %d%s"
                    .formatted(
                            migration.id(),
                            backfill.get().seen(),
                            backfill.get().estimate(),
                            backfill.get().paused() ? ", paused" : "");
        }
        return steps.size() == next.of()
                ? migration.id() + " has not run"
                : "%s has run up to step %d of %d"
                        .formatted(migration.id(), next.index(), next.of());
    }

    /// Migrations that the program does not know and that took something away after its last one.
    private static List<String> contracted(MigrationPlan plan) {
        var unknown = plan.missing().stream().map(Applied::id).toList();
        long last =
                plan.applied().stream()
                        .filter(one -> !unknown.contains(one.id()))
                        .mapToLong(Applied::order)
                        .max()
                        .orElse(0);
        return plan.missing().stream()
                .filter(one -> one.contract() && one.order() > last)
                .map(one ->
                        one.id()
                                + ", which this program does not know, has taken something away that it may need")
                .toList();
    }
}
