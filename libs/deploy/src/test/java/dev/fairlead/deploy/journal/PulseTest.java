package dev.fairlead.deploy.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// The thread that beats.
class PulseTest {
    @Test
    void itBeatsUntilItIsEndedAndAfterABeatThatWasNotHeardToo() throws InterruptedException {
        var beats = new CountDownLatch(3);
        var after = new AtomicBoolean();
        var end =
                Pulse.THREAD.start(
                        Duration.ofMillis(5),
                        () -> {
                            beats.countDown();
                            return after.getAndSet(true);
                        });

        assertThat(beats.await(60, TimeUnit.SECONDS)).isTrue();
        end.run();
    }
}
