package dev.fairlead.deploy.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.EventTree;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.fake.FakeCommand;
import dev.fairlead.deploy.fake.FakeStack;
import dev.fairlead.deploy.fake.FakeWorld;
import dev.fairlead.deploy.fake.FakeWorld.Script;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplainTest {
    private static final UnitName WEB = new UnitName("web");

    private final FakeWorld world = new FakeWorld();
    private final FakeCommand up = new FakeCommand(world, "up");

    /// A cause that is injected into the database is the root cause of the page that waits for the api that waits for it.
    @ParameterizedTest
    @EnumSource(
            value = CauseCode.class,
            names = {
                "PORT_TAKEN",
                "COMMAND_MISSING",
                "FOLDER_MISSING",
                "EXITED",
                "TASK_FAILED",
                "BUILD_FAILED",
                "DATABASE_UNAVAILABLE"
            })
    void theRootCauseIsFoundBehindWhateverWaitsForIt(CauseCode code) {
        var cause = new Cause(code, "it broke", List.of("mend it"), List.of("last line"));
        world.script("db", new Script.Refused(cause));
        assertThat(up.up(stack())).isInstanceOf(Outcome.Failed.class);
        var found = explain(WEB);

        assertThat(found.state()).isEqualTo(UnitState.PENDING);
        assertThat(found.rootCause())
                .hasValueSatisfying(root -> {
                    assertThat(root.unit().value()).isEqualTo("db");
                    assertThat(root.cause()).isEqualTo(cause);
                });
        assertThat(found.chain())
                .extracting(link -> link.unit() + " <- " + link.waitsFor())
                .containsExactly("web <- [api]", "api <- [db]", "db <- []");
        assertThat(explainer().explainAll().getFirst().unit().value()).isEqualTo("db");
    }

    @ParameterizedTest
    @EnumSource(
            value = CauseCode.class,
            names = {"PROBE_REFUSED", "PROBE_ANSWERED", "PROBE_PENDING"})
    void aUnitThatRanOutOfTimeIsExplainedByItsLastProbe(CauseCode code) {
        var cause = new Cause(code, "the probe says no", List.of(), List.of());
        world.script("api", new Script.Never(cause));
        assertThat(up.up(stack())).isInstanceOf(Outcome.Stuck.class);
        var root = explain(WEB).rootCause().orElseThrow();

        assertThat(root.unit().value()).isEqualTo("api");
        assertThat(root.cause().code()).isEqualTo(CauseCode.TIMED_OUT);
        assertThat(root.cause().what()).isEqualTo("not ready within 60 s: the probe says no");
        assertThat(root.cause().advice())
                .containsExactly(
                        code.remedy().replace("UNIT", "api"),
                        "raise `run.ready.timeout` only when the unit is simply slow");
        assertThat(explain(new UnitName("api")).state()).isEqualTo(UnitState.FAILED);
    }

    /// The unit may become ready although its time ran out.
    @Test
    void aUnitThatIsReadyAfterAllIsReady() {
        world.script(
                "api",
                new Script.Never(new Cause(CauseCode.PROBE_PENDING, "no", List.of(), List.of())));
        up.up(stack());
        var statuses = statuses();
        statuses.put(new UnitName("api"), status("api", UnitState.READY, Optional.empty()));
        var report = Reports.of(scene(statuses, false), List.of());

        assertThat(report.find(new UnitName("api")).orElseThrow().state())
                .isEqualTo(UnitState.READY);
        assertThat(report.notes())
                .containsExactly(
                        "up-1 ran out of time 0 s ago, at api; the next `fairlead up` goes on from there");
    }

    @Test
    void aUnitThatFailedByItselfIsItsOwnRootCauseWhateverElseIsNotReady() {
        up.up(stack());
        var statuses = statuses();
        var crash = new Cause(CauseCode.EXITED, "exited with 1", List.of(), List.of("boom"));
        statuses.put(new UnitName("db"), status("db", UnitState.FAILED, Optional.of(crash)));
        statuses.put(new UnitName("api"), status("api", UnitState.FAILED, Optional.of(crash)));
        var report = Reports.of(scene(statuses, false), List.of());
        var api = new Explainer(report).explain(new UnitName("api")).orElseThrow();

        assertThat(report.find(new UnitName("api")).orElseThrow().waitsFor()).isEmpty();
        assertThat(api.chain()).hasSize(1);
        assertThat(api.rootCause().orElseThrow().unit().value()).isEqualTo("api");
        assertThat(api.rootCause().orElseThrow().cause().advice())
                .containsExactly(
                        CauseCode.EXITED.remedy().replace("UNIT", "api"),
                        "it needs db, which failed before it did");
        assertThat(new Explainer(report).explainAll())
                .extracting(found -> found.unit().value())
                .containsExactly("db", "api");
    }

    /// A probe that is not satisfied may be the fault of a database that broke before.
    @Test
    void aUnitThatAnswersBadlySinceItsDatabaseBrokeIsExplainedByTheDatabase() {
        up.up(stack());
        var statuses = statuses();
        var crash = new Cause(CauseCode.EXITED, "exited with 1", List.of(), List.of());
        var ill = new Cause(CauseCode.PROBE_ANSWERED, "answered 500", List.of(), List.of());
        statuses.put(new UnitName("db"), status("db", UnitState.FAILED, Optional.of(crash)));
        statuses.put(new UnitName("api"), status("api", UnitState.DEGRADED, Optional.of(ill)));
        var found =
                new Explainer(Reports.of(scene(statuses, false), List.of()))
                        .explain(new UnitName("api"))
                        .orElseThrow();

        assertThat(found.rootCause().orElseThrow().unit().value()).isEqualTo("db");
    }

    /// One that ran until its database ended, and ended because of that.
    @Test
    void aUnitThatEndsShortlyAfterItsDatabaseIsExplainedByTheDatabase() {
        up.up(stack());
        var statuses = statuses();
        var killed = new Cause(CauseCode.EXITED, "was ended by SIGKILL", List.of(), List.of());
        var crash = new Cause(CauseCode.EXITED, "exited with 1", List.of(), List.of("no database"));
        statuses.put(new UnitName("db"), status("db", UnitState.FAILED, Optional.of(killed), 100));
        statuses.put(new UnitName("api"), status("api", UnitState.FAILED, Optional.of(crash), 103));
        var found = explained(statuses, "api");
        assertThat(found.rootCause().orElseThrow().unit().value()).isEqualTo("db");
        assertThat(found.own().orElseThrow().what()).isEqualTo("exited with 1");

        statuses.put(new UnitName("api"), status("api", UnitState.FAILED, Optional.of(crash), 900));
        assertThat(explained(statuses, "api").rootCause().orElseThrow().unit().value())
                .as("long after it: for a reason of its own")
                .isEqualTo("api");

        var missing = new Cause(CauseCode.COMMAND_MISSING, "no command", List.of(), List.of());
        statuses.put(
                new UnitName("api"), status("api", UnitState.FAILED, Optional.of(missing), 103));
        assertThat(explained(statuses, "api").rootCause().orElseThrow().unit().value())
                .as("no database is to blame for that")
                .isEqualTo("api");
    }

    @Test
    void whoDoesTheWorkAndStandsStillIsWhyNothingGoesOn() {
        up.up(stack());
        var pending = new Cause(CauseCode.PROBE_PENDING, "not yet", List.of(), List.of());
        var stopped = new Cause(CauseCode.STALLED, "it is stopped", List.of(), List.of());
        var statuses = statuses();
        statuses.put(new UnitName("db"), status("db", UnitState.STARTING, Optional.of(pending)));
        var watcher = Optional.of(new Scene.Stalled(stopped, true));
        var holder = Optional.of(new Scene.Stalled(stopped, false));
        assertThat(what(statuses, "db", watcher)).isEqualTo("it is stopped");
        assertThat(what(statuses, "db", holder)).as("the watcher goes on").isEqualTo("not yet");

        statuses.remove(new UnitName("db"));
        assertThat(what(statuses, "db", holder)).isEqualTo("it is stopped");
        assertThat(what(statuses, "db", Optional.empty())).isEqualTo("its turn has not come yet");
        assertThat(what(statuses(), "db", watcher)).as("what is ready needs nobody").isEmpty();
    }

    private String what(
            SortedMap<UnitName, UnitStatus> statuses,
            String unit,
            Optional<Scene.Stalled> stalled) {
        return new Explainer(Reports.of(scene(statuses, true, stalled), List.of()))
                .explain(new UnitName(unit))
                .orElseThrow()
                .rootCause()
                .map(root -> root.cause().what())
                .orElse("");
    }

    private Explanation explained(SortedMap<UnitName, UnitStatus> statuses, String unit) {
        return new Explainer(Reports.of(scene(statuses, false), List.of()))
                .explain(new UnitName(unit))
                .orElseThrow();
    }

    @Test
    void aBuildThatFailedAfterAnEditIsExplainedAlthoughTheFormerOneServes() {
        up.up(stack());
        var statuses = statuses();
        var ready = status("api", UnitState.READY, Optional.empty());
        statuses.put(
                new UnitName("api"),
                new UnitStatus(
                        ready.unit(),
                        ready.state(),
                        ready.since(),
                        ready.cause(),
                        ready.ports(),
                        ready.url(),
                        ready.pid(),
                        ready.appliedHash(),
                        ready.restarts(),
                        Optional.of(
                                new UnitStatus.Reload(
                                        false,
                                        Optional.empty(),
                                        Optional.of("a.c:1\nno such type")))));
        var found = new Explainer(Reports.of(scene(statuses, false), List.of())).explainAll();

        assertThat(found).hasSize(1);
        var cause = found.getFirst().rootCause().orElseThrow().cause();
        assertThat(found.getFirst().state()).isEqualTo(UnitState.READY);
        assertThat(cause.code()).isEqualTo(CauseCode.BUILD_FAILED);
        assertThat(cause.what()).isEqualTo("its last build failed; the former one serves");
        assertThat(cause.evidence()).containsExactly("a.c:1", "no such type");
    }

    @Test
    void anExecutionThatFailedIsNamedUntilEverythingIsReady() {
        world.script(
                "api",
                new Script.Fails(
                        new Cause(CauseCode.EXITED, "exited with 3", List.of(), List.of())));
        up.up(stack());

        assertThat(report(false).notes())
                .containsExactly(
                        "up-1 failed 0 s ago, at api; the next `fairlead up` goes on from there");
        world.script("api", new Script.ReadyAfter(0));
        up.up(stack());
        assertThat(report(false).notes()).isEmpty();
    }

    @Test
    void anExecutionThatWasInterruptedIsNamedWithItsStep() throws InterruptedException {
        var waits = new Cause(CauseCode.PROBE_PENDING, "no", List.of(), List.of());
        world.script("api", new Script.Never(waits));
        var slow =
                new FakeStack()
                        .timeout(Duration.ofDays(9999))
                        .unit(Stage.STATEFUL, "db")
                        .unit(Stage.INTERNAL, "api", "db")
                        .unit(Stage.FRONTEND, "web", "api")
                        .build();
        var thread = Thread.ofPlatform().start(() -> up.up(slow));
        while (world.calls.size() < 2) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join();
        var report = report(false);

        assertThat(report.notes())
                .containsExactly(
                        "up-1 was interrupted 0 s ago, while it started api; the next `fairlead up` goes on from there");
        assertThat(
                        new Explainer(report)
                                .explain(WEB)
                                .orElseThrow()
                                .rootCause()
                                .orElseThrow()
                                .unit())
                .isEqualTo(new UnitName("api"));
    }

    @Test
    void whatWasNeverStartedSaysWhyAndWhatToDo() {
        up.up(stack());
        var statuses = statuses();
        statuses.remove(new UnitName("db"));
        var root =
                new Explainer(Reports.of(scene(statuses, false), List.of()))
                        .explain(new UnitName("db"))
                        .orElseThrow()
                        .rootCause()
                        .orElseThrow();

        assertThat(root.cause().code()).isEqualTo(CauseCode.NOT_STARTED);
        assertThat(root.cause().advice()).containsExactly(CauseCode.NOT_STARTED.remedy());
    }

    @Test
    void anExecutionTellsTheLastLinesOfWhatFailed() {
        var crash = new Cause(CauseCode.EXITED, "exited with 3", List.of(), List.of("boom"));
        world.script("api", new Script.Fails(crash));
        up.up(stack());

        assertThat(world.events)
                .filteredOn(event -> event.kind() == Event.Kind.FAILED)
                .first()
                .satisfies(event -> {
                    assertThat(event.evidence()).containsExactly("boom");
                    assertThat(EventTree.read(EventTree.of(event))).isEqualTo(event);
                });
    }

    @Test
    void whatIsReadyNeedsNoExplanation() {
        up.up(stack());

        assertThat(explain(WEB).rootCause()).isEmpty();
        assertThat(explainer().explainAll()).isEmpty();
        assertThat(report(true).state()).isEqualTo(UnitState.READY);
        assertThat(explainer().explain(new UnitName("nobody"))).isEmpty();
    }

    @Test
    void whileItRunsTheDeadlineOfTheRootIsTold() {
        up.up(stack());
        var probe = new Cause(CauseCode.PROBE_REFUSED, "connection refused", List.of(), List.of());
        var statuses = statuses();
        statuses.put(new UnitName("db"), status("db", UnitState.STARTING, Optional.of(probe)));
        statuses.remove(new UnitName("api"));
        statuses.remove(WEB);
        var report = Reports.of(scene(statuses, true), List.of());
        var found = new Explainer(report).explain(WEB).orElseThrow();

        assertThat(found.rootCause().orElseThrow().cause()).isEqualTo(withRemedy(probe));
        assertThat(found.deadline()).contains(FakeWorld.START.plus(Duration.ofSeconds(60)));
        assertThat(report.find(WEB).orElseThrow().cause().orElseThrow().what())
                .isEqualTo("waits for api");
    }

    @Test
    void anExecutionThatWasKilledIsNamedAndItsLastEventsSpeak() {
        world.script(
                "db",
                new Script.Refused(
                        new Cause(CauseCode.EXITED, "exited with 3", List.of(), List.of())));
        world.killAt(9, false); // after the failure was told, before it was recorded
        Assertions.assertThatThrownBy(() -> up.up(stack())).isInstanceOf(FakeWorld.Killed.class);
        assertThat(world.events).extracting(Event::what).contains("exited with 3");
        world.neverKill();
        var report = Reports.of(scene(new TreeMap<>(), false), List.of("a note"));

        assertThat(report.notes())
                .containsExactly(
                        "a note",
                        "up-1 was killed before it ended, before db, api, web; the next `fairlead up` goes on from there");
        var root = new Explainer(report).explain(WEB).orElseThrow().rootCause().orElseThrow();
        assertThat(root.unit().value()).isEqualTo("db");
        assertThat(root.cause().what()).isEqualTo("exited with 3");
    }

    @Test
    void aUnitThatBrokeLaterIsNotBlamedOnOneThatBrokeAfterIt() {
        up.up(stack());
        var statuses = statuses();
        var early = new Cause(CauseCode.EXITED, "api broke", List.of(), List.of());
        statuses.put(new UnitName("api"), status("api", UnitState.FAILED, Optional.of(early)));
        var late = status("db", UnitState.FAILED, Optional.of(early));
        statuses.put(
                new UnitName("db"),
                new UnitStatus(
                        late.unit(),
                        late.state(),
                        late.since().plusSeconds(5),
                        late.cause(),
                        late.ports(),
                        late.url(),
                        late.pid(),
                        late.appliedHash(),
                        late.restarts(),
                        late.reload()));
        var explainer = new Explainer(Reports.of(scene(statuses, false), List.of()));

        assertThat(explainer.explain(new UnitName("api")).orElseThrow().chain()).hasSize(1);
    }

    @Test
    void aUnitThatLeftIsExplainedByTheExecutionThatRemovedIt() {
        up.up(stack());
        up.up(new FakeStack().unit(Stage.STATEFUL, "db").unit(Stage.INTERNAL, "api", "db").build());
        up.down(false);
        var past = new Past(world.events, FakeWorld.START);

        assertThat(past.knows(WEB)).isTrue();
        assertThat(past.knows(new UnitName("nobody"))).isFalse();
        var left = past.explain(WEB, false).rootCause().orElseThrow().cause();
        assertThat(left.what()).isEqualTo("stopped (it left the stack) by up-2");
        assertThat(left.advice())
                .containsExactly(
                        "it is not in the stack; `fairlead logs web` shows the output that it left");
        var down = past.explain(new UnitName("api"), true).rootCause().orElseThrow().cause();
        assertThat(down.what()).isEqualTo("stopped by down-3");
        assertThat(down.advice()).containsExactly("run `fairlead up` to start it again");
        var never = past.explain(new UnitName("new"), true).rootCause().orElseThrow().cause();
        assertThat(never.code()).isEqualTo(CauseCode.NOT_STARTED);
    }

    @Test
    void anEnvironmentThatWasTakenDownIsStopped() {
        up.up(stack());
        up.down(false);

        assertThat(report(false).state()).isEqualTo(UnitState.STOPPED);
        assertThat(report(false).units()).isEmpty();
    }

    private static Cause withRemedy(Cause cause) {
        return new Cause(
                cause.code(), cause.what(), List.of(cause.code().remedy()), cause.evidence());
    }

    private Explanation explain(UnitName unit) {
        return explainer().explain(unit).orElseThrow();
    }

    private Explainer explainer() {
        return new Explainer(report(false));
    }

    private EnvironmentReport report(boolean alive) {
        return Reports.of(scene(statuses(), alive), List.of());
    }

    private SortedMap<UnitName, UnitStatus> statuses() {
        var statuses = new TreeMap<UnitName, UnitStatus>();
        up.target()
                .snapshot(FakeStack.DEV)
                .units()
                .forEach((unit, applied) -> statuses.put(unit, applied.status()));
        return statuses;
    }

    private Scene scene(SortedMap<UnitName, UnitStatus> statuses, boolean alive) {
        return scene(statuses, alive, Optional.empty());
    }

    private Scene scene(
            SortedMap<UnitName, UnitStatus> statuses,
            boolean alive,
            Optional<Scene.Stalled> stalled) {
        Optional<EnvironmentRecord> record = up.journal().read();
        return new Scene(
                FakeStack.DEV,
                TargetKind.LOCAL,
                record,
                alive,
                statuses,
                world.events,
                FakeWorld.START,
                stalled);
    }

    private static UnitStatus status(String unit, UnitState state, Optional<Cause> cause) {
        return status(unit, state, cause, 0);
    }

    private static UnitStatus status(
            String unit, UnitState state, Optional<Cause> cause, int seconds) {
        return new UnitStatus(
                new UnitName(unit),
                state,
                FakeWorld.START.plusSeconds(seconds),
                cause,
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }

    private static Environment stack() {
        return new FakeStack()
                .unit(Stage.STATEFUL, "db")
                .unit(Stage.INTERNAL, "api", "db")
                .unit(Stage.FRONTEND, "web", "api")
                .build();
    }
}
