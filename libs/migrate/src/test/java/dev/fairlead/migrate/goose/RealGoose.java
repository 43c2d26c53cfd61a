package dev.fairlead.migrate.goose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.document.Json;
import dev.fairlead.testkit.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The program in `src/test/go`, which asks the real goose.
final class RealGoose implements AutoCloseable {
    private static final Path SOURCE = Repository.root().resolve("libs/migrate/src/test/go");

    private final Path binary;
    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    private RealGoose(Path binary, Process process) {
        this.binary = binary;
        this.process = process;
        this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Builds and starts it; skips the test where Go is not installed or goose cannot be fetched.
    static RealGoose start(Path folder) throws IOException, InterruptedException {
        assumeTrue(
                runs(List.of("go", "version")),
                "skipped: no go on the PATH, so nothing was compared with the real goose");
        var binary = folder.resolve("truth");
        assumeTrue(
                runs(List.of("go", "build", "-o", binary.toString(), ".")),
                "skipped: the real goose could not be built (no Go 1.26, or the module proxy is out of reach)");
        return new RealGoose(
                binary,
                new ProcessBuilder(binary.toString(), "serve")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    /// The folder of goose's own module, with the data of its tests.
    static Path module() throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                "go", "list", "-m", "-f", "{{.Dir}}", "github.com/pressly/goose/v3")
                        .directory(SOURCE.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var folder = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return Path.of(folder.strip());
    }

    void goldens(Path folder) throws IOException, InterruptedException {
        assertThat(runs(List.of(binary.toString(), "golden", folder.toString()))).isTrue();
    }

    /// What goose sends for a file, or its error.
    Outcome parse(String sql, Map<String, String> env) throws IOException {
        return Outcome.of(ask(Map.of("sql", sql, "env", env)));
    }

    /// What goose has against the names of a folder; empty when nothing.
    String collect(List<String> names) throws IOException {
        return String.valueOf(Json.readObject(ask(Map.of("files", names))).get("error"));
    }

    private String ask(Map<String, Object> request) throws IOException {
        in.write(Json.compact(request) + "\n");
        in.flush();
        var answer = out.readLine();
        assertThat(answer).as("an answer to " + request).isNotNull();
        return answer;
    }

    private static boolean runs(List<String> command) throws IOException, InterruptedException {
        try {
            var process =
                    new ProcessBuilder(new ArrayList<>(command))
                            .directory(SOURCE.toFile())
                            .redirectErrorStream(true)
                            .start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(3, TimeUnit.MINUTES);
            if (!ended || process.exitValue() != 0) {
                System.err.println(output);
            }
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
