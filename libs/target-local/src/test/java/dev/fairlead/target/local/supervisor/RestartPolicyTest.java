package dev.fairlead.target.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.inventory.unit.Restart;
import dev.fairlead.target.local.system.Exit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// When a process that was ready is started again.
class RestartPolicyTest {
    private static final Exit DONE = new Exit(OptionalInt.of(0), OptionalInt.empty());
    private static final Exit BROKEN = new Exit(OptionalInt.of(1), OptionalInt.empty());

    @Test
    void theWaitDoublesAndSixTriesAreEnough() {
        var policy = new RestartPolicy(Restart.ALWAYS);
        var waits = new ArrayList<Long>();
        for (int i = 0; i < 6; i++) {
            waits.add(policy.after(DONE, Duration.ofSeconds(1)).orElseThrow().toMillis());
        }
        assertThat(waits).containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L);
        assertThat(policy.after(DONE, Duration.ofSeconds(1))).isEmpty();
    }

    @Test
    void whatStayedReadyStartsFromTheBeginning() {
        var policy = new RestartPolicy(Restart.ALWAYS);
        policy.after(BROKEN, Duration.ZERO);
        policy.after(BROKEN, Duration.ZERO);
        assertThat(policy.after(BROKEN, Duration.ofSeconds(30))).contains(Duration.ofMillis(500));
    }

    @Test
    void onFailureMeansAnotherCodeThanZeroOrASignal() {
        var killed = new Exit(OptionalInt.empty(), OptionalInt.of(9));
        var policy = new RestartPolicy(Restart.ON_FAILURE);
        assertThat(policy.after(DONE, Duration.ZERO)).isEmpty();
        assertThat(policy.after(BROKEN, Duration.ZERO)).isPresent();
        assertThat(policy.after(killed, Duration.ZERO)).isPresent();
        assertThat(policy.after(Exit.UNKNOWN, Duration.ZERO)).isPresent();
        assertThat(new RestartPolicy(Restart.NEVER).after(killed, Duration.ZERO)).isEmpty();
    }
}
