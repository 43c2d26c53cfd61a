package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.document.Json;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Nowhere to write: a disk that is full, a state folder that is read-only, streams that are closed.
class NoRoomIT {
    private static final String STACK =
            """
            services:
              - name: api
                deployGroup: internal
                run: { command: [ sh, -c, "echo up; exec sleep 1000" ], ready: { log: up } }
            """;

    @Test
    void aFullDiskIsNamedAndWhatRunsGoesOn() throws Exception {
        try (var sandbox = Sandbox.of(STACK)) {
            var state = Files.createDirectory(sandbox.folder().resolve(".fairlead"));
            mount("-t", "tmpfs", "-o", "size=600k,mode=0700", "tmpfs", state.toString());
            try {
                var fairlead = sandbox.fairlead();
                fill(state);
                assertNotWritable(fairlead.run("up", "--detach"), "No space left on device");
                empty(state);
                fairlead.done("up", "--detach");
                long api = Processes.pidOf(sandbox.folder(), "api");
                fill(state);

                assertNotWritable(fairlead.run("restart", "api"), "No space left on device");

                assertThat(Status.of(fairlead).allReady()).isTrue();
                assertThat(Processes.pidOf(sandbox.folder(), "api")).isEqualTo(api);
                empty(state);
                fairlead.done("restart", "api");
                fairlead.done("down");
                assertThat(Processes.of(sandbox.folder())).isEmpty();
            } finally {
                unmount(state);
            }
        }
    }

    @Test
    void aReadOnlyStateIsNamedByWhatWritesAndReadByWhatLooks() throws Exception {
        try (var sandbox = Sandbox.of(STACK)) {
            var fairlead = sandbox.fairlead();
            fairlead.done("up", "--detach");
            var state = sandbox.folder().resolve(".fairlead");
            mount("--bind", state.toString(), state.toString());
            try {
                mount("-o", "remount,bind,ro", state.toString());

                assertNotWritable(fairlead.run("restart", "api"), "Read-only file system");
                assertNotWritable(fairlead.run("down"), "Read-only file system");
                assertThat(Status.of(fairlead).allReady()).isTrue();
                assertThat(fairlead.done("logs", "api").out()).isEqualTo("up\n");
                fairlead.done("plan");
            } finally {
                unmount(state);
            }
            fairlead.done("down");
            assertThat(Processes.of(sandbox.folder())).isEmpty();
        }
    }

    @Test
    void aClosedStreamIsNoFileOfTheState() throws IOException {
        try (var sandbox = Sandbox.of(STACK)) {
            var fairlead = sandbox.fairlead();
            fairlead.shell("\"$0\" \"$@\" <&- >&- 2>&-", "up", "--detach").expect(0);
            fairlead.shell("\"$0\" \"$@\" <&- >&- 2>&-", "no-such-command").expect(1);

            assertThat(Status.of(fairlead).allReady()).isTrue();
            var events = sandbox.folder().resolve(".fairlead/env/dev/events.ndjson");
            assertThat(Files.readAllLines(events)).isNotEmpty().allSatisfy(Json::readObject);
        }
    }

    @Test
    void aResultThatCannotBeWrittenIsNoSuccess() {
        try (var sandbox = Sandbox.of(STACK)) {
            var lost = sandbox.fairlead().shell("\"$0\" \"$@\" > /dev/full", "validate").expect(3);
            assertThat(lost.err())
                    .contains("error[IO_FAILED] standard output cannot be written: No space left");
            var unread = "\"$0\" \"$@\" | true; exit ${PIPESTATUS[0]}";
            assertThat(sandbox.fairlead().shell(unread, "schema").expect(0).err()).isEmpty();
        }
    }

    private static void assertNotWritable(Fairlead.Result told, String why) {
        told.expect(3);
        assertThat(told.err())
                .contains("error[STATE_NOT_WRITABLE]")
                .contains(why)
                .contains("hint:");
        WrongInputIT.assertNoTrace(told.all());
    }

    private static void fill(Path state) throws Exception {
        new ProcessBuilder("dd", "if=/dev/zero", "of=" + state.resolve("fill"), "bs=1k")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static void empty(Path state) throws IOException {
        Files.delete(state.resolve("fill"));
    }

    private static void mount(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(arguments));
        int exit = new ProcessBuilder(command).start().waitFor();
        assumeTrue(exit == 0, "needs the right to mount");
    }

    private static void unmount(Path state) throws Exception {
        new ProcessBuilder("umount", "-l", state.toString()).start().waitFor();
    }
}
