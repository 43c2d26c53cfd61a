package dev.fairlead.deploy.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.fake.FakeCommand;
import dev.fairlead.deploy.fake.FakeStack;
import dev.fairlead.deploy.fake.FakeWorld;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.journal.Journal.Acquired;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.testkit.Covers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whose turn it is where only a heartbeat tells who is at work.
class HeartbeatTest {
    private static final Duration REQUEST = Heartbeat.ORDINARY.request();

    private final FakeWorld world = new FakeWorld();
    private final FakeCommand first = new FakeCommand(world, "fairlead up (pid 1)");
    private final FakeCommand second = new FakeCommand(world, "fairlead up (pid 2)");

    @BeforeEach
    void begin() {
        world.heartbeat = Optional.of(Heartbeat.ORDINARY);
    }

    @Test
    @Covers("DEP-03")
    void aDeadHolderRefusesNobodyOnceItsRecordStoodStillForTheLapse() throws InterruptedException {
        hold(first, Turn.AT_ONCE);
        long before = world.ticker.nanos();
        var acquired = acquire(second, Turn.AT_ONCE);

        assertThat(acquired).isInstanceOf(Acquired.Held.class);
        assertThat(Duration.ofNanos(world.ticker.nanos() - before))
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(21));
    }

    /// What it sent last may still take effect.
    @Test
    @Covers("DEP-03")
    void aHolderThatIsSeenToBeGoneIsWaitedForAsLongAsARequestTakes() throws InterruptedException {
        hold(first, Turn.AT_ONCE);
        var looks = new int[1];
        world.gate =
                who -> {
                    if (who.equals("fairlead up (pid 2)") && ++looks[0] == 20) {
                        world.ended.add("fairlead up (pid 1)");
                    }
                };
        long before = world.ticker.nanos();
        var acquired = acquire(second, Turn.AT_ONCE);

        assertThat(acquired).isInstanceOf(Acquired.Held.class);
        assertThat(looks[0]).isGreaterThan(20);
        assertThat(Duration.ofNanos(world.ticker.nanos() - before))
                .isBetween(REQUEST.plusSeconds(1), Duration.ofSeconds(8));
    }

    @Test
    void aHolderThatIsSeenAtWorkIsNamedAtOnce() throws InterruptedException {
        var holder = hold(first, Turn.AT_ONCE);
        var looks = new int[1];
        world.gate =
                who -> {
                    if (who.equals("fairlead up (pid 2)") && ++looks[0] == 60) {
                        holder.covers(REQUEST); // five seconds are over: it beats
                    }
                };

        assertThat(acquire(second, Turn.AT_ONCE)).isInstanceOf(Acquired.Busy.class);
    }

    @Test
    void askingItToEndIsNoSignOfItsLife() throws InterruptedException {
        hold(first, Turn.AT_ONCE);

        var turn = new Turn(Optional.of(Duration.ofMinutes(5)), true);
        assertThat(acquire(second, turn)).isInstanceOf(Acquired.Held.class);
        assertThat(world.seen).contains("asked fairlead up (pid 2)");
    }

    @Test
    void whoStalledForTooLongLearnsItBeforeItWrites() throws InterruptedException {
        var stalled = hold(first, Turn.AT_ONCE);
        hold(second, Turn.AT_ONCE);

        assertThat(stalled.covers(REQUEST)).isFalse();
        assertThatThrownBy(() -> stalled.require(REQUEST))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problems().getFirst().code())
                                        .isEqualTo(DeployCode.LEASE_LOST));
        assertThat(stalled.supersededBy()).contains("fairlead up (pid 2)");
        assertThat(stalled.finish("ready", new TreeMap<>(), new TreeSet<>(), Optional.empty()))
                .isFalse();
    }

    @Test
    void whoStalledWhileNobodyCameGoesOn() throws InterruptedException {
        var stalled = hold(first, Turn.AT_ONCE);
        world.ticker.pause(Duration.ofHours(1));

        assertThat(stalled.covers(REQUEST)).isTrue();
    }

    @Test
    void aTargetThatDoesNotAnswerEndsTheLeaseInTime() throws InterruptedException {
        var holder = hold(first, Turn.AT_ONCE);
        world.failAt(1, Integer.MAX_VALUE);
        world.ticker.pause(Duration.ofSeconds(4));
        assertThat(holder.covers(REQUEST)).isTrue();
        world.ticker.pause(Duration.ofSeconds(12));

        assertThat(holder.covers(REQUEST)).isFalse();
        assertThat(holder.covers(Duration.ofSeconds(1))).isTrue(); // a shorter write still fits
    }

    @Test
    void aClockThatJumpsChangesNothing() throws InterruptedException {
        var holder = hold(first, Turn.AT_ONCE);
        for (var jump : new Duration[] {Duration.ofHours(1), Duration.ofHours(-2)}) {
            world.clock.jump(jump);
            assertThat(holder.covers(REQUEST)).isTrue();
        }
        long before = world.ticker.nanos();
        world.clock.jumps(() -> Duration.ofHours(1));
        assertThat(acquire(second, Turn.AT_ONCE)).isInstanceOf(Acquired.Held.class);
        assertThat(Duration.ofNanos(world.ticker.nanos() - before))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(20));
    }

    // Its monotonic time stood still, that of the others did not.
    @Test
    void aMachineThatSleptAsksTheRecordFirst() throws InterruptedException {
        var slept = hold(first, Turn.AT_ONCE);
        world.clock.jump(Duration.ofHours(1));
        long writes = world.writes();
        assertThat(slept.covers(REQUEST)).isTrue();
        assertThat(world.writes()).isEqualTo((int) writes + 1);
    }

    @Test
    void anExecutionBeatsFromItsLeaseToItsEnd() {
        var heard = new ArrayList<String>();
        first.pulse =
                (every, beat) -> {
                    heard.add("every " + every + ": " + beat.getAsBoolean());
                    return () -> heard.add("over with " + world.record("lease"));
                };
        first.up(new FakeStack().unit(Stage.INTERNAL, "api").build());

        assertThat(heard).containsExactly("every PT5S: true", "over with null");
    }

    @Test
    void anObserverThatIsCancelledGivesUp() throws InterruptedException {
        hold(first, Turn.AT_ONCE);
        var cancellation = new Cancellation();
        cancellation.request();

        assertThat(second.journal().acquire(intent(), Turn.AT_ONCE, cancellation))
                .isInstanceOf(Acquired.GivenUp.class);
    }

    @Test
    void aHeartbeatThatCannotHoldIsRefused() {
        var second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Heartbeat(second, Duration.ofSeconds(3), second))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Tenure hold(FakeCommand command, Turn turn) throws InterruptedException {
        return ((Acquired.Held) acquire(command, turn)).tenure();
    }

    private static Acquired acquire(FakeCommand command, Turn turn) throws InterruptedException {
        return command.journal().acquire(intent(), turn, new Cancellation());
    }

    private static Intent intent() {
        return new Intent(
                FakeStack.DEV,
                TargetKind.LOCAL,
                "up",
                "hash",
                "input",
                Graph.EMPTY,
                new TreeSet<>(),
                new TreeSet<>());
    }
}
