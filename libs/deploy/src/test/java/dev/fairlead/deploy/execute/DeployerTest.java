package dev.fairlead.deploy.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.fake.FakeCommand;
import dev.fairlead.deploy.fake.FakeStack;
import dev.fairlead.deploy.fake.FakeWorld;
import dev.fairlead.deploy.fake.FakeWorld.Script;
import dev.fairlead.deploy.journal.EnvironmentRecord.Result;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testkit.Covers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DeployerTest {
    private static final Cause CRASH =
            new Cause(
                    CauseCode.EXITED,
                    "exited with 1",
                    List.of("Read its output."),
                    List.of("boom"));
    private static final Cause ANSWERS_500 =
            new Cause(CauseCode.PROBE_ANSWERED, "GET /readyz answered 500", List.of(), List.of());

    private final FakeWorld world = new FakeWorld();
    private final FakeCommand up = new FakeCommand(world, "up (pid 1)");

    @Test
    @Covers("DEP-02")
    void unitsStartInTheOrderOfStagesAndEdgesAsTheEventsProve() {
        var outcome = up.up(shop());

        assertThat(outcome).isInstanceOf(Outcome.Ready.class);
        assertThat(outcome.exitCode()).isZero();
        assertThat(units(Kind.STARTED)).containsExactly("db", "api", "worker", "gate", "web");
        assertThat(units(Kind.READY))
                .containsExactlyInAnyOrder("db", "api", "worker", "gate", "web");
        assertThat(what(Kind.WAITING, "gate")).isEqualTo("waits for api, worker");
        assertThat(world.events).isEqualTo(up.shown);
        assertThat(world.events.getFirst().kind()).isEqualTo(Kind.PLANNED);
        assertThat(world.events.getLast().kind()).isEqualTo(Kind.FINISHED);
        for (var unit : List.of("api", "worker")) {
            assertThat(index(Kind.READY, "db")).isLessThan(index(Kind.STARTED, unit));
            assertThat(index(Kind.READY, unit)).isLessThan(index(Kind.STARTED, "gate"));
        }
    }

    @Test
    @Covers("DEP-03")
    void twoWritesOfTheRecordAreEnoughForAnExecution() {
        up.up(shop());

        assertThat(up.journal().read().orElseThrow().token()).isEqualTo(1);
        assertThat(world.writes() - world.events.size()).isEqualTo(3); // intent, revision, result
    }

    @Test
    void applyingTwiceWritesNothingTheSecondTime() {
        up.up(shop());
        int writes = world.writes();
        int handed = world.handedOver();
        var again = up.up(shop());

        assertThat(again.sentence()).isEqualTo("nothing to do");
        assertThat(world.writes()).isEqualTo(writes);
        assertThat(world.handedOver()).isEqualTo(handed);
    }

    @Test
    void whatRunsUnwatchedIsHandedOverAgainWithoutALease() {
        up.up(shop());
        int writes = world.writes();
        world.unattended(true);

        assertThat(up.up(shop())).isInstanceOf(Outcome.Ready.class);
        assertThat(world.handedOver()).isEqualTo(2);
        assertThat(world.writes()).isEqualTo(writes);
    }

    @Test
    void aChangeRestartsItsUnitAndNothingElse() {
        up.up(shop());
        world.calls.clear();
        var env = new TreeMap<String, Marked>();
        env.put("LOG", Marked.plain("debug"));
        up.shown.clear();
        var changed =
                new FakeStack()
                        .unit(Stage.STATEFUL, "db")
                        .unit(Stage.INTERNAL, "api", env)
                        .unit(Stage.INTERNAL, "worker", "db")
                        .unit(Stage.EDGE, "gate", "api", "worker")
                        .unit(Stage.FRONTEND, "web", "gate")
                        .build();

        assertThat(up.up(changed)).isInstanceOf(Outcome.Ready.class);
        assertThat(world.calls).containsExactly("start api");
        assertThat(what(Kind.STARTED, "api")).isEqualTo("starts: env.LOG changed");
    }

    @Test
    @Covers("DEP-03")
    void aFailureEndsItsBranchAtOnceAndTheOthersFinish() {
        world.script("api", new Script.Fails(CRASH));
        var stack =
                new FakeStack()
                        .unit(Stage.STATEFUL, "db")
                        .unit(Stage.INTERNAL, "api", "db")
                        .unit(Stage.INTERNAL, "worker", "db")
                        .unit(Stage.EDGE, "gate", "api")
                        .unit(Stage.FRONTEND, "web", "gate")
                        .build();
        var outcome = up.up(stack);

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome.exitCode()).isEqualTo(4);
        var failed = (Outcome.Failed) outcome;
        assertThat(failed.units())
                .extracting(trouble -> trouble.unit().value())
                .containsExactly("api");
        assertThat(failed.notTried())
                .containsEntry(new UnitName("gate"), "not started: api failed")
                .containsEntry(new UnitName("web"), "not started: api failed");
        assertThat(units(Kind.READY)).containsExactlyInAnyOrder("db", "worker");
        assertThat(outcome.problems().getFirst())
                .hasToString("services.yaml:1:1 EXITED api: exited with 1; Read its output");
        assertThat(result("api")).isEqualTo(Result.FAILED);
        assertThat(result("web")).isEqualTo(Result.NOT_TRIED);
        assertThat(up.journal().read().orElseThrow().lease()).isEmpty();
    }

    @Test
    void aUnitThatIsNotReadyInTimeIsStuckAndItsLastAnswerIsNamed() {
        world.script("api", new Script.Never(ANSWERS_500));
        var outcome = up.up(shop());

        assertThat(outcome).isInstanceOf(Outcome.Stuck.class);
        var trouble = ((Outcome.Stuck) outcome).units().getFirst();
        assertThat(trouble.cause().code()).isEqualTo(CauseCode.TIMED_OUT);
        assertThat(trouble.cause().what())
                .isEqualTo("not ready within 60 s: GET /readyz answered 500");
        assertThat(what(Kind.PROGRESS, "api")).isEqualTo("GET /readyz answered 500");
        assertThat(outcome.exitCode()).isEqualTo(4);
    }

    @Test
    void whatCannotBeStartedFailsWithItsCause() {
        var taken =
                new Cause(
                        CauseCode.PORT_TAKEN,
                        "port 8080 is held by java (pid 7)",
                        List.of(),
                        List.of());
        world.script("db", new Script.Refused(taken));

        assertThat(((Outcome.Failed) up.up(shop())).units().getFirst().cause())
                .isEqualTo(taken.of(new UnitName("db")));
    }

    @Test
    void theNextUpAfterAFailureStartsOnlyWhatIsMissing() {
        world.script("api", new Script.Fails(CRASH));
        up.up(shop());
        world.script("api", new Script.ReadyAfter(2));
        world.calls.clear();

        assertThat(up.up(shop())).isInstanceOf(Outcome.Ready.class);
        assertThat(world.calls).containsExactly("start api", "start gate", "start web");
    }

    @Test
    void leftoversAreRemovedOnlyOnceEverythingElseIsReady() {
        up.up(shop());
        var smaller =
                new FakeStack()
                        .unit(Stage.STATEFUL, "db")
                        .unit(Stage.INTERNAL, "api", "db")
                        .unit(Stage.INTERNAL, "mail", "db")
                        .build();
        world.script("mail", new Script.Fails(CRASH));
        world.calls.clear();
        assertThat(up.up(smaller)).isInstanceOf(Outcome.Failed.class);
        assertThat(world.calls).containsExactly("start mail");

        world.script("mail", new Script.ReadyAfter(0));
        assertThat(up.up(smaller)).isInstanceOf(Outcome.Ready.class);
        assertThat(world.calls)
                .containsExactly(
                        "start mail", "start mail", "remove web", "remove gate", "remove worker");
        assertThat(up.journal().read().orElseThrow().graph().nodes().keySet())
                .extracting(UnitName::value)
                .containsExactly("api", "db", "mail");
        assertThat(up.plan(smaller).isEmpty()).isTrue();
    }

    @Test
    void aPortIsFreedBeforeTheUnitThatTakesItStarts() {
        up.up(
                new FakeStack()
                        .unit(Stage.INTERNAL, "old")
                        .port("old", 8080)
                        .unit(Stage.INTERNAL, "other")
                        .build());
        world.calls.clear();
        up.shown.clear();
        var changed = new FakeStack().unit(Stage.INTERNAL, "new").port("new", 8080).build();

        assertThat(up.up(changed)).isInstanceOf(Outcome.Ready.class);
        assertThat(world.calls).containsExactly("remove old", "start new", "remove other");
        assertThat(what(Kind.WAITING, "new")).isEqualTo("waits for old");
        assertThat(what(Kind.STOPPED, "old"))
                .isEqualTo(
                        "stopped (it left the stack; it goes before new starts, which takes its port 8080)");
        assertThat(up.journal().read().orElseThrow().units().keySet())
                .extracting(UnitName::value)
                .containsExactly("new");
        assertThat(up.plan(changed).isEmpty()).isTrue();
    }

    @Test
    void anotherOrderIsRecordedAndNothingIsRestarted() {
        up.up(new FakeStack().unit(Stage.STATEFUL, "db").unit(Stage.INTERNAL, "api").build());
        world.calls.clear();
        int writes = world.writes() - world.events.size();
        up.shown.clear();
        var changed =
                new FakeStack()
                        .unit(Stage.STATEFUL, "db")
                        .unit(Stage.INTERNAL, "api", "db")
                        .build();

        assertThat(up.up(changed)).isInstanceOf(Outcome.Ready.class);
        assertThat(world.calls).isEmpty();
        assertThat(world.writes() - world.events.size()).isEqualTo(writes + 3);
        assertThat(world.revisions.keySet()).containsExactly(1L, 2L);
        assertThat(what(Kind.PROGRESS, "api")).isEqualTo("waits for db");
        assertThat(up.shown.getLast().what()).isEqualTo("done: recorded, nothing restarted");
        assertThat(up.plan(changed).isEmpty()).isTrue();
    }

    @Test
    void aTakenPortIsPlannedAgain() {
        world.replacePorts(2);

        assertThat(up.up(shop())).isInstanceOf(Outcome.Ready.class);
        assertThat(world.events)
                .extracting(Event::what)
                .contains(
                        "port http of api was 20123, which java (pid 4711) holds; it is 20124 now");
    }

    @Test
    void theFirstExecutionGivesTheKeySoThatTheNextPlanFindsNoChange() {
        var env = new TreeMap<String, Marked>();
        env.put("PASSWORD", Marked.secret("db", "hunter2"));
        var stack = new FakeStack().unit(Stage.INTERNAL, "api", env).build();
        up.up(stack);

        assertThat(up.plan(stack).isEmpty()).isTrue();
        assertThat(world.events.toString() + world.revisions).doesNotContain("hunter2");
    }

    @Test
    void onlyTheNewestRevisionsAreKept() {
        for (int i = 0; i < 5; i++) {
            var env = new TreeMap<String, Marked>();
            env.put("N", Marked.plain("" + i));
            up.up(new FakeStack().history(3).unit(Stage.INTERNAL, "api", env).build());
        }

        assertThat(world.revisions.keySet()).containsExactly(3L, 4L, 5L);
        assertThat(world.revisions.get(5L)).contains("\"execution\" : \"up-5\"", "\"N\" : \"4\"");
    }

    @Test
    void downRemovesInReverseOrderAndLeavesNoUnitInTheRecord() {
        up.up(shop());
        world.calls.clear();
        var down = new FakeCommand(world, "down (pid 2)");

        assertThat(down.down(true)).isInstanceOf(Outcome.Ready.class);
        assertThat(world.calls.getFirst()).isEqualTo("remove web with data");
        assertThat(world.calls.getLast()).isEqualTo("remove db with data");
        assertThat(down.journal().read().orElseThrow().graph().nodes()).isEmpty();
        assertThat(down.down(true).sentence()).isEqualTo("nothing to do");
    }

    @Test
    void downSaysOfEachUnitWhatWasDone() {
        world.script("api", new Script.Fails(CRASH));
        up.up(shop());
        up.shown.clear();
        up.down(false);

        assertThat(up.shown.getFirst().what())
                .isEqualTo("stops 2 units, removes 1 unit that did not run");
        assertThat(what(Kind.STOPPED, "db")).isEqualTo("stopped");
        assertThat(what(Kind.STOPPED, "api")).isEqualTo("removed");
        assertThat(units(Kind.STOPPED)).containsExactlyInAnyOrder("db", "worker", "api");
        assertThat(up.shown.getLast().what()).isEqualTo("done: api, db, worker");
    }

    @Test
    void restartStartsOneUnitAnew() {
        up.up(shop());
        world.calls.clear();

        assertThat(up.restart(shop(), "api")).isInstanceOf(Outcome.Ready.class);
        assertThat(world.calls).containsExactly("start api");
        assertThat(world.events)
                .filteredOn(event -> event.kind() == Kind.PLANNED)
                .last()
                .extracting(Event::what)
                .isEqualTo("restarts api");
    }

    @Test
    void aFencedStepEndsTheExecution() {
        world.fence(7);

        assertThat(up.up(shop())).isInstanceOf(Outcome.Superseded.class);
    }

    @Test
    void anInterruptKeepsWhatWasReachedAndTheNextRunGoesOn() throws InterruptedException {
        world.script("api", new Script.Never(ANSWERS_500));
        var slow = new FakeStack().timeout(Duration.ofDays(9999));
        var stack = slow.unit(Stage.STATEFUL, "db").unit(Stage.INTERNAL, "api", "db").build();
        var outcome = new AtomicReference<Outcome>();
        var thread = Thread.ofPlatform().start(() -> outcome.set(up.up(stack)));
        while (world.calls.size() < 2) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join();

        assertThat(outcome.get())
                .isEqualTo(new Outcome.Interrupted(new TreeSet<>(List.of(new UnitName("api")))));
        assertThat(Objects.requireNonNull(outcome.get()).exitCode()).isEqualTo(130);
        assertThat(up.journal().read().orElseThrow().lease()).isEmpty();
        world.script("api", new Script.ReadyAfter(0));
        assertThat(up.up(stack)).isInstanceOf(Outcome.Ready.class);
        assertThat(world.calls).containsExactly("start db", "start api");
    }

    @Test
    void aStrictOrderIsStaleWhenSomebodyWasHereSince() {
        var reviewed = up.prepare(shop());
        new FakeCommand(world, "other").up(new FakeStack().unit(Stage.STATEFUL, "db").build());
        var outcome = up.apply(reviewed, new Order("apply", Turn.AT_ONCE, true));

        assertThat(outcome).isInstanceOf(Outcome.Stale.class);
        assertThat(outcome.exitCode()).isEqualTo(5);
        assertThat(((Outcome.Stale) outcome).differences())
                .containsExactly("db: create was planned, keep is due now");
        assertThat(up.apply(reviewed, new Order("up", Turn.AT_ONCE, false)))
                .isInstanceOf(Outcome.Ready.class);
    }

    @Test
    @Covers("DEP-03")
    void aPlanThatWasMadeWhileAnotherWorkedIsMadeAgain() {
        up.up(shop());
        var planned = new AtomicReference<Prepared>();
        new FakeCommand(world, "down (pid 2)")
                .down(
                        false,
                        event -> {
                            if (event.kind() == Kind.PLANNED) {
                                planned.set(up.prepare(shop()));
                            }
                        });

        assertThat(world.running()).isEmpty();
        var prepared = Objects.requireNonNull(planned.get());
        assertThat(prepared.plan().isEmpty()).isTrue(); // everything still ran
        assertThat(up.apply(prepared, new Order("up", Turn.AT_ONCE, false)))
                .isInstanceOf(Outcome.Ready.class);
        assertThat(world.allReady(shop().units().keySet())).isTrue();
    }

    @Test
    void tenThousandUnitsRun() {
        var stack = new FakeStack().parallelism(16);
        for (int i = 0; i < 10_000; i++) {
            if (i < 10) {
                stack.unit(Stage.STATEFUL, "u" + i);
            } else {
                stack.unit(Stage.INTERNAL, "u" + i, "u" + i / 10);
            }
        }
        var big = stack.build();

        assertThat(up.up(big)).isInstanceOf(Outcome.Ready.class);
        assertThat(world.calls).hasSize(10_000);
        assertThat(world.mostAtOnce()).isLessThanOrEqualTo(16);
        assertThat(world.writes() - world.events.size()).isEqualTo(3);
        assertThat(up.plan(big).isEmpty()).isTrue();
    }

    private static Environment shop() {
        return new FakeStack()
                .unit(Stage.STATEFUL, "db")
                .unit(Stage.INTERNAL, "api", "db")
                .unit(Stage.INTERNAL, "worker", "db")
                .unit(Stage.EDGE, "gate", "api", "worker")
                .unit(Stage.FRONTEND, "web", "gate")
                .build();
    }

    private List<String> units(Kind kind) {
        return up.shown.stream()
                .filter(event -> event.kind() == kind)
                .map(event -> event.unit().orElseThrow().value())
                .toList();
    }

    private String what(Kind kind, String unit) {
        return up.shown.get(index(kind, unit)).what();
    }

    private int index(Kind kind, String unit) {
        for (int i = 0; i < up.shown.size(); i++) {
            var event = up.shown.get(i);
            if (event.kind() == kind
                    && event.unit().map(UnitName::value).filter(unit::equals).isPresent()) {
                return i;
            }
        }
        throw new AssertionError("no " + kind + " of " + unit + " in " + up.shown);
    }

    private Result result(String unit) {
        var entry = up.journal().read().orElseThrow().units().get(new UnitName(unit));
        return Objects.requireNonNull(entry, unit).result();
    }
}
