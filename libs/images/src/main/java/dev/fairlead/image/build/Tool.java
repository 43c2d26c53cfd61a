package dev.fairlead.image.build;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.image.ImageCode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Programs of this machine: whether they are there, and what they say while they run.
///
/// @param variables the process environment
record Tool(Map<String, String> variables) {
    private static final int LAST_LINES = 20;
    private static final long ASKED_SECONDS = 10;

    boolean isThere(String program) {
        return find(program).isPresent();
    }

    private Optional<String> find(String program) {
        return Stream.of(variables.getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /// Whether a command ends well, and soon; what it says is thrown away.
    boolean succeeds(List<String> command) throws InterruptedException {
        try {
            var process =
                    prepared(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            boolean ended = process.waitFor(ASKED_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// Runs a command to its end; an interrupt ends it and everything that it started.
    ///
    /// @param origin the folder in which a person may run it again
    /// @throws dev.fairlead.diagnostic.ProblemException `IMAGE_BUILD_FAILED`, with its last lines
    void run(List<String> command, Path folder, Path origin, Consumer<String> progress)
            throws InterruptedException {
        var last = new ArrayDeque<String>();
        Process process;
        try {
            process =
                    prepared(command).directory(folder.toFile()).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw failed(command, origin, "cannot be started: " + e.getMessage(), last);
        }
        var reader = Thread.ofVirtual().start(() -> read(process, last, progress));
        try {
            int status = process.waitFor();
            reader.join();
            if (status != 0) {
                throw failed(command, origin, "ended with " + status, last);
            }
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            throw e;
        }
    }

    private ProcessBuilder prepared(List<String> command) {
        var whole = new ArrayList<>(command);
        find(command.getFirst()).ifPresent(program -> whole.set(0, program));
        var builder = new ProcessBuilder(whole).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(variables);
        return builder;
    }

    private static void read(Process process, Deque<String> last, Consumer<String> progress) {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                synchronized (last) {
                    last.add(line);
                    if (last.size() > LAST_LINES) {
                        last.remove();
                    }
                }
                progress.accept(line.strip());
            }
        } catch (IOException e) {
            // it ended, and its exit status says how
        }
    }

    private static RuntimeException failed(
            List<String> command, Path origin, String how, Deque<String> last) {
        List<String> evidence;
        synchronized (last) {
            evidence = new ArrayList<>(last);
        }
        return Problem.error(
                        ImageCode.IMAGE_BUILD_FAILED,
                        "`%s` %s".formatted(String.join(" ", command), how))
                .withEvidence(evidence)
                .withHint("run it by hand in " + origin)
                .thrown();
    }
}
