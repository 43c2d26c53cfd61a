package dev.fairlead.deploy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.kind.KindPlan;
import dev.fairlead.deploy.object.Leaves;
import dev.fairlead.deploy.object.ObjectSnapshot;
import dev.fairlead.deploy.object.ObjectSnapshot.Found;
import dev.fairlead.deploy.object.ObjectSnapshot.Owner;
import dev.fairlead.deploy.object.ObjectSnapshot.Trial;
import dev.fairlead.deploy.object.ObjectStep;
import dev.fairlead.deploy.object.Scopes;
import dev.fairlead.deploy.plan.Planner.Circumstances;
import dev.fairlead.deploy.render.Desired;
import dev.fairlead.deploy.render.Renderer;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.workload.ClusterStack;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A unit whose work has a plan of its own and is done by a Job that is as it shall be.
class JobPlanTest {
    private static final UnitName APP = new UnitName("app");

    @TempDir private Path folder;
    private Desired desired;

    @BeforeEach
    void render() throws IOException {
        var environment =
                new ClusterStack(folder)
                        .manifest(
                                "",
                                """
                                apiVersion: batch/v1
                                kind: Job
                                metadata: { name: app }
                                spec: { template: { spec: { containers: [ { name: a, image: "a:1" } ] } } }
                                """)
                        .environment();
        desired =
                new Renderer((_, _, _) -> "", List.of())
                        .render(
                                environment,
                                environment,
                                environment.units().keySet(),
                                Optional.empty(),
                                Scopes.OFFLINE);
    }

    /// @param condition of the Job; none while it is at work
    private Plan plan(KindPlan.State state, Map<String, String> condition) {
        var job = desired.units().get(APP).objects().getFirst();
        var tree = new LinkedHashMap<String, Object>();
        Leaves.revealed(job.tree())
                .forEach((key, value) -> {
                    if (value != null) {
                        tree.put(key, value);
                    }
                });
        tree.put("status", Map.of("conditions", List.of(condition)));
        var found = new Found("u1", tree, new Owner.Ours(), new Trial.Same());
        var objects =
                new ObjectSnapshot(
                        "shop-k",
                        new TreeMap<>(Map.of(job.ref(), found)),
                        new TreeMap<>(),
                        List.of());
        var part =
                new KindPlan(
                        APP, "migrations", state, "1 migration is pending", Map.of(), List.of());
        return Planner.plan(
                desired,
                new Snapshot(new TreeMap<>(), Optional.of(objects)),
                new Circumstances(
                        desired.graph(),
                        new TreeMap<>(),
                        new TreeMap<>(Map.of(APP, part)),
                        List.of()));
    }

    private static Map<String, String> ended(String how) {
        return Map.of("type", how, "status", "True");
    }

    @Test
    @Covers({"MIG-03", "DEP-05"})
    void whatAnEndedJobDidNotDoMakesItAnew() {
        for (var how : List.of("Complete", "Failed")) {
            var plan = plan(KindPlan.State.PENDING, ended(how));
            var change = plan.changes().getFirst();
            assertThat(change.action()).isEqualTo(Plan.Action.RECREATE);
            assertThat(change.reason()).contains("1 migration is pending");
            assertThat(plan.objects().steps().get(APP))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            ObjectStep.Recreate.class,
                            step -> assertThat(step.uid()).isEqualTo("u1"));
        }
    }

    @Test
    @Covers({"MIG-04", "DEP-05"})
    void oneAtWorkIsLeftToItAndOneThatDidAllIsKept() {
        var atWork = plan(KindPlan.State.PENDING, Map.of("type", "Suspended", "status", "False"));
        var done = plan(KindPlan.State.DONE, ended("Complete"));
        for (var plan : List.of(atWork, done)) {
            assertThat(plan.changes().getFirst().action()).isEqualTo(Plan.Action.KEEP);
            assertThat(plan.objects().steps().get(APP)).isEmpty();
        }
    }
}
