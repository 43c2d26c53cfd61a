package dev.fairlead.target.local;

import static dev.fairlead.target.local.Stack.eventually;
import static dev.fairlead.target.local.Stack.name;
import static dev.fairlead.target.local.Stack.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.target.local.system.ProcessTable;
import dev.fairlead.target.local.system.Signals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes that do not behave, and a supervisor that lacks something.
class MischiefIT {
    private static final Stop SOON = new Stop("TERM", Duration.ofMillis(200));

    @TempDir Path root;

    @Test
    void whatForksWithoutEndIsEndedUntilNothingIsLeft() throws Exception {
        try (var stack = new Stack(root)) {
            // Each child detaches, goes on forking and ignores TERM; no more than so many at a
            // time, for the machine's sake.
            Files.writeString(
                    root.resolve("bomb.sh"),
                    """
                    trap '' TERM
                    while :; do
                      if [ "$(ls -d /proc/[0-9]*/cwd -l 2>/dev/null | grep -c "$PWD$")" -lt 40 ]; then
                        setsid sh bomb.sh &
                      fi
                      sleep 0.1
                    done
                    """);
            stack.unit("bomb", Stack.stop(shell("exec sh bomb.sh"), SOON));
            stack.up(1);
            eventually(() -> stack.processes().size() > 15);

            stack.down(2, false);

            assertThat(stack.processes()).isEmpty();
        }
    }

    @Test
    void aDaemonThatForkedTwiceIsFoundByItsMark() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit(
                    "api",
                    Stack.ready(
                            shell(
                                    "setsid sh -c '(trap \"\" TERM HUP; cd /; echo $$ > %s/daemon; exec sleep 1000) &' ;"
                                                    .formatted(root)
                                            + " echo up; exec sleep 1001"),
                            new Ready.Log("up")));
            stack.up(1);
            eventually(() -> Files.exists(root.resolve("daemon")));
            stack.down(2, false);
            assertThat(stack.processes()).isEmpty();
        }
    }

    @Test
    void whatIsStoppedIsWokenSoThatItCanEndPolitely() throws Exception {
        try (var stack = new Stack(root)) {
            var polite =
                    shell(
                            "trap 'echo bye > bye; exit 0' TERM; echo up; while :; do sleep 0.05;"
                                    + " done");
            stack.unit("api", Stack.ready(polite, new Ready.Log("up")));
            stack.up(1);
            Signals.send(stack.status("api").pid().orElseThrow().intValue(), 19);

            stack.down(2, false);

            assertThat(root.resolve("bye")).exists();
            assertThat(stack.processes()).isEmpty();
        }
    }

    @Test
    void aParentThatDoesNotReapItsChildrenEndsLikeAnyOther() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("api", shell("(exit 0) & (exit 0) & exec sleep 1000"));
            assertThat(stack.up(1).get("api").state()).isEqualTo(UnitState.READY);
            stack.down(2, false);
            assertThat(stack.processes()).isEmpty();
        }
    }

    @Test
    void aPortThatIsTakenBetweenHandingOverAndStartNamesItsHolder() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("api", List.of("http"), _ -> shell("sleep 1000"));
            try (var session = stack.open()) {
                assertThat(stack.hand(session)).isInstanceOf(Session.Handed.Taken.class);
                int port = stack.port("api", "http");
                try (var holder = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                    assertThat(holder.isBound()).isTrue();
                    session.start(name("api"), 1, false);
                    var status = session.await(name("api"), Duration.ofMinutes(4));
                    assertThat(status.cause().orElseThrow().code()).isEqualTo(CauseCode.PORT_TAKEN);
                }
            }
            assertThat(stack.up(2).get("api").state()).isEqualTo(UnitState.READY);
        }
    }

    @Test
    void aSupervisorWithoutFileDescriptorsSaysSoAndGoesOnWhenItHasSome() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("api", shell("sleep 1000")).up(1);
            var supervisor = stack.supervisor().orElseThrow();
            var api = stack.status("api").pid();
            limit(supervisor.pid(), open(supervisor.pid()));
            stack.unit("web", shell("sleep 1000"));
            var told = "";
            try {
                told = stack.up(2).get("web").cause().map(Object::toString).orElse("");
            } catch (ProblemException e) {
                told = String.valueOf(e.getMessage());
            }
            assertThat(told).as("what is said").isNotEmpty();
            assertThat(stack.status("api").pid()).isEqualTo(api);
            assertThat(stack.supervisor()).contains(supervisor);

            limit(supervisor.pid(), 1024);
            assertThat(stack.up(3).get("web").state()).isEqualTo(UnitState.READY);
            assertThat(stack.status("api").pid()).isEqualTo(api);
            assertThat(ProcessTable.find(api.orElseThrow().intValue())).isPresent();
        }
    }

    private static long open(int pid) throws IOException {
        try (var files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return files.count();
        }
    }

    private static void limit(int pid, long files) throws Exception {
        int exit =
                new ProcessBuilder("prlimit", "--pid", "" + pid, "--nofile=" + files + ":")
                        .inheritIO()
                        .start()
                        .waitFor();
        assertThat(exit).isZero();
    }
}
