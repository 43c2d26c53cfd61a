package dev.fairlead.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.console.Paint;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.Plan.Change;
import dev.fairlead.deploy.plan.Plan.Field;
import dev.fairlead.deploy.plan.Plan.Restart;
import dev.fairlead.deploy.plan.Plan.Step;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    private static final List<Step> STEPS =
            List.of(
                    step("postgres", Stage.STATEFUL),
                    step("api", Stage.INTERNAL, "postgres"),
                    step("worker", Stage.INTERNAL, "postgres"),
                    step("web", Stage.FRONTEND, "api", "worker"));

    @Test
    void readsAsADiffPerUnitWithRestartsOrderAndSum() {
        var plan =
                plan(
                        changes(),
                        List.of(new Restart(new UnitName("api"), "its command changed")),
                        List.of(new Restart(new UnitName("web"), "it does not run")),
                        List.of("unit cache has nothing for local"));
        assertThat(new PlanText(plan, new Paint(false)).text())
                .isEqualTo(
                        """
                        Plan for guestbook/dev on local

                        api (internal)
                          ~ process/api update
                              command[2]: Api.java -> Api2.java
                              env.LOG: + debug
                              env.TOKEN: - ${secret:token}
                          restarts: its command changed

                        worker (internal)
                          + process/worker create

                        old
                          - process/old prune: no longer in the stack

                        web (frontend)
                          starts: it does not run

                        order: postgres -> api, worker -> web
                        note: unit cache has nothing for local
                        1 to create, 1 to update, 2 to keep, 1 to prune, 1 to restart, 1 to start, plan 0123456789ab
                        """);
    }

    @Test
    void saysWhenThereIsNothingToDo() {
        var plan = plan(List.of(change("web", Action.KEEP)), List.of(), List.of(), List.of());
        assertThat(new PlanText(plan, new Paint(false)).text())
                .isEqualTo(
                        """
                        No change: guestbook/dev on local is as the stack says.
                        1 to keep, plan 0123456789ab
                        """);
    }

    @Test
    void whatIsRefusedStandsInConflict() {
        var conflicts = List.of(change("api", Action.CONFLICT), change("web", Action.CONFLICT));
        assertThat(
                        new PlanText(
                                        plan(conflicts, List.of(), List.of(), List.of()),
                                        new Paint(false))
                                .text())
                .endsWith("\n2 in conflict, plan 0123456789ab\n");
    }

    @Test
    void saysWhatIsOnlyRecordedAndWhoGoesBeforeWhom() {
        var plan =
                new Plan(
                        "0123456789abcdef",
                        "in",
                        "snap",
                        new EnvironmentRef("guestbook", "dev", 0),
                        TargetKind.LOCAL,
                        List.of(
                                change("api", Action.KEEP),
                                change("new", Action.CREATE),
                                change("old", Action.PRUNE)),
                        List.of(
                                step("api", Stage.INTERNAL),
                                step("old", Stage.EDGE),
                                step("new", Stage.EDGE, "old")),
                        List.of(),
                        List.of(),
                        List.of(new Plan.Reorder(new UnitName("api"), "waits for cache")),
                        List.of());
        assertThat(new PlanText(plan, new Paint(false)).text())
                .contains(
                        "api (internal)\n  records: waits for cache (nothing restarts)\n",
                        "order: api, old (goes) -> new\n",
                        "1 to create, 1 to keep, 1 to prune, 1 to record, plan");
    }

    private static List<Change> changes() {
        return List.of(
                change("postgres", Action.KEEP),
                new Change(
                        new UnitName("api"),
                        "process/api",
                        Action.UPDATE,
                        List.of(
                                new Field(
                                        "command[2]",
                                        Optional.of("Api.java"),
                                        Optional.of("Api2.java")),
                                new Field("env.LOG", Optional.empty(), Optional.of("debug")),
                                new Field(
                                        "env.TOKEN",
                                        Optional.of("${secret:token}"),
                                        Optional.empty())),
                        Optional.empty()),
                change("worker", Action.CREATE),
                change("web", Action.KEEP),
                new Change(
                        new UnitName("old"),
                        "process/old",
                        Action.PRUNE,
                        List.of(),
                        Optional.of("no longer in the stack")));
    }

    private static Plan plan(
            List<Change> changes,
            List<Restart> restarts,
            List<Restart> starts,
            List<String> notes) {
        return new Plan(
                "0123456789abcdef",
                "in",
                "snap",
                new EnvironmentRef("guestbook", "dev", 0),
                TargetKind.LOCAL,
                changes,
                STEPS,
                restarts,
                starts,
                List.of(),
                notes);
    }

    private static Change change(String unit, Action action) {
        return new Change(
                new UnitName(unit), "process/" + unit, action, List.of(), Optional.empty());
    }

    private static Step step(String unit, Stage stage, String... waitsFor) {
        var names = new TreeSet<UnitName>();
        Arrays.stream(waitsFor).map(UnitName::new).forEach(names::add);
        return new Step(new UnitName(unit), stage, names);
    }
}
