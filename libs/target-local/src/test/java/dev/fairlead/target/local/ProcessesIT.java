package dev.fairlead.target.local;

import static dev.fairlead.target.local.Stack.eventually;
import static dev.fairlead.target.local.Stack.name;
import static dev.fairlead.target.local.Stack.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Stop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starting, watching and ending processes.
class ProcessesIT {
    @TempDir Path root;

    @Test
    void aCommandThatStaysIsReadyAndGoesWithEverythingOfIt() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("api", shell("echo hello; sleep 1000 & sleep 1001"));
            var up = stack.up(1);
            assertThat(up.get("api").state()).isEqualTo(UnitState.READY);
            assertThat(stack.log("api")).contains("hello");
            assertThat(stack.status("api").pid()).isPresent();

            stack.down(2, false);
            assertThat(stack.processes()).isEmpty();
            assertThat(stack.supervisor()).isEmpty();
            assertThat(stack.target.snapshot(stack.ref()).units()).isEmpty();
        }
    }

    @Test
    void aProcessThatEndsBeforeItIsReadyHasFailedWithItsLastLines() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("api", shell("echo cannot bind; exit 3"));
            var status = stack.up(1).get("api");
            assertThat(status.state()).isEqualTo(UnitState.FAILED);
            var cause = status.cause().orElseThrow();
            assertThat(cause.code()).isEqualTo(CauseCode.EXITED);
            assertThat(cause.what()).startsWith("exited with 3 after ");
            assertThat(cause.evidence()).containsExactly("cannot bind");
        }
    }

    @Test
    void aMissingCommandIsNamedWithWhatIsNearest() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("api", Stack.command("slep", "1000"));
            var cause = stack.up(1).get("api").cause().orElseThrow();
            assertThat(cause.code()).isEqualTo(CauseCode.COMMAND_MISSING);
            assertThat(cause.what()).contains("slep");
            assertThat(cause.advice()).contains("did you mean \"sleep\"?");
        }
    }

    @Test
    void whatIgnoresTermIsKilledAfterItsGraceWithItsWholeGroup() throws Exception {
        try (var stack = new Stack(root)) {
            var stubborn =
                    shell("trap '' TERM; (trap '' TERM; sleep 1000) & while :; do sleep 1; done");
            stack.unit("api", Stack.stop(stubborn, new Stop("TERM", Duration.ofMillis(300))));
            stack.up(1);
            assertThat(stack.processes()).hasSizeGreaterThan(1);
            stack.down(2, false);
            assertThat(stack.processes()).isEmpty();
        }
    }

    @Test
    void aGrandchildThatLeftItsGroupGoesToo() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("api", shell("setsid sh -c 'echo $$ > left; sleep 1000' & sleep 1001"));
            stack.up(1);
            eventually(() -> Files.exists(root.resolve("left")));
            stack.down(2, false);
            assertThat(stack.processes()).isEmpty();
        }
    }

    @Test
    void theSameUnitIsNotStartedTwiceAndAnotherContentReplacesIt() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("api", shell("echo run >> runs; sleep 1000"));
            stack.unit("web", shell("sleep 1000"));
            stack.up(1);
            var api = stack.status("api").pid();
            var web = stack.status("web").pid();
            stack.up(2);
            assertThat(stack.status("api").pid()).isEqualTo(api);

            stack.unit("api", shell("echo other >> runs; sleep 1000"));
            stack.up(3);
            assertThat(stack.status("api").pid()).isNotEqualTo(api);
            assertThat(stack.status("web").pid()).isEqualTo(web);
            assertThat(Files.readAllLines(root.resolve("runs"))).containsExactly("run", "other");
        }
    }

    @Test
    void aKilledSupervisorsUnitsAreAdopted() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("api", shell("i=0; while :; do i=$((i+1)); echo line $i; sleep 0.05; done"));
            stack.up(1);
            var pid = stack.status("api").pid();
            var first = stack.supervisor();
            stack.killSupervisor();
            assertThat(stack.target.unattended(stack.ref())).isTrue();
            assertThat(stack.status("api").state()).isEqualTo(UnitState.DEGRADED);

            stack.up(2);
            assertThat(stack.supervisor()).isPresent().isNotEqualTo(first);
            assertThat(stack.status("api").state()).isEqualTo(UnitState.READY);
            assertThat(stack.status("api").pid()).isEqualTo(pid);
            assertThat(stack.target.unattended(stack.ref())).isFalse();
            var before = stack.log("api").size();
            eventually(() -> {
                try {
                    return stack.log("api").size() > before;
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            var lines = stack.log("api");
            for (int i = 0; i < lines.size(); i++) {
                assertThat(lines.get(i)).isEqualTo("line " + (i + 1));
            }
            stack.down(3, false);
            assertThat(stack.processes()).isEmpty();
        }
    }

    @Test
    void aSupervisorThatCameAfterwardsRemovesWhatItWasNeverHanded() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("api", shell("sleep 1000"));
            stack.up(1);
            stack.killSupervisor();
            stack.down(2, false);
            assertThat(stack.processes()).isEmpty();
            assertThat(stack.supervisor()).isEmpty();
        }
    }

    @Test
    void aLowerTokenIsRefusedAlsoByTheNextSupervisor() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("api", shell("sleep 1000"));
            stack.up(7);
            stack.killSupervisor();
            try (var session = stack.open()) {
                stack.hand(session);
                assertThat(session.start(name("api"), 6, true))
                        .isEqualTo(new dev.fairlead.deploy.target.Session.Answer.Fenced(7));
                assertThat(session.remove(name("api"), 6, false))
                        .isEqualTo(new dev.fairlead.deploy.target.Session.Answer.Fenced(7));
            }
            assertThat(stack.processes()).isNotEmpty();
        }
    }

    @Test
    void aSupervisorOfAnotherBuildHandsOverWithoutTouchingAUnit() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("api", shell("sleep 1000"));
            stack.up(1);
            var pid = stack.status("api").pid();
            var first = stack.supervisor();
            var like = SupervisorCommand.likeThisProcess();
            var newer =
                    LocalTarget.create(
                            root,
                            Stack.variables(),
                            "a newer one",
                            new SupervisorCommand(like.command(), "another build"));
            try (var session = newer.open(stack.ref())) {
                stack.hand(session);
                assertThat(session.await(name("api"), Duration.ofMinutes(4)).state())
                        .isEqualTo(UnitState.READY);
            }
            assertThat(stack.supervisor()).isPresent().isNotEqualTo(first);
            assertThat(stack.status("api").pid()).isEqualTo(pid);
        }
    }

    @Test
    void aWaitCanBeInterrupted() throws Exception {
        try (var stack = new Stack(root);
                var session = stack.open()) {
            stack.unit("api", Stack.ready(shell("sleep 1000"), new Ready.Log("never")));
            stack.hand(session);
            session.start(name("api"), 1, false);
            var interrupted = new java.util.concurrent.CompletableFuture<Boolean>();
            var waiting =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    session.await(name("api"), Duration.ofMinutes(1));
                                    interrupted.complete(false);
                                } catch (InterruptedException e) {
                                    interrupted.complete(true);
                                } catch (RuntimeException e) {
                                    interrupted.completeExceptionally(e);
                                }
                            });
            waiting.interrupt();
            assertThat(interrupted.get()).isTrue();
        }
    }
}
