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

    @Test
    void itsOutputIsToBeReadWhereThereIsSome() {
        var cause = Causes.exited(BROKEN, Duration.ofMillis(200), List.of("no such table"));
        assertThat(cause.what()).isEqualTo("exited with 3 after 0.2 s");
        assertThat(cause.evidence()).containsExactly("no such table");
        assertThat(cause.advice()).first().isEqualTo("read the last lines of its output");
    }

    @Test
    void whoWroteNothingIsToBeRunByHand() {
        var cause = Causes.exited(BROKEN, Duration.ofMillis(200), List.of());
        assertThat(cause.advice())
                .first()
                .isEqualTo("it wrote nothing: run its command by hand in the unit's folder");
    }
}
