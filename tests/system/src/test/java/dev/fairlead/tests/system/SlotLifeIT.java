package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Slots from their first hour to their last, on branches of their own, with commands that are killed.
class SlotLifeIT {
    private static final String STACK =
            """
            environments:
              ai: { target: local, slots: 9 }
            infrastructure:
              - name: postgres
                local: { builtin: postgres, databases: [ trial ] }
            services:
              - name: client
                deployGroup: internal
                run: { command: [ sleep, "1000" ], env: { DATABASE_URL: "{{ .Units.postgres.url }}" } }
            """;

    @Test
    @Covers({"SLOT-01", "SLOT-02", "SLOT-03"})
    void anIdleSlotIsNamedFirstThenRemovedAndTheNextTakeBringsItAgain() {
        try (var sandbox = Sandbox.of(STACK)) {
            var fairlead = sandbox.fairlead();
            fairlead.done("slots", "take", "--purpose", "issue 7", "--up", "-q");
            fairlead.done("slots", "take", "--purpose", "issue 8", "--keep", "--up", "-q");
            assertThat(fairlead.done("slots", "take", "--purpose", "issue 7").out())
                    .contains("slot 1 of ai, yours already");

            assertThat(fairlead.done("slots", "gc").out())
                    .contains("slot 1: stays (idle for ")
                    .contains("slot 2: stays (it is kept)");
            assertThat(fairlead.done("slots", "gc", "--dry-run", "--idle", "0s").out())
                    .contains("slot 1: would be removed (idle for ")
                    .contains("slot 2: stays (it is kept)");
            assertThat(Status.of(fairlead, "--slot", "1").allReady()).isTrue();

            assertThat(fairlead.done("slots", "gc", "--idle", "0s", "-q").out())
                    .contains("slot 1: removed (idle for ");
            assertThat(env(sandbox, 1)).doesNotExist();
            assertThat(Status.of(fairlead, "--slot", "2").allReady()).isTrue();

            var again = fairlead.done("slots", "take", "--purpose", "issue 7", "--up", "-q");
            assertThat(again.out()).contains("slot 1 of ai\n");
            assertThat(Status.of(fairlead, "--slot", "1").allReady()).isTrue();
            fairlead.done("slots", "release", "1", "2", "-q");
            assertThat(Processes.of(sandbox.folder())).isEmpty();
        }
    }

    @Test
    void aSleepingSlotKeepsItsData() throws Exception {
        try (var sandbox = Sandbox.of(STACK)) {
            var fairlead = sandbox.fairlead();
            fairlead.done("slots", "take", "--up", "-q");
            var database = Database.of(fairlead, "client", "--slot", "1");
            database.run("CREATE TABLE kept AS SELECT 7::bigint AS number");

            fairlead.done("slots", "sleep", "1", "-q");
            assertThat(Processes.of(sandbox.folder())).isEmpty();
            assertThat(slot(fairlead, 1).get("state")).isEqualTo("sleeping");

            fairlead.done("slots", "wake", "1", "-q");
            assertThat(database.numbers("SELECT number FROM kept")).containsExactly(7L);
            fairlead.done("slots", "release", "1", "-q");
        }
    }

    @Test
    void aBranchHasItsOwnFolderAndUnsavedWorkIsNeverLost() throws Exception {
        try (var sandbox = Sandbox.of(STACK)) {
            git(sandbox, "init", "-q", "-b", "main", ".");
            git(sandbox, "add", "services.yaml");
            commit(sandbox);
            git(sandbox, "branch", "feature/x");
            var fairlead = sandbox.fairlead();
            fairlead.done("slots", "take", "--ref", "feature/x", "--up", "-q");
            var folder = sandbox.folder().resolve(".fairlead/worktrees/ai-1");
            assertThat(folder.resolve("services.yaml")).exists();
            assertThat(fairlead.run("slots", "take", "--purpose", "b", "--ref", "featur/x").err())
                    .contains("NO_SUCH_REF")
                    .contains("feature/x");

            // Inside its folder the slot itself is meant, with the state of the main checkout.
            var inside = new Fairlead(folder, sandbox.outputs(), Map.of());
            assertThat(inside.done("status").out()).contains("trial/ai-1 on local: ready");
            Files.writeString(folder.resolve("note.txt"), "mine");
            assertThat(fairlead.run("slots", "release", "1").expect(6).err())
                    .contains("UNSAVED_WORK")
                    .contains("1 file was changed");
            assertThat(fairlead.done("slots", "gc", "--idle", "0s", "-q").out())
                    .contains("slot 1: sleeps");
            assertThat(folder.resolve("note.txt")).hasContent("mine");
            assertThat(Processes.of(sandbox.folder())).isEmpty();

            fairlead.done("slots", "release", "1", "--discard", "-q");
            assertThat(folder).doesNotExist();
            assertThat(git(sandbox, "worktree", "list")).hasSize(1);
        }
    }

