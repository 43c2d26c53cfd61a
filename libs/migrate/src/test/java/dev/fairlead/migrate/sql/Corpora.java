package dev.fairlead.migrate.sql;

import dev.fairlead.migrate.wild.GoModules;
import dev.fairlead.testkit.Repository;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// SQL as it is in the wild, fetched by the ordinary clients of ordinary registries.
final class Corpora {
    private static final List<String> GO_MODULES =
            List.of(
                    "github.com/pressly/goose/v3@v3.30.0",
                    "github.com/golang-migrate/migrate/v4@v4.20.1",
                    "github.com/riverqueue/river@v0.51.0",
                    "github.com/ory/kratos@v1.3.1",
                    "github.com/jackc/tern/v2@v2.3.4",
                    "github.com/rubenv/sql-migrate@v1.8.1");

    private static final Path CACHE = Repository.root().resolve("libs/migrate/target/corpora");

    private Corpora() {}

    /// A text and where it is from.
    record Text(String name, String sql) {}

    /// PostgreSQL's own regression tests; none when Debian's source package cannot be had.
    static List<Text> regression() throws IOException, InterruptedException {
        var folder = CACHE.resolve("postgresql");
        if (!Files.exists(folder.resolve("done"))) {
            Files.createDirectories(folder.resolve("parts"));
            Files.createDirectories(folder.resolve("lists/partial"));
            Files.createDirectories(folder.resolve("cache/archives/partial"));
            if (!writeSources(folder.resolve("parts")) || !fetchSources(folder)) {
                return List.of();
            }
            Files.createFile(folder.resolve("done"));
        }
        return texts(folder);
    }

    /// The system's own sources, asked for source packages; a mirror need not have those of security updates.
    private static boolean writeSources(Path parts) throws IOException {
        var system = Path.of("/etc/apt/sources.list.d/debian.sources");
        if (!Files.exists(system)) {
            return false;
        }
        var sources =
                Files.readString(system)
                        .replaceAll("(?m)^Types: deb$", "Types: deb-src")
                        .replaceAll("(?m)^Suites: .*-security$", "$0\nEnabled: no");
        Files.writeString(parts.resolve("source.sources"), sources);
        return true;
    }

    private static boolean fetchSources(Path folder) throws IOException, InterruptedException {
        var options =
                List.of(
                        "-qq",
                        "-o",
                        "Dir::Etc::sourcelist=/dev/null",
                        "-o",
                        "Dir::Etc::sourceparts=" + folder.resolve("parts"),
                        "-o",
                        "Dir::State::lists=" + folder.resolve("lists"),
                        "-o",
                        "Dir::Cache=" + folder.resolve("cache"));
        var source = "--download-only";
        return run(folder, "apt-get", options, List.of("update"))
                && run(folder, "apt-get", options, List.of("source", source, "postgresql-15"))
                && run(
                        folder,
                        "sh",
                        List.of("-c"),
                        List.of("tar xf postgresql-15_*.orig.tar.* --wildcards '*.sql'"));
    }

    /// Migrations of programs in Go; none when the module proxy cannot be reached.
    static List<Text> migrations() throws IOException, InterruptedException {
        var found = new ArrayList<Text>();
        for (var module : GO_MODULES) {
            var folder = GoModules.folder(module);
            if (folder.isPresent()) {
                found.addAll(texts(folder.get()));
            }
        }
        return found;
    }

    private static boolean run(Path folder, String program, List<String> first, List<String> then)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(program);
        command.addAll(first);
        command.addAll(then);
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(new File(folder.toFile(), program + ".log"));
        try {
            var process = builder.start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false; // the program is not here
        }
    }

    private static List<Text> texts(Path folder) throws IOException {
        var found = new ArrayList<Text>();
        try (var files = Files.walk(folder)) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(".sql")).sorted().toList()) {
                decoded(Files.readAllBytes(file))
                        .map(sql -> new Text(folder.relativize(file).toString(), sql))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /// Empty for a file of another encoding.
    private static Optional<String> decoded(byte[] bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
