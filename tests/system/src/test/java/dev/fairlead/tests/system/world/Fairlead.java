package dev.fairlead.tests.system.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.document.Json;
import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// The command of this checkout, run in a folder as a user runs it.
///
/// @param folder where it is run
/// @param outputs where what it prints is kept
/// @param environment added to this process's own
public record Fairlead(Path folder, Path outputs, Map<String, String> environment) {
    private static final Path COMMAND = Repository.root().resolve("fairlead");
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /// What a run left.
    public record Result(String command, int exit, String out, String err) {
        /// This result, if it ended with `wanted`.
        public Result expect(int wanted) {
            assertThat(exit).as("exit code of %s", this).isEqualTo(wanted);
            return this;
        }

        public Map<String, Object> json() {
            try {
                return Json.readObject(out);
            } catch (IllegalArgumentException e) {
                throw new AssertionError("stdout is not a JSON object: " + this, e);
            }
        }

        /// One object per line.
        public List<Map<String, Object>> jsonLines() {
            return out.lines().filter(line -> !line.isBlank()).map(Json::readObject).toList();
        }

        /// Everything that a person would have seen.
        public String all() {
            return out + err;
        }

        @Override
        public String toString() {
            return "`%s` -> %d\n--- stdout\n%s--- stderr\n%s".formatted(command, exit, out, err);
        }
    }

    /// The same command with one more environment variable.
    public Fairlead with(String name, String value) {
        var more = new TreeMap<>(environment);
        more.put(name, value);
        return new Fairlead(folder, outputs, more);
    }

    /// Runs to the end.
    public Result run(String... arguments) {
        return start(arguments).await();
    }

    /// Runs to the end, which must be exit code 0.
    public Result done(String... arguments) {
        return run(arguments).expect(0);
    }

    /// Runs to the end, as one end of a pipe: `fairlead … | cat`.
    public Result piped(String... arguments) {
        return shell("\"$0\" \"$@\" | cat", arguments);
    }

    /// Runs to the end, as a part of a line of shell, in which `"$0" "$@"` is the command: `"$0" "$@" | head -n 1`.
    public Result shell(String script, String... arguments) {
        var command = new ArrayList<>(List.of("bash", "-c", script, COMMAND.toString()));
        command.addAll(List.of(arguments));
        return start(command, arguments).await();
    }

    /// Starts, and leaves the rest to the caller. What it prints goes to files, so that nobody waits for a pipe that a
    /// supervisor might have inherited.
    public Running start(String... arguments) {
        var command = new ArrayList<>(List.of(COMMAND.toString()));
        command.addAll(List.of(arguments));
        return start(command, arguments);
    }

    /// Starts it under a fault: in the process of Java itself, without the script around it, so that the fault counts the
    /// system calls of the command alone.
    public Running start(Fault fault, String... arguments) {
        var dist = Repository.root().resolve("cmd/fairlead/target/dist");
        var command = new ArrayList<>(fault.around());
        command.addAll(
                List.of(
                        dist.resolve("jdk/bin/java").toString(),
                        "-XX:AOTCache=" + dist.resolve("fairlead.aot"),
                        "-XX:AOTMode=auto",
                        "-Xlog:disable",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        dist.resolve("lib/fairlead.jar").toString(),
                        "dev.fairlead.cli.Main"));
        command.addAll(List.of(arguments));
        return start(command, arguments);
    }

    private Running start(List<String> command, String... arguments) {
        try {
            var out = Files.createTempFile(outputs, "out", ".txt");
            var err = Files.createTempFile(outputs, "err", ".txt");
            var builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("FAIRLEAD_"));
            builder.environment().putAll(environment);
            var shown = "fairlead " + String.join(" ", arguments);
            return new Running(shown, builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A command at work.
    public record Running(String command, Process process, Path out, Path err) {
        public Result await() {
            try {
                if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw new AssertionError("killed after " + LONGEST + ": " + result(-1));
                }
                return result(process.exitValue());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }

        /// What it printed on stdout so far.
        public String outSoFar() {
            return text(out);
        }

        /// What it printed on stderr so far.
        public String errSoFar() {
            return text(err);
        }

        private Result result(int exit) {
            return new Result(command, exit, text(out), text(err));
        }

        private static String text(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
