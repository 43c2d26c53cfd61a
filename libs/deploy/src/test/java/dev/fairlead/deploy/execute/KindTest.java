package dev.fairlead.deploy.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.fake.FakeCommand;
import dev.fairlead.deploy.fake.FakeKind;
import dev.fairlead.deploy.fake.FakeStack;
import dev.fairlead.deploy.fake.FakeWorld;
import dev.fairlead.deploy.fake.FakeWorld.Script;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.PlanTree;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testkit.Covers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Units of a kind of their own: planned inside the plan, run as steps, waited for by who needs them.
class KindTest {
    private static final UnitName SHOP_DB = new UnitName("shop-db");

    private final FakeWorld world = new FakeWorld();
    private final FakeKind kind = new FakeKind();
    private final FakeCommand up = new FakeCommand(world, "up (pid 1)", List.of(kind));

    private static Environment shop() {
        return new FakeStack()
                .unit(Stage.STATEFUL, "db")
                .migrations("shop-db")
                .requiring("shop-db")
                .unit(Stage.INTERNAL, "api", "shop-db")
                .build();
    }

    private static Cause cause(CauseCode code, String what) {
        return new Cause(code, what, List.of("do something"), List.of());
    }

    private static Plan.Change change(Plan plan) {
        return plan.changes().stream()
                .filter(one -> one.unit().equals(SHOP_DB))
                .findFirst()
                .orElseThrow();
    }

    private List<String> told(Kind of) {
        return world.events.stream()
                .filter(event -> event.kind() == of)
                .filter(event -> event.unit().equals(Optional.of(SHOP_DB)))
                .map(Event::what)
                .toList();
    }

    @Test
    @Covers("MIG-05")
    void theWorkIsAStepThatOthersWaitForAndTheSchemaIsSeenBeforeAProcessStarts() {
        kind.files.add("0001");
        var outcome = up.up(shop());

        assertThat(outcome).isInstanceOf(Outcome.Ready.class);
        assertThat(kind.database).containsExactly("0001");
        assertThat(kind.calls).containsExactly("run shop-db", "await shop-db");
        assertThat(world.calls)
                .containsExactly(
                        "start db", "note shop-db starting", "note shop-db ready", "start api");
        assertThat(told(Kind.PROGRESS)).containsExactly("runs 0001", "the schema is there");
    }

    @Test
    @Covers("DEP-05")
    void itsOwnPlanIsPartOfThePlanAndOfItsHash() {
        kind.files.add("0001");
        var plan = up.plan(shop());
        kind.files.add("0002");
        var other = up.plan(shop());

        assertThat(change(plan).action()).isEqualTo(Action.CREATE);
        assertThat(change(plan).reason()).contains("1 are pending");
        assertThat(Objects.toString(PlanTree.of(plan).get("parts")))
                .isEqualTo(
                        "[{unit=shop-db, kind=migrations, state=pending, reason=1 are pending, plan={pending=[0001]}}]");
        assertThat(plan.hash()).isNotEqualTo(other.hash()).isEqualTo(again());
    }

    private String again() {
        kind.files.removeLast();
        return up.plan(shop()).hash();
    }

    @Test
    void whatIsDoneIsNoChangeAndNothingIsWritten() {
        kind.files.add("0001");
        up.up(shop());
        int writes = world.writes();
        kind.calls.clear();

        assertThat(up.plan(shop()).isEmpty()).isTrue();
        assertThat(up.up(shop()).sentence()).isEqualTo("nothing to do");
        assertThat(world.writes()).isEqualTo(writes);
        assertThat(kind.calls).isEmpty();
    }

    @Test
    void aSecondFileIsAnUpdateThatRestartsNobody() {
        kind.files.add("0001");
        up.up(shop());
        kind.files.add("0002");
        var plan = up.plan(shop());

        assertThat(change(plan).action()).isEqualTo(Action.UPDATE);
        assertThat(plan.restarts()).isEmpty();
        world.calls.clear();
        up.up(shop());
        assertThat(world.calls).containsExactly("note shop-db starting", "note shop-db ready");
    }

    @Test
    void whatSomebodyDidByHandIsNoChange() {
        kind.files.add("0001");
        up.up(shop());
        kind.files.add("0002");
        kind.database.add("0002");

        assertThat(up.plan(shop()).isEmpty()).isTrue();
    }

