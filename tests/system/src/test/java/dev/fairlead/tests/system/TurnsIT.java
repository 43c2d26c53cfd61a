package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Commands that meet each other, and what they leave when they go.
class TurnsIT {
    private static final String STACK =
            """
            services:
              - name: slow
                deployGroup: internal
                run: { command: [ sh, -c, "sleep 6; echo up; exec sleep 1000" ], ready: { log: "^up" } }
            """;

    @Test
    void ofTwoThatComeAtOnceOneWorksAndTheOtherNamesIt() {
        try (var sandbox = Sandbox.of(STACK)) {
            var fairlead = sandbox.fairlead();
            var first = fairlead.start("up", "--detach");
            Await.until(
                    "the first one at work",
                    Duration.ofSeconds(30),
                    () -> Processes.ofUnit(sandbox.folder(), "slow").isPresent());

            var second = fairlead.run("up", "--detach").expect(5);

            assertThat(second.err()).contains("pid " + first.process().pid());
            first.await().expect(0);
            assertThat(Status.of(fairlead).allReady()).isTrue();
        }
    }

    @Test
    void aDetachedUpHoldsNoPipeOpen() {
        try (var sandbox = Sandbox.of(STACK)) {
            sandbox.fairlead().piped("up", "--detach").expect(0);
            assertThat(Processes.ofUnit(sandbox.folder(), "slow")).isPresent();
        }
    }
}
