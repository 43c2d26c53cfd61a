package dev.fairlead.deploy.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.fake.FakeCommand;
import dev.fairlead.deploy.fake.FakeStack;
import dev.fairlead.deploy.fake.FakeWorld;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testkit.Covers;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/// A command that is killed at any write leaves something that the next one goes on from.
class KillTest {
    @Test
    @Covers("DEP-03")
    void afterAKillAtAnyWriteTheNextUpConvergesAndStartsNothingTwice() {
        int kills = 0;
        for (int write = 1; ; write++) {
            boolean killed = killedUp(write, true);
            killed |= killedUp(write, false);
            if (!killed) {
                break;
            }
            kills++;
        }
        assertThat(kills).isGreaterThan(10);
    }

    private static boolean killedUp(int write, boolean before) {
        var world = new FakeWorld();
        world.killAtWrite(write, before);
        boolean killed = diesOf(new FakeCommand(world, "first"), stack());
        world.neverKill();
        var next = new FakeCommand(world, "second");
        var outcome = next.up(stack());

        assertThat(outcome).as("write %d", write).isInstanceOf(Outcome.Ready.class);
        assertThat(world.calls).as("write %d", write).doesNotHaveDuplicates().hasSize(3);
        assertThat(next.journal().read().flatMap(EnvironmentRecord::lease)).isEmpty();
        assertThat(next.plan(stack()).isEmpty()).isTrue();
        assertThat(new HashSet<>(world.running())).isEqualTo(stack().units().keySet());
        return killed;
    }

    @Test
    void afterAKillAtAnyWriteOfADownTheNextDownLeavesNothing() {
        for (int write = 1; write < 12; write++) {
            var world = new FakeWorld();
            new FakeCommand(world, "up").up(stack());
            world.killAtWrite(write, write % 2 == 0);
            try {
                new FakeCommand(world, "first").down(false);
            } catch (FakeWorld.Killed e) {
                world.neverKill();
            }
            var next = new FakeCommand(world, "second");
            next.down(false);

            assertThat(world.running()).isEmpty();
            assertThat(next.journal().read().flatMap(EnvironmentRecord::lease)).isEmpty();
        }
    }

    @Test
    void theSameWishResumesWhatWasKilledAndSaysSo() {
        var world = new FakeWorld();
        world.killAtWrite(4, false);
        assertThatThrownBy(() -> new FakeCommand(world, "first").up(stack()))
                .isInstanceOf(FakeWorld.Killed.class);
        var next = new FakeCommand(world, "second");
        next.up(stack());

        assertThat(next.shown)
                .extracting(Event::what)
                .contains("goes on with up-1, which was killed");
    }

    @Test
    void anotherWishSupersedesWhatWasKilled() {
        var world = new FakeWorld();
        world.killAtWrite(4, false);
        assertThatThrownBy(() -> new FakeCommand(world, "first").up(stack()))
                .isInstanceOf(FakeWorld.Killed.class);
        var next = new FakeCommand(world, "second");
        var other = new FakeStack().unit(Stage.STATEFUL, "db").build();

        assertThat(next.up(other)).isInstanceOf(Outcome.Ready.class);
        assertThat(next.shown)
                .extracting(Event::what)
                .contains("supersedes up-1, which was killed");
        assertThat(world.running()).containsExactly(new UnitName("db"));
    }

    private static boolean diesOf(FakeCommand command, Environment stack) {
        try {
            command.up(stack);
            return false;
        } catch (FakeWorld.Killed e) {
            return true;
        }
    }

    private static Environment stack() {
        return new FakeStack()
                .unit(Stage.STATEFUL, "db")
                .unit(Stage.INTERNAL, "api", "db")
                .unit(Stage.EDGE, "gate", "api")
                .build();
    }
}
