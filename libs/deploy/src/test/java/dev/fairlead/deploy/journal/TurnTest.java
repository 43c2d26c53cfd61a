package dev.fairlead.deploy.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.fake.FakeCommand;
import dev.fairlead.deploy.fake.FakeStack;
import dev.fairlead.deploy.fake.FakeWorld;
import dev.fairlead.deploy.fake.FakeWorld.Script;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.journal.Journal.Acquired;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Whose turn it is.
class TurnTest {
    private static final Cause SLOW =
            new Cause(CauseCode.PROBE_PENDING, "not yet", List.of(), List.of());

    private final FakeWorld world = new FakeWorld();
    private final FakeCommand first = new FakeCommand(world, "fairlead up (pid 1)");
    private final FakeCommand second = new FakeCommand(world, "fairlead up (pid 2)");

    @Test
    void whoComesSecondIsToldWhoIsAtWork() throws InterruptedException {
        hold(first);
        var outcome = second.up(stack());

        assertThat(outcome).isInstanceOf(Outcome.Busy.class);
        assertThat(outcome.exitCode()).isEqualTo(5);
        assertThat(outcome.sentence()).isEqualTo("fairlead up (pid 1) is at work here (up-1)");
        assertThat(outcome.problems()).hasSize(1);
        assertThat(world.calls).isEmpty();
    }

    @Test
    void anEmptyPlanDoesNotOvertakeAHolder() throws InterruptedException {
        second.up(stack());
        hold(first);

        assertThat(second.up(stack())).isInstanceOf(Outcome.Busy.class);
    }

    @Test
    void waitingEndsWhenTheHolderEnds() throws InterruptedException {
        var tenure = hold(first);
        var outcome = new AtomicReference<Outcome>();
        var turn = new Turn(Optional.of(Duration.ofDays(999)), false);
        var waiting = Thread.ofPlatform().start(() -> outcome.set(second.up(stack(), turn)));
        tenure.finish("ready", new TreeMap<>(), new TreeSet<>(), Optional.empty());
        waiting.join();

        assertThat(outcome.get()).isInstanceOf(Outcome.Ready.class);
    }

    @Test
    void waitingHasAnEnd() throws InterruptedException {
        hold(first);

        assertThat(second.up(stack(), new Turn(Optional.of(Duration.ofSeconds(5)), false)))
                .isInstanceOf(Outcome.Busy.class);
    }

    @Test
    void whoSupersedesLetsTheHolderEndAtItsNextStep() throws InterruptedException {
        world.script("api", new Script.Never(SLOW));
        var slow =
                new FakeStack().timeout(Duration.ofDays(9999)).unit(Stage.INTERNAL, "api").build();
        var outcome = new AtomicReference<Outcome>();
        var holder = Thread.ofPlatform().start(() -> outcome.set(first.up(slow)));
        while (world.calls.isEmpty()) {
            Thread.onSpinWait();
        }
        var other = new FakeStack().unit(Stage.INTERNAL, "web").build();
        var taken = second.up(other, new Turn(Optional.of(Duration.ofDays(99)), true));
        holder.join();

        assertThat(outcome.get()).isEqualTo(new Outcome.Superseded("fairlead up (pid 2)"));
        assertThat(taken).isInstanceOf(Outcome.Ready.class);
    }

    @Test
    void aHolderThatStalledAndComesBackFindsThatItsLeaseIsGone() throws InterruptedException {
        var stalled = hold(first);
        world.kill("fairlead up (pid 1)");
        assertThat(second.up(stack())).isInstanceOf(Outcome.Ready.class);

        assertThat(stalled.finish("ready", new TreeMap<>(), new TreeSet<>(), Optional.empty()))
                .isFalse();
        assertThat(stalled.supersededBy()).contains("up-2");
    }

    @Test
    void aRecordOfAnotherVersionIsAProblemAndNotADefect() {
        assertThatThrownBy(() -> RecordTree.read(Map.of("version", 99)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("its version is 99, not 1");
        assertThatThrownBy(() -> RecordTree.read(Map.of("version", 1)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is missing");
    }

    @Test
    void whatIsKeptOfARecordIsTheRecord() {
        world.script(
                "api",
                new Script.Fails(new Cause(CauseCode.EXITED, "x", List.of("y"), List.of("z"))));
        first.up(stack());
        var record = first.journal().read().orElseThrow();

        assertThat(RecordTree.read(RecordTree.of(record))).isEqualTo(record);
        assertThat(record.units()).hasSize(1);
    }

    private static Tenure hold(FakeCommand command) throws InterruptedException {
        var intent =
                new Intent(
                        FakeStack.DEV,
                        TargetKind.LOCAL,
                        "up",
                        "hash",
                        "input",
                        Graph.EMPTY,
                        new TreeSet<>(),
                        new TreeSet<>());
        var acquired = command.journal().acquire(intent, Turn.AT_ONCE, new Cancellation());
        return ((Acquired.Held) acquired).tenure();
    }

    private static Environment stack() {
        return new FakeStack().unit(Stage.INTERNAL, "api").build();
    }
}
