package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.slot.Verdict;
import dev.fairlead.deploy.slot.Wish;
import dev.fairlead.engine.slot.Collected;
import dev.fairlead.engine.slot.SlotDesk;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Slots on this machine while the clock moves: exactly the idle ones are collected, as was said before.
class IdleSlotsIT {
    private static final String STACK =
            """
            apiVersion: fairlead.dev/v1alpha1
            kind: ServiceStack
            metadata: { name: shop }
            spec:
              environments: { ai: { target: local, slots: 4 } }
              services: [ { name: api, deployGroup: internal, run: { command: [ sleep, "1000" ] } } ]
            """;

    @TempDir Path folder;
    private final Moved clock = new Moved();

    /// The machine's time, and as much later as a test wants.
    private static final class Moved extends Clock {
        private Duration by = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(by);
        }
    }

    @Test
    @Covers({"SLOT-02", "SLOT-03"})
    void exactlyTheIdleOnesGoAndThatIsSaidBefore() throws IOException {
        try (var bench = new Workbench(folder, Map.of(), clock)) {
            bench.stack(STACK);
            var desk = bench.engine.slots(bench.request(), Turn.AT_ONCE, bench.events::add);
            try {
                for (int slot = 1; slot <= 3; slot++) {
                    desk.take(wish("agent " + slot));
                    up(bench, slot);
                }
                desk.keep(3, true);
                clock.by = Duration.ofHours(5);
                up(bench, 2); // somebody works there
                clock.by = Duration.ofHours(-1);
                assertThat(going(desk)).isEmpty();
                clock.by = Duration.ofHours(9);

                assertThat(going(desk)).containsExactly(1);
                assertThat(folders()).containsExactly(true, true, true); // said, not done
                var done = desk.collect(Optional.empty());

                assertThat(done).filteredOn(Collected::gone).hasSize(1);
                assertThat(folders()).containsExactly(false, true, true);
                assertThat(going(desk)).isEmpty();
                assertThat(desk.take(wish("agent 1")).slot().number()).isEqualTo(1);
                assertThat(up(bench, 1)).isInstanceOf(Outcome.Ready.class);
            } finally {
                List.of(1, 2, 3).forEach(slot -> desk.release(slot, true));
            }
        }
    }

    private static Outcome up(Workbench bench, int slot) {
        return bench.engine.apply(
                bench.engine.plan(bench.slot(slot)),
                new ApplyOptions("up", Turn.AT_ONCE, false),
                bench.events::add);
    }

    private static Wish wish(String owner) {
        return new Wish(owner, "issue 7", Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The numbers of those that collecting would remove.
    private static List<Integer> going(SlotDesk desk) {
        return desk.judged(Optional.empty()).stream()
                .filter(judged -> judged.verdict() instanceof Verdict.Goes)
                .map(judged -> judged.slot().number())
                .toList();
    }

    private List<Boolean> folders() {
        return List.of(1, 2, 3).stream()
                .map(slot -> Files.exists(folder.resolve(".fairlead/env/ai-" + slot)))
                .toList();
    }
}
