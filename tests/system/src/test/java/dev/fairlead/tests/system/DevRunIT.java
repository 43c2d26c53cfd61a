package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Repository;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What runs in a pod in mode dev, run here: `fairlead dev-run` needs no cluster.
class DevRunIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final List<String> UNIT =
            List.of(
                    "--watch=src/*.sh",
                    "--build=sh",
                    "--build=-e", // one of ours too
                    "--build=-c",
                    "--build=sh -n src/main.sh && cp src/main.sh built.sh",
                    "--debounce=50ms",
                    "--stop=TERM,2s",
                    "--",
                    "sh",
                    "built.sh");

    @Test
    @Covers({"PAR-02", "PAR-04"})
    void aChangeIsBuiltAndStartedAndAFailedBuildKeepsTheFormerProcess() throws Exception {
        try (var sandbox = Sandbox.of("")) {
            var folder = sandbox.folder().resolve("api");
            var output = sandbox.outputs().resolve("pod.log");
            var process = start(sandbox, folder, output); // the folder comes with the first sync
            try {
                said(output, "`fairlead sync` brings it");
                sandbox.write("api/src/main.sh", "echo it is one\nsleep 100000 & wait\n");
                said(output, "it is one\n");
                var first = running(folder);
                assertThat(first).isNotEmpty();

                sandbox.write("api/src/main.sh", "if then\n");
                said(output, "the build failed; the former process goes on");
                assertThat(running(folder)).isEqualTo(first);

                sandbox.write("api/src/main.sh", "echo it is two\nsleep 1\nexit 3\n");
                said(output, "it is two\n");
                said(output, "the process exited with 3; it is started again");
                Await.until(
                        "the next start",
                        LONG,
                        () -> text(output).split("it is two\n", -1).length > 2);
            } finally {
                process.destroy();
                assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            }
            assertThat(running(folder)).as("nothing is left").isEmpty();
        }
    }

    private static Process start(Sandbox sandbox, Path folder, Path output) throws IOException {
        var words = new ArrayList<String>();
        words.add(Repository.root().resolve("fairlead").toString());
        words.add("dev-run");
        words.add("--root=" + sandbox.folder());
        words.add("--folder=" + folder);
        words.add("--scratch=" + sandbox.outputs());
        words.addAll(UNIT);
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    private static void said(Path output, String words) {
        Await.until(words.strip(), LONG, () -> text(output).contains(words));
    }

    private static String text(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The leaders of the groups that run in the folder: not the command itself.
    private static List<Long> running(Path folder) {
        return Processes.of(folder).stream()
                .filter(live -> live.leads() && !live.command().contains("dev-run"))
                .map(Processes.Live::pid)
                .toList();
    }
}
