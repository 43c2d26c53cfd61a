package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.explain.Explanation;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.Target.LogRequest;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole way through, with real processes on this machine.
class EngineIT {
    private static final String SHOP =
            """
            apiVersion: fairlead.dev/v1alpha1
            kind: ServiceStack
            metadata: { name: shop }
            spec:
              secrets:
                token: { generate: 24 }
              infrastructure:
                - name: seed
                  path: .
                  local: { builtin: task, command: [ sh, -c, "echo seeded" ] }
              services:
                - name: api
                  path: .
                  deployGroup: internal
                  run:
                    command: [ sh, -c, "echo serving; exec sleep 1000" ]
                    env: { TOKEN: "{{ .Secrets.token }}" }
                    ready: { exec: [ "true" ], timeout: 20s }
                - name: web
                  path: .
                  deployGroup: frontend
                  run: { command: [ sleep, "1000" ] }
            """;

    private static final String WORKER =
            """
                - name: worker
                  path: .
                  deployGroup: internal
                  run: { command: [ sh, -c, "echo working; exec sleep 1000" ] }
            """;

    @TempDir Path folder;
    private Workbench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Workbench(folder);
    }

    @AfterEach
    void close() throws IOException {
        bench.stack(SHOP).close();
    }

    @Test
    @Covers({"DEP-02", "DEP-03"})
    void aStackComesUpInItsOrderOnceAndGoesDownAgain() throws IOException, InterruptedException {
        bench.stack(SHOP);
        var first = bench.up();

        assertThat(first.problems()).isEmpty();
        assertThat(bench.units(Kind.STARTED)).containsExactly("seed", "api", "web");
        assertThat(bench.engine.status(bench.request()).state()).isEqualTo(UnitState.READY);

        assertThat(bench.up().sentence()).isEqualTo("nothing to do");
        assertThat(bench.units(Kind.STARTED)).hasSize(3);

        var kept = new ArrayList<String>();
        bench.engine.events(bench.request(), false, event -> kept.add(event.what()));
        assertThat(kept).contains("done: api, seed, web");

        assertThat(bench.down()).isInstanceOf(Outcome.Ready.class);
        assertThat(bench.units(Kind.STOPPED)).containsExactly("web", "api", "seed");
        assertThat(bench.engine.status(bench.request()).units()).isEmpty();
    }

    @Test
    void aChangedCommandRestartsItsUnitAndNothingElse() throws IOException {
        bench.stack(SHOP).up();
        bench.stack(SHOP.replace("[ sleep, \"1000\" ]", "[ sleep, \"1001\" ]"));
        var plan = bench.engine.plan(bench.request()).plan();

        assertThat(plan.restarts())
                .extracting(restart -> restart.unit() + ": " + restart.why())
                .containsExactly("web: command changed");
        bench.events.clear();
        assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);
        assertThat(bench.units(Kind.STARTED)).containsExactly("web");
    }

    @Test
    void aCrashAtTheStartIsTheRootCauseOfWhatWaitsForIt() throws IOException {
        bench.stack(SHOP.replace("echo serving; exec sleep 1000", "echo no database >&2; exit 3"));
        var outcome = bench.up();

        assertThat(outcome.exitCode()).isEqualTo(4);
        var explained = bench.engine.explain(bench.request(), Optional.of(new UnitName("web")));
        var root = explained.explanations().getFirst().rootCause().orElseThrow();
        assertThat(root.unit().value()).isEqualTo("api");
        assertThat(root.cause().code()).isEqualTo(CauseCode.EXITED);
        assertThat(root.cause().evidence()).contains("no database");
        assertThat(Json.compact(Shapes.explain(explained)))
                .contains(
                        "\"chain\":[{\"unit\":\"web\",\"waitsFor\":[\"api\"]},{\"unit\":\"api\",\"waitsFor\":[]}]");
    }

    @Test
    void aUnitThatLeftTheStackCanStillBeAskedAfter() throws IOException, InterruptedException {
        bench.stack(SHOP + WORKER).up();
        bench.stack(SHOP).up();
        var worker = Optional.of(new UnitName("worker"));
        var root = root(worker);

        assertThat(root.cause().what()).isEqualTo("stopped (it left the stack) by up-2");
        var lines = new ArrayList<String>();
        bench.engine.logs(
                bench.request(),
                new LogRequest(List.copyOf(worker.stream().toList()), 10, false),
                (unit, line) -> lines.add(line));
        assertThat(lines).contains("working");
        bench.down();
        assertThat(root(Optional.of(new UnitName("api"))).cause().what())
                .isEqualTo("removed with its data by down-3");
        assertThatThrownBy(() -> root(Optional.of(new UnitName("zzz"))))
                .hasMessageContaining(
                        "there is no unit \"zzz\" here; its units are: api, seed, web");
    }

    private Explanation.RootCause root(Optional<UnitName> unit) {
        var explained = bench.engine.explain(bench.request(), unit);
        return explained.explanations().getFirst().rootCause().orElseThrow();
    }

    @Test
    void whatNeedsOnlyTheStateWorksWithABrokenStack() throws IOException, InterruptedException {
        bench.stack(SHOP).up();
        bench.stack("nonsense: [");
        var status = bench.engine.status(bench.request());

        assertThat(status.state()).isEqualTo(UnitState.READY);
        assertThat(status.notes().getFirst()).startsWith("services.yaml cannot be read (");
        var lines = new ArrayList<String>();
        bench.engine.logs(
                bench.request(),
                new LogRequest(List.of(new UnitName("api")), 10, false),
                (unit, line) -> lines.add(line));
        assertThat(lines.toString()).contains("serving");
        assertThatThrownBy(() -> bench.engine.plan(bench.request()))
                .isInstanceOf(ProblemException.class);
        assertThat(bench.down()).isInstanceOf(Outcome.Ready.class);
    }

    @Test
    void ofTwoAtOnceOneWorksAndTheOtherIsToldWho() throws IOException, InterruptedException {
        bench.stack(slow());
        var first = new AtomicReference<Outcome>();
        var thread = Thread.ofPlatform().start(() -> first.set(bench.up()));
        while (!bench.units(Kind.STARTED).contains("api")) {
            Thread.onSpinWait();
        }
        var second = bench.up();
        thread.join();

        assertThat(first.get()).isInstanceOf(Outcome.Ready.class);
        assertThat(second).isInstanceOf(Outcome.Busy.class);
        assertThat(second.sentence()).startsWith("fairlead test (pid 1) is at work here");
    }

    @Test
    void anInterruptLeavesAStateThatTheNextUpGoesOnFrom() throws IOException, InterruptedException {
        bench.stack(slow());
        var outcome = new AtomicReference<Outcome>();
        var thread = Thread.ofPlatform().start(() -> outcome.set(bench.up()));
        while (!bench.units(Kind.STARTED).contains("api")) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join();

        assertThat(outcome.get()).isInstanceOf(Outcome.Interrupted.class);
        assertThat(bench.up()).isInstanceOf(Outcome.Ready.class);
    }

    @Test
    void aSavedPlanIsAppliedOnlyWhenItIsStillTrue() throws IOException {
        bench.stack(SHOP);
        var saved = SavedPlan.read(bench.engine.save(bench.engine.plan(bench.request())).text());
        bench.stack(SHOP.replace("echo seeded", "echo planted"));
        var stale =
                bench.engine.apply(
                        saved,
                        bench.engine.plan(saved.request(folder)),
                        Turn.AT_ONCE,
                        bench.events::add);

        assertThat(stale)
                .isInstanceOfSatisfying(
                        Outcome.Stale.class,
                        outcome ->
                                assertThat(outcome.differences())
                                        .singleElement(STRING)
                                        .contains("(create): command was ")
                                        .contains("echo seeded")
                                        .contains("echo planted"));
        assertThat(bench.events).isEmpty();
        bench.stack(SHOP);
        var applied =
                bench.engine.apply(
                        saved,
                        bench.engine.plan(saved.request(folder)),
                        Turn.AT_ONCE,
                        bench.events::add);
        assertThat(applied).isInstanceOf(Outcome.Ready.class);
    }

    @Test
    void restartGivesAUnitAnotherProcess() throws IOException {
        bench.stack(SHOP).up();
        var before = pid("web");
        var outcome =
                bench.engine.restart(
                        bench.request(), new UnitName("web"), Turn.AT_ONCE, bench.events::add);

        assertThat(outcome).isInstanceOf(Outcome.Ready.class);
        assertThat(pid("web")).isNotEqualTo(before);
    }

    @Test
    @Covers("DEP-05")
    void planAndRenderOfOneInputGiveTheSameBytesAndNoSecret() throws IOException {
        bench.stack(SHOP);
        var plan = plan();
        assertThat(plan()).isEqualTo(plan);
        bench.up();
        assertThat(plan()).isEqualTo(plan());
        var masked = Json.pretty(Shapes.render(bench.engine.render(bench.request(), false)));
        var revealed = Json.pretty(Shapes.render(bench.engine.render(bench.request(), true)));

        assertThat(masked).contains("${secret:token}");
        assertThat(revealed).doesNotContain("${secret:token}");
    }

    @Test
    void withoutAKubeconfigTheTargetKubernetesSaysSo() throws IOException {
        bench.stack(SHOP);
        assertThatThrownBy(() -> bench.engine.plan(bench.on(TargetKind.KUBERNETES)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problems().getFirst().code().kind().exitCode())
                                        .isEqualTo(3));
        assertThatThrownBy(() -> bench.engine.status(bench.on(TargetKind.KUBERNETES)))
                .hasMessageContaining("KUBECONFIG_MISSING");
    }

    /// The api is ready a while after it was started.
    private static String slow() {
        return SHOP.replace("echo serving; exec", "sleep 3; touch up; exec")
                .replace("exec: [ \"true\" ]", "exec: [ test, -f, up ]");
    }

    private String plan() {
        return Json.pretty(Shapes.plan(bench.engine.plan(bench.request()).plan()));
    }

    private Optional<Long> pid(String unit) {
        return bench.engine.status(bench.request()).find(new UnitName(unit)).orElseThrow().pid();
    }
}