    @Test
    void commandsThatAreKilledAtAnyTimeLeaveNothingThatTheNextOneDoesNotMend() throws Exception {
        var random = Seeds.generator("slots");
        try (var sandbox = Sandbox.of(STACK)) {
            git(sandbox, "init", "-q", "-b", "main", ".");
            git(sandbox, "add", "services.yaml");
            commit(sandbox);
            git(sandbox, "branch", "feature");
            var fairlead = sandbox.fairlead();
            fairlead.done("slots", "take", "--slot", "9", "--purpose", "neighbour", "--up", "-q");
            for (int round = 0; round < Scale.of(150); round++) {
                kill(fairlead, random, "slots", "take", "--ref", "feature", "--up", "-q");
                fairlead.done("slots", "take", "--ref", "feature", "--up", "-q");
                assertThat(slot(fairlead, 1).get("state")).isEqualTo("ready");
                kill(fairlead, random, "slots", "release", "1", "-q");
                fairlead.run("slots", "gc", "-q");
                fairlead.run("slots", "release", "1", "-q");
                assertThat(env(sandbox, 1)).doesNotExist();
                assertThat(sandbox.folder().resolve(".fairlead/worktrees/ai-1")).doesNotExist();
                assertThat(git(sandbox, "worktree", "list")).hasSize(1);
                assertThat(
                                Database.of(fairlead, "client", "--slot", "9")
                                        .numbers(
                                                "SELECT count(*) FROM pg_database WHERE datname LIKE 'trial%'"))
                        .containsExactly(1L);
            }
            fairlead.done("slots", "release", "9", "-q");
            assertThat(Processes.of(sandbox.folder())).isEmpty();
        }
    }

    private static void kill(Fairlead fairlead, RandomGenerator random, String... arguments)
            throws InterruptedException {
        var running = fairlead.start(arguments);
        if (!running.process().waitFor(random.nextInt(3000), TimeUnit.MILLISECONDS)) {
            running.process().descendants().forEach(ProcessHandle::destroyForcibly);
            running.process().destroyForcibly().waitFor();
        }
    }

    private static Path env(Sandbox sandbox, int slot) {
        return sandbox.folder().resolve(".fairlead/env/ai-" + slot);
    }

    private static Map<?, ?> slot(Fairlead fairlead, int number) {
        var slots = (List<?>) fairlead.done("slots", "list", "-o", "json").json().get("slots");
        return slots.stream()
                .map(slot -> (Map<?, ?>) slot)
                .filter(slot -> ((Number) slot.get("number")).intValue() == number)
                .findFirst()
                .orElseThrow();
    }

    private static void commit(Sandbox sandbox) throws IOException, InterruptedException {
        git(sandbox, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "x");
    }

    private static List<String> git(Sandbox sandbox, String... arguments)
            throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var process =
                new ProcessBuilder(command)
                        .directory(sandbox.folder().toFile())
                        .redirectErrorStream(true)
                        .start();
        var lines =
                new String(
                                process.getInputStream().readAllBytes(),
                                java.nio.charset.StandardCharsets.UTF_8)
                        .lines()
                        .toList();
        assertThat(process.waitFor()).as("git %s: %s", List.of(arguments), lines).isZero();
        return lines;
    }
}