    @Test
    void whereTheDatabaseCannotBeReadWhatWasAppliedLastHasToDo() {
        kind.files.add("0001");
        up.up(shop());
        kind.readable = false;
        assertThat(change(up.plan(shop())).action()).isEqualTo(Action.KEEP);

        kind.files.add("0002");
        var change = change(up.plan(shop()));
        assertThat(change.action()).isEqualTo(Action.UPDATE);
        assertThat(change.reason()).contains("the database cannot be read");
    }

    /// A database may come back without what was in it: a slot that slept, a volume that was made anew.
    @Test
    @Covers({"MIG-05", "SLOT-03"})
    void whatCannotBeReadUntilItsDatabaseStartsIsSeenThen() {
        kind.files.add("0001");
        up.up(shop());
        world.crash("db");
        kind.readable = false;
        kind.database.clear();
        world.calls.clear();
        var plan = up.plan(shop());
        assertThat(plan.starts().toString()).contains("shop-db", "the database cannot be read");

        assertThat(up.up(shop())).isInstanceOf(Outcome.Ready.class);
        assertThat(world.calls)
                .containsExactly("start db", "note shop-db starting", "note shop-db ready");
        assertThat(kind.database).containsExactly("0001");
    }

    /// Where the work between them is done already, too.
    @Test
    @Covers({"DEP-02", "SLOT-03"})
    void nobodyStartsBeforeTheDatabaseThatTheWorkStandsOn() {
        kind.files.add("0001");
        up.up(shop());
        world.crash("db");
        world.crash("api");
        world.script("db", new Script.Fails(cause(CauseCode.EXITED, "no disk")));
        world.calls.clear();
        var outcome = up.up(shop());

        assertThat(world.calls).containsExactly("start db");
        assertThat(((Outcome.Failed) outcome).notTried().toString())
                .isEqualTo("{api=not started: db failed}");
    }

    @Test
    @Covers({"MIG-05", "DEP-04"})
    void whenItFailsWhoNeedsItIsNotTriedAndTheReasonIsKept() {
        kind.files.add("0001");
        kind.fails =
                Optional.of(cause(CauseCode.SCHEMA_CHECK_FAILED, "0001: the check gave false"));
        var outcome = up.up(shop());

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(world.calls)
                .containsExactly(
                        "start db",
                        "note shop-db starting",
                        "note shop-db failed: 0001: the check gave false");
        assertThat(((Outcome.Failed) outcome).notTried().toString())
                .isEqualTo("{api=not started: shop-db failed}");

        kind.fails = Optional.empty();
        assertThat(up.up(shop())).isInstanceOf(Outcome.Ready.class);
    }

    @Test
    @Covers("SPEC-06")
    void aMissingApprovalIsARefusalNotAFailure() {
        kind.files.add("0001");
        kind.fails = Optional.of(cause(CauseCode.SCHEMA_UNAPPROVED, "0001 waits for dba"));

        assertThat(up.up(shop()).exitCode()).isEqualTo(6);
    }

    @Test
    @Covers("MIG-04")
    void whatItWaitsForIsKeptWhereExplainFindsItUntilItGoesOn() {
        kind.files.add("0001");
        kind.waits = Optional.of(cause(CauseCode.SCHEMA_LOCKED, "ada migrates since 10:00"));
        up.up(shop());

        assertThat(world.calls)
                .containsSubsequence(
                        "note shop-db starting",
                        "note shop-db starting: ada migrates since 10:00",
                        "note shop-db starting",
                        "note shop-db ready");
        assertThat(told(Kind.PROGRESS)).contains("ada migrates since 10:00");
    }

    @Test
    @Covers("MIG-05")
    void aProcessDoesNotStartOnASchemaThatSomebodyTookAway() {
        kind.files.add("0001");
        up.up(shop());
        kind.database.clear();
        world.calls.clear();
        var outcome = up.restart(shop(), "api");

        assertThat(world.calls).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.problems().getFirst().toString())
                .contains("SCHEMA_MISSING api: wants [0001], found []");
    }

    @Test
    void removingItForgetsItAndSaysThatTheDatabaseStays() {
        kind.files.add("0001");
        up.up(shop());
        world.calls.clear();
        up.down(false);

        assertThat(world.calls).containsExactly("remove api", "remove shop-db", "remove db");
        assertThat(kind.database).containsExactly("0001");
        assertThat(told(Kind.STARTED)).contains("is forgotten; its database stays as it is");
    }
}
