package dev.fairlead.target.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.target.local.system.Exit;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What a person is told to do about a process that ended.
class CausesTest {
    private static final Exit BROKEN = new Exit(OptionalInt.of(3), OptionalInt.empty());

    private static Causes.End after(Exit exit, boolean memoryRanOut) {
        return new Causes.End(exit, Duration.ofMillis(200), memoryRanOut);
    }

    @Test
    void whomTheKernelEndedForWantOfMemoryIsToldSo() {
        var killed = new Exit(OptionalInt.empty(), OptionalInt.of(9));
        assertThat(Causes.exited(after(killed, true), List.of()).what())
                .isEqualTo("was ended by SIGKILL after 0.2 s (by the kernel: memory ran out)");
        assertThat(Causes.exited(after(killed, false), List.of()).what())
                .isEqualTo("was ended by SIGKILL after 0.2 s");
        assertThat(Causes.exited(after(BROKEN, true), List.of()).what())
                .as("memory ran out for somebody else")
                .isEqualTo("exited with 3 after 0.2 s");
    }

    @Test
    void itsOutputIsToBeReadWhereThereIsSome() {
        var cause = Causes.exited(after(BROKEN, false), List.of("no such table"));
        assertThat(cause.what()).isEqualTo("exited with 3 after 0.2 s");
        assertThat(cause.evidence()).containsExactly("no such table");
        assertThat(cause.advice()).first().isEqualTo("read the last lines of its output");
    }

    @Test
    void whoWroteNothingIsToBeRunByHand() {
        var cause = Causes.exited(after(BROKEN, false), List.of());
        assertThat(cause.advice())
                .first()
                .isEqualTo("it wrote nothing: run its command by hand in the unit's folder");
    }
}
