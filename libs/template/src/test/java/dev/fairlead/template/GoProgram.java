package dev.fairlead.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The program in `src/test/go`, built with the installed Go.
final class GoProgram {
    private static final Path SOURCE = Repository.root().resolve("libs/template/src/test/go");

    private final Path binary;

    private GoProgram(Path binary) {
        this.binary = binary;
    }

    static boolean isInstalled() {
        try {
            return run(List.of("go", "version"), null) == 0;
        } catch (IOException | InterruptedException missing) {
            return false;
        }
    }

    static GoProgram build(Path folder) throws IOException, InterruptedException {
        var binary = folder.resolve("truth");
        assertThat(run(List.of("go", "build", "-o", binary.toString(), "."), SOURCE)).isZero();
        return new GoProgram(binary);
    }

    void runToEnd(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>(List.of(binary.toString()));
        command.addAll(List.of(arguments));
        assertThat(run(command, null)).isZero();
    }

    private static int run(List<String> command, @Nullable Path folder)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(output).isTrue();
        if (process.exitValue() != 0) {
            System.err.println(output);
        }
        return process.exitValue();
    }

    /// Go as a long-lived process that answers a line with a line.
    Server serve() throws IOException {
        return new Server(
                new ProcessBuilder(binary.toString(), "serve")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    static final class Server implements AutoCloseable {
        private final Process process;
        private final Writer in;
        private final BufferedReader out;

        Server(Process process) {
            this.process = process;
            this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
            this.out =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8));
        }

        String ask(String line) throws IOException {
            in.write(line + "\n");
            in.flush();
            var answer = out.readLine();
            assertThat(answer).as("an answer to " + line).isNotNull();
            return answer;
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
