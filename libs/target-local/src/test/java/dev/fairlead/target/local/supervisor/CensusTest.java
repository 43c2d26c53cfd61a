package dev.fairlead.target.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.target.local.system.ProcessTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CensusTest {
    private static final int ASKING = 50;

    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    /// The number of the look, as a process.
    private List<Census.Seen> seen() {
        int number = looks.incrementAndGet();
        begun.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return List.of(
                new Census.Seen(new ProcessTable.Entry(number, 1, 1, false), Optional.empty()));
    }

    private static int number(Future<List<Census.Seen>> look)
            throws InterruptedException, ExecutionException {
        return look.get().getFirst().process().pid();
    }

    @Test
    void whoAsksWhileSomebodyLooksGetsTheNextLookWithAllTheOthers() throws Exception {
        var census = new Census(this::seen);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit((Callable<List<Census.Seen>>) census::look);
            begun.await();
            var asking = new CountDownLatch(ASKING);
            var others = new ArrayList<Future<List<Census.Seen>>>();
            for (int i = 0; i < ASKING; i++) {
                others.add(
                        threads.submit(() -> {
                            asking.countDown();
                            return census.look();
                        }));
            }
            asking.await();
            goOn.countDown();
            assertThat(number(first)).isEqualTo(1);
            for (var other : others) {
                // not the first: that began before they asked, unless they came late
                assertThat(number(other)).isGreaterThan(1);
            }
            assertThat(looks.get()).isLessThan(ASKING);
        }
    }

    @Test
    void aLookThatFailsFailsForWhoMadeItAndTheNextOneIsANewOne() throws Exception {
        goOn.countDown();
        var fails = new AtomicInteger(1);
        var census =
                new Census(() -> {
                    if (fails.getAndDecrement() > 0) {
                        throw new IllegalStateException("/proc cannot be read");
                    }
                    return seen();
                });
        assertThatThrownBy(census::look).hasMessage("/proc cannot be read");
        assertThat(census.look()).hasSize(1);
    }
}
