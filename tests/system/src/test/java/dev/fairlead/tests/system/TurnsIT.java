package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands that meet each other, and what they leave when they go.
class TurnsIT {
    private static final String STACK =
            """
            services:
              - name: slow
                deployGroup: internal
                run: { command: [ sh, -c, "sleep 4; echo up; exec sleep 1000" ], ready: { log: "^up" } }
            """;

    @Test
    void ofTwoThatComeAtOnceOneWorksAndTheOtherNamesIt() {
        try (var sandbox = Sandbox.of(STACK)) {
            var fairlead = sandbox.fairlead();
            var first = fairlead.start("up", "--detach");
            Await.until(
                    "the first one at work",
                    Duration.ofMinutes(3),
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

    @Test
    void whoWaitsGoesOnWhenTheHolderIsDone() {
        try (var sandbox = Sandbox.of(STACK)) {
            var fairlead = sandbox.fairlead();
            var first = atWork(sandbox);

            fairlead.run("up", "--detach", "--wait", "1s").expect(5);
            fairlead.done("up", "--detach", "--wait", "60s");

            first.await().expect(0);
            assertThat(Status.of(fairlead).allReady()).isTrue();
        }
    }

    @Test
    void whoSupersedesTakesOverAndTheHolderSaysWhoDid() {
        try (var sandbox = Sandbox.of(STACK)) {
            var fairlead = sandbox.fairlead();
            var first = atWork(sandbox);

            var second = fairlead.start("up", "--detach", "--supersede");

            assertThat(first.await().expect(5).err())
                    .contains("error[SUPERSEDED]")
                    .contains("pid " + second.process().pid());
            second.await().expect(0);
            assertThat(Status.of(fairlead).allReady()).isTrue();
            assertThat(Processes.leaders(sandbox.folder(), "slow")).hasSize(1);
        }
    }

    @Test
    void ofTwoAppliesOneWorksAndTheOtherNamesIt() {
        try (var sandbox = Sandbox.of(STACK)) {
            var one = sandbox.fairlead().start("apply", "--yes");
            var two = sandbox.fairlead().start("apply", "--yes");

            var results = List.of(one.await(), two.await());

            assertThat(results).extracting(Fairlead.Result::exit).containsExactlyInAnyOrder(0, 5);
            var loser = results.getFirst().exit() == 5 ? 0 : 1;
            var winner = loser == 0 ? two : one;
            assertThat(results.get(loser).err())
                    .contains("error[BUSY]")
                    .contains("pid " + winner.process().pid());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void whoIsInterruptedWhileAStepRunsLeavesAStateThatTheNextGoesOnFrom(String signal)
            throws Exception {
        try (var sandbox = Sandbox.of(STACK)) {
            var fairlead = sandbox.fairlead();
            var up = atWork(sandbox);
            var slow = Processes.pidOf(sandbox.folder(), "slow");

            var pid = Long.toString(up.process().pid());
            assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();

            var ended = up.await().expect(130);
            assertThat(ended.err()).contains("error[INTERRUPTED]").contains("not finished: slow");
            WrongInputIT.assertNoTrace(ended.all());
            fairlead.done("up", "--detach");
            assertThat(Processes.pidOf(sandbox.folder(), "slow")).isEqualTo(slow);
            fairlead.done("down");
            assertThat(Processes.of(sandbox.folder())).isEmpty();
        }
    }

    @Test
    void aSupervisorThatIsKilledInTheMiddleIsReplacedWithinTheSameUp() {
        try (var sandbox = Sandbox.of(STACK)) {
            var up = atWork(sandbox);
            var slow = Processes.pidOf(sandbox.folder(), "slow");

            Processes.supervisor(sandbox.folder()).orElseThrow().kill();

            up.await().expect(0);
            assertThat(Status.of(sandbox.fairlead()).allReady()).isTrue();
            assertThat(Processes.pidOf(sandbox.folder(), "slow")).isEqualTo(slow);
            sandbox.fairlead().done("down");
            assertThat(Processes.of(sandbox.folder())).isEmpty();
        }
    }

    @Test
    void whatASupervisorServedIsNamedWithItsEndAndComesBackWithTheNextOne() {
        var page =
                """
                services:
                  - { name: api, deployGroup: internal, run: { command: [ sleep, "1000" ] } }
                  - { name: page, deployGroup: internal, run: { builtin: static, dir: public } }
                """;
        try (var sandbox = Sandbox.of(page)) {
            sandbox.write("public/index.html", "<h1>hello</h1>");
            var fairlead = sandbox.fairlead();
            fairlead.done("up", "--detach");
            Processes.supervisor(sandbox.folder()).orElseThrow().kill();

            assertThat(fairlead.done("status").out())
                    .containsPattern("its supervisor \\(pid \\d+\\) was killed, and served it");
            fairlead.done("restart", "api"); // any command that needs a supervisor
            Await.until(
                    "the page again",
                    Duration.ofMinutes(3),
                    () -> Status.of(fairlead).unit("page").state().equals("ready"));
        }
    }

    private static Fairlead.Running atWork(Sandbox sandbox) {
        var up = sandbox.fairlead().start("up", "--detach");
        Await.until(
                "the first one at work",
                Duration.ofMinutes(3),
                () -> Processes.ofUnit(sandbox.folder(), "slow").isPresent());
        return up;
    }
}
