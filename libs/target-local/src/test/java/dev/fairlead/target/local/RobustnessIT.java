package dev.fairlead.target.local;

import static dev.fairlead.target.local.Stack.eventually;
import static dev.fairlead.target.local.Stack.name;
import static dev.fairlead.target.local.Stack.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.Target.LogRequest;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Restart;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.local.system.ProcessTable;
import dev.fairlead.target.local.system.Signals;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What must not go wrong, whatever happens.
class RobustnessIT {
    @TempDir Path root;

    @Test
    void aSecretIsInNoOutputAndInNoFileButItsOwn() throws Exception {
        try (var stack = new Stack(root)) {
            stack.secret("token", 24)
                    .unit(
                            "api",
                            List.of(),
                            resolution ->
                                    Stack.env(
                                            Stack.ready(
                                                    shell(
                                                            "echo \"token is $TOKEN\"; printf %s \"$TOKEN\" | base64; "
                                                                    + "printf '%.10s' \"$TOKEN\"; sleep 0.2; "
                                                                    + "printf '%s\\n' \"${TOKEN#??????????}\"; echo over; sleep 1000"),
                                                    new Ready.Log("over")),
                                            Map.of(
                                                    "TOKEN",
                                                    Objects.requireNonNull(
                                                            resolution.secrets().get("token")))));
            stack.up(1);
            assertThat(stack.log("api"))
                    .containsExactly(
                            "token is ${secret:token}",
                            "${secret:token}",
                            "${secret:token}",
                            "over");
            var token = Objects.requireNonNull(stack.resolve().secrets().get("token")).reveal();
            assertThat(holding(token)).containsExactly(".fairlead/env/dev/secrets/declared/token");
        }
    }

