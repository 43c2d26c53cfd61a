package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.execute.Steps.Ended;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.SortedSet;
import java.util.function.Consumer;

/// Steps of two sorts in one graph: removals that free a port, and the starts among which is the one that takes it.
///
/// @param removed the units that are removed
record MixedSteps(
        SortedSet<UnitName> removed,
        Steps.Work removal,
        StepRunner.Listener removals,
        Steps.Work start,
        StepRunner.Listener starts)
        implements Steps.Work, StepRunner.Listener {
    private Steps.Work work(UnitName unit) {
        return removed.contains(unit) ? removal : start;
    }

    private StepRunner.Listener listener(UnitName unit) {
        return removed.contains(unit) ? removals : starts;
    }

    @Override
    public Ended run(UnitName unit, Consumer<String> progress) throws InterruptedException {
        return work(unit).run(unit, progress);
    }

    @Override
    public Duration limit(UnitName unit) {
        return work(unit).limit(unit);
    }

    @Override
    public void begins(UnitName unit) {
        listener(unit).begins(unit);
    }

    @Override
    public void progress(UnitName unit, String what) {
        listener(unit).progress(unit, what);
    }

    @Override
    public void ended(UnitName unit, Ended ended) {
        listener(unit).ended(unit, ended);
    }

    @Override
    public void notTried(UnitName unit, String why) {
        listener(unit).notTried(unit, why);
    }
}
