package dev.fairlead.migrate.wild;

import dev.fairlead.document.Json;
import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Published Go modules, fetched into Go's own cache by Go's own client. Empty where there is no Go, or the module proxy is
/// out of reach.
public final class GoModules {
    private static final Path FOLDER = Repository.root().resolve("libs/migrate/target/go");

    private GoModules() {}

    /// The folder of a module's files.
    ///
    /// @param module `path@version`
    public static Optional<Path> folder(String module) throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("go.mod"), "module fetched\n");
        return run(List.of("go", "mod", "download", "-json", module))
                .map(output -> Path.of(String.valueOf(Json.readObject(output).get("Dir"))));
    }

    /// A program, built from its module.
    ///
    /// @param program `path@version`
    /// @param tags of its build, by spaces
    public static Optional<Path> program(String program, String tags)
            throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        var path = program.substring(0, program.indexOf('@'));
        return run(List.of("go", "install", "-tags", tags, program))
                .map(_ -> FOLDER.resolve(path.substring(path.lastIndexOf('/') + 1)));
    }

    /// What it printed; empty when it failed.
    private static Optional<String> run(List<String> command)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(new ArrayList<>(command))
                        .directory(FOLDER.toFile())
                        .redirectError(
                                ProcessBuilder.Redirect.appendTo(FOLDER.resolve("log").toFile()));
        builder.environment().put("GOBIN", FOLDER.toString());
        try {
            var process = builder.start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // no go on the PATH
        }
    }
}