    private List<String> holding(String text) throws IOException {
        try (var files = Files.walk(root.resolve(".fairlead"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .contains(text);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .map(file -> root.relativize(file).toString())
                    .toList();
        }
    }

    @Test
    void whatPrintsWithoutEndFillsNoDiskAndALiveViewThatStandsStillIsToldWhatItMissed()
            throws Exception {
        try (var stack = new Stack(root)) {
            int lines =
                    Math.max(800_000, Scale.of(1_000) * 20_000); // of 50 bytes: up to a gigabyte
            stack.unit(
                    "loud",
                    Stack.ready(
                            shell(
                                    "yes 0123456789012345678901234567890123456789012345678 | head -n "
                                            + lines
                                            + "; echo over; sleep 1000"),
                            new Ready.Log("over")));
            var view = new StandingView();
            var following = view.follow(stack);
            try {
                assertThat(stack.up(1).get("loud").state()).isEqualTo(UnitState.READY);
                view.go.countDown();
                assertThat(view.over.await(4, TimeUnit.MINUTES)).isTrue();
            } finally {
                view.go.countDown();
                following.interrupt();
                following.join();
            }
            assertThat(view.lines + view.missing).isEqualTo(lines + 1L);
            assertThat(view.missing).isPositive();
            long kept = 0;
            for (var file : List.of("log", "log.1", "log.2")) {
                var path = root.resolve(".fairlead/env/dev/unit/loud").resolve(file);
                kept += Files.exists(path) ? Files.size(path) : 0;
            }
            assertThat(kept).isLessThan(40_000_000);
            assertThat(stack.log("loud")).last().isEqualTo("over");
        }
    }

    /// Follows the output, and stands still from its first line on until it is told to go on.
    private static final class StandingView {
        private final CountDownLatch go = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);
        private long lines;
        private long missing;

        Thread follow(Stack stack) {
            return Thread.ofPlatform()
                    .start(() -> {
                        try {
                            stack.target.logs(
                                    stack.ref(), new LogRequest(List.of(), 0, true), this::line);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
        }

        private boolean line(UnitName unit, String line) {
            try {
                go.await();
            } catch (InterruptedException e) {
                return false;
            }
            if (line.contains("missing")) {
                missing += Long.parseLong(line.substring(0, line.indexOf(' ')).replace(",", ""));
            } else {
                lines++;
            }
            if (line.equals("over")) {
                over.countDown();
            }
            return true;
        }
    }

    @Test
    void aProcessThatForksAwayHasFailedAndLeavesNothing() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("daemon", shell("setsid sleep 1000 & exit 0"));
            var cause = stack.up(1).get("daemon").cause().orElseThrow();
            assertThat(cause.code()).isEqualTo(CauseCode.EXITED);
            assertThat(cause.what()).startsWith("exited with 0 after ");
            assertThat(stack.processes())
                    .extracting(ProcessTable.Entry::pid)
                    .containsOnly(stack.supervisor().orElseThrow().pid());
        }
    }

    @Test
    void aProcessThatClosesItsOutputGoesOn() throws Exception {
        try (var stack = new Stack(root)) {
            stack.unit("mute", shell("exec >&- 2>&-; sleep 1000"));
            assertThat(stack.up(1).get("mute").state()).isEqualTo(UnitState.READY);
        }
    }

    @Test
    void aStateFolderThatCannotBeWrittenIsNamed() throws Exception {
        Files.writeString(root.resolve(".fairlead"), "in the way");
        try (var stack = new Stack(root)) {
            stack.unit("api", shell("sleep 1000"));
            assertThatThrownBy(() -> stack.up(1))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("STATE_DAMAGED")
                    .hasMessageContaining(".fairlead is a file");
            Files.delete(root.resolve(".fairlead"));
        }
    }

    @Test
    void aFullDiskLosesOutputButNoProcess() throws Exception {
        assumeTrue(dev.fairlead.target.local.system.User.isRoot(), "needs a small file system");
        var state = Files.createDirectories(root.resolve(".fairlead"));
        run("mount", "-t", "tmpfs", "-o", "size=2m,mode=0700", "tmpfs", state.toString());
        try (var stack = new Stack(root)) {
            stack.unit(
                    "loud",
                    Stack.ready(
                            shell(
                                    "yes 0123456789 | head -c 20000000; echo over; touch over; sleep 1000"),
                            new Ready.Log("over")));
            assertThat(stack.up(1).get("loud").state()).isEqualTo(UnitState.READY);
            stack.unit("late", shell("sleep 1000"));
            assertThatThrownBy(() -> stack.up(2))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("No space left on device");
            Files.delete(state.resolve("env/dev/unit/loud/log"));
            assertThat(stack.up(3).get("late").state()).isEqualTo(UnitState.READY);
            stack.down(4, false);
            assertThat(stack.processes()).isEmpty();
        } finally {
            run("umount", "-l", state.toString());
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void slotsStandBesideEachOther() throws Exception {
        try (var one = new Stack(root, new EnvironmentRef("shop", "ai", 1));
                var two = new Stack(root, new EnvironmentRef("shop", "ai", 2))) {
            one.unit("api", List.of("http"), _ -> shell("sleep 1000")).up(1);
            two.unit("api", List.of("http"), _ -> shell("sleep 1000")).up(1);
            assertThat(one.port("api", "http")).isNotEqualTo(two.port("api", "http"));
            assertThat(one.supervisor()).isEqualTo(two.supervisor());
            assertThat(one.target.environments()).containsExactly(one.ref(), two.ref());
            one.down(2, false);
            assertThat(two.status("api").state()).isEqualTo(UnitState.READY);
        }
    }

    @Test
    void outputOfWhatNobodyHandedOverDoesNotStandStill() throws Exception {
        try (var one = new Stack(root, new EnvironmentRef("shop", "ai", 1));
                var two = new Stack(root, new EnvironmentRef("shop", "ai", 2))) {
            one.unit(
                            "loud",
                            shell(
                                    "while [ ! -e go ]; do sleep 0.02; done; head -c 300000 /dev/zero | tr '\\0' '\\n'; touch passed; sleep 1000"))
                    .up(1);
            one.killSupervisor();
            two.unit("api", shell("sleep 1000")).up(1);
            Files.writeString(root.resolve("go"), "");
            eventually(() -> Files.exists(root.resolve("passed")));
            one.down(2, false);
            two.down(2, false);
            assertThat(one.processes()).isEmpty();
        }
    }

    /// Kills the supervisor or a unit, or neither, at random instants of an `up`; the next one converges.
    @Test
    void killsAtRandomInstantsAreHealedByTheNextUp() throws Exception {
        var random = Seeds.generator("kills");
        try (var stack = new Stack(root)) {
            mayRunOnceOnly(stack);
            long token = 1;
            int rounds = Scale.of(200);
            for (int round = 0; round < rounds; round++) {
                long mine = token++;
                int after = random.nextInt(700);
                int victim = random.nextInt(3);
                var killer =
                        Thread.startVirtualThread(() -> {
                            try {
                                Thread.sleep(after);
                                kill(stack, victim);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
                stack.up(mine);
                killer.join();
                var healed = stack.up(token++);
                assertThat(healed.values())
                        .as("round %d, victim %d after %d ms", round, victim, after)
                        .allSatisfy(
                                status -> assertThat(status.state()).isEqualTo(UnitState.READY));
                assertThat(root.resolve("twice")).doesNotExist();
                if (random.nextInt(4) == 0) {
                    stack.down(token++, false);
                    assertThat(stack.processes()).isEmpty();
                }
            }
            stack.down(token, false);
            assertThat(stack.processes()).isEmpty();
        }
    }

    /// Units that leave a file `twice` when two of one run at a time.
    private static void mayRunOnceOnly(Stack stack) {
        stack.unit("once", Stack.task("echo x >> once; sleep 0.05"));
        for (var unit : List.of("api", "web")) {
            var run =
                    shell(
                            "exec 9>>%s.lock; flock -n 9 || touch twice; echo $$ > %s.pid; sleep 1000"
                                    .formatted(unit, unit));
            stack.unit(unit, Stack.restart(run, Restart.ON_FAILURE));
        }
    }

    private static void kill(Stack stack, int victim) {
        switch (victim) {
            case 0 -> stack.killSupervisor();
            case 1 ->
                    stack.target
                            .snapshot(stack.ref())
                            .find(name("api"))
                            .flatMap(applied -> applied.status().pid())
                            .ifPresent(pid -> Signals.send(pid.intValue(), Signals.KILL));
            default -> {
                return;
            }
        }
    }

    @Test
    void theDoctorSaysWhatIsThereAndAdvisesWhereItIsNotEnough() {
        try (var stack = new Stack(root)) {
            assertThat(stack.target.doctor())
                    .isNotEmpty()
                    .allSatisfy(check ->
                            assertThat(check.advice().isPresent()).isNotEqualTo(check.ok()))
                    .filteredOn(check -> check.name().equals("glibc"))
                    .allSatisfy(check -> assertThat(check.ok()).isTrue());
            assertThat(root.resolve(".fairlead")).doesNotExist();
        }
    }
}
