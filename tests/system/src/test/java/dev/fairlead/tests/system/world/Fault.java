package dev.fairlead.tests.system.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What befalls a process at its n-th system call of one sort, counted by thread: `strace` does it, and nothing in the product
/// knows of it. What the process starts is left alone.
///
/// @param call `write`, `fsync`, `fdatasync`, `rename`
/// @param number from 1
/// @param effect as strace writes it: `signal=SIGKILL`, `error=ENOSPC`
/// @param lasting the later calls too
public record Fault(String call, int number, String effect, boolean lasting) {
    /// Dies before its n-th call is done.
    public static Fault kill(String call, int number) {
        return new Fault(call, number, "signal=SIGKILL", false);
    }

    /// The words before a command.
    List<String> around() {
        return strace("-o", "/dev/null");
    }

    private List<String> strace(String... more) {
        var words = new ArrayList<>(List.of("strace", "-f", "-b", "execve", "-qq"));
        words.addAll(List.of(more));
        words.addAll(List.of("-e", "trace=" + call));
        words.addAll(
                List.of(
                        "-e",
                        "inject=%s:%s:when=%d%s"
                                .formatted(call, effect, number, lasting ? "+" : "")));
        return words;
    }

    /// Waits in a process that runs already, until it is closed.
    public Pending in(Processes.Live process, Path outputs) {
        try {
            var trace = Files.createTempFile(outputs, "trace", ".txt");
            var words = strace("-o", trace.toString(), "-p", Long.toString(process.pid()));
            var tracer =
                    new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            Await.until(
                    "strace at " + process,
                    Duration.ofSeconds(30),
                    () -> isTraced(process.pid()) || !tracer.isAlive());
            return new Pending(tracer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isTraced(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .anyMatch(line -> line.matches("TracerPid:\\s+[1-9].*"));
    }

    /// A fault that waits in a process.
    public record Pending(Process tracer) implements AutoCloseable {
        /// Takes it out of the process, if it did not happen.
        @Override
        public void close() {
            tracer.destroy();
            try {
                if (!tracer.waitFor(30, TimeUnit.SECONDS)) {
                    tracer.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
