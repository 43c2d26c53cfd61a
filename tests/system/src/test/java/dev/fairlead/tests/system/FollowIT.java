package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Sandbox;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Following what units print: it shows what comes, and it ends.
class FollowIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NOTHING_LEFT = "Nothing is left that can write";

    /// `quiet` prints one line, `told` a second one when the file `go` is there.
    private static final String STACK =
            """
            services:
              - name: quiet
                deployGroup: internal
                run: { command: [ sh, -c, "echo hello; exec sleep 1000" ], ready: { log: hello } }
              - name: told
                deployGroup: internal
                run:
                  command: [ sh, -c, "echo old; until [ -e go ]; do sleep 0.05; done; echo new; exec sleep 1000" ]
                  ready: { log: old }
            """;

    @Test
    void endsQuietlyWhenItsReaderIsGoneAlsoWhileNothingComes() {
        try (var sandbox = Sandbox.of(STACK)) {
            var fairlead = sandbox.fairlead();
            fairlead.done("up", "--detach");

            var logs =
                    fairlead.shell(
                            "\"$0\" \"$@\" | head -n 1; exit ${PIPESTATUS[0]}",
                            "logs",
                            "quiet",
                            "-f");
            assertThat(logs.expect(0).out()).isEqualTo("hello\n");
            assertThat(logs.err()).isEmpty();
            var events =
                    fairlead.shell(
                            "\"$0\" \"$@\" | head -n 1; exit ${PIPESTATUS[0]}", "events", "-f");
            assertThat(events.expect(0).out().lines()).hasSize(1);
            assertThat(events.err()).isEmpty();
        }
    }

    @Test
    void endsAndSaysSoWhenNothingIsLeftThatCanWrite() {
        try (var sandbox = Sandbox.of(STACK)) {
            var fairlead = sandbox.fairlead();
            fairlead.done("up", "--detach");
            var following = fairlead.start("logs", "quiet", "-f");
            Await.until("the first line", SOON, () -> following.outSoFar().contains("hello"));

            fairlead.done("down");

            var ended = following.await().expect(0);
            assertThat(ended.out()).isEqualTo("hello\n");
            assertThat(ended.err()).contains(NOTHING_LEFT);
            var stopped = fairlead.done("logs", "-f");
            assertThat(stopped.out()).contains("quiet | hello").contains("told | old");
            assertThat(stopped.err()).contains(NOTHING_LEFT);
        }
    }

    @Test
    void upShowsNoLineThatIsOlderThanTheFollowing() {
        try (var sandbox = Sandbox.of(STACK)) {
            sandbox.fairlead().done("up", "--detach");
            var up = sandbox.fairlead().start("up");
            Await.until("the addresses", SOON, () -> up.errSoFar().contains("No change"));
            Await.pause(Duration.ofSeconds(1)); // an older line would come now

            sandbox.write("go", "");

            Await.until("the new line", SOON, () -> up.errSoFar().contains("told  | new"));
            assertThat(up.errSoFar()).doesNotContain("| old").doesNotContain("| hello");
            up.process().destroy();
            assertThat(up.await().expect(0).err()).contains("Left running");
        }
    }
}
