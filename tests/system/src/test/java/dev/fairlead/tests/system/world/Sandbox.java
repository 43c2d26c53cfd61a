package dev.fairlead.tests.system.world;

import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A folder with a stack in it, outside every checkout; at the end its processes are killed and it is deleted.
///
/// @param base holds the other two, and is deleted
/// @param folder with a `services.yaml`
/// @param outputs what commands printed
public record Sandbox(Path base, Path folder, Path outputs) implements AutoCloseable {
    private static final Set<String> MADE_BY_RUNS = Set.of(".fairlead", "lib", "build");

    /// A copy of the first example as git has it.
    public static Sandbox guestbook() {
        return example("guestbook");
    }

    /// A copy of an example as git has it.
    public static Sandbox example(String name) {
        var sandbox = empty();
        var example = Repository.root().resolve("examples").resolve(name);
        try (var files = Files.walk(example)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var relative = example.relativize(file);
                if (!madeByRuns(relative)) {
                    var copy = sandbox.folder.resolve(relative);
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                    copy.toFile().setExecutable(Files.isExecutable(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sandbox;
    }

    /// A stack of one file; `spec` is what stands under `spec:`, without indentation. What is not ready within
    /// four minutes has failed, before its command is given up.
    public static Sandbox of(String spec) {
        var sandbox = empty();
        sandbox.write("services.yaml", stack(spec + "orchestration: { readinessTimeout: 4m }\n"));
        return sandbox;
    }

    /// The text of a whole services.yaml.
    public static String stack(String spec) {
        return """
        apiVersion: fairlead.dev/v1alpha1
        kind: ServiceStack
        metadata: { name: trial }
        spec:
        """
                + spec.indent(2);
    }

    private static Sandbox empty() {
        try {
            var base = Files.createTempDirectory("fairlead-system-").toRealPath();
            return new Sandbox(
                    base,
                    Files.createDirectory(base.resolve("stack")),
                    Files.createDirectory(base.resolve("outputs")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The command, run in the folder.
    public Fairlead fairlead() {
        return new Fairlead(folder, outputs, Map.of());
    }

    public void write(String file, String text) {
        try {
            var path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Edits a file as a person would.
    public void replace(String file, String from, String to) {
        var before = read(file);
        if (!before.contains(from)) {
            throw new AssertionError(file + " does not contain: " + from);
        }
        write(file, before.replace(from, to));
    }

    /// The files of the folder that no run is meant to make.
    public SortedSet<Path> sources() {
        var found = new TreeSet<Path>();
        for (var file : files().keySet()) {
            if (!madeByRuns(file)) {
                found.add(file);
            }
        }
        return found;
    }

    /// Every regular file of the folder, by its path in it.
    public Map<Path, BasicFileAttributes> files() {
        var found = new TreeMap<Path, BasicFileAttributes>();
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
                            if (about.isRegularFile()) {
                                found.put(folder.relativize(file), about);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException gone) {
                            return FileVisitResult
                                    .CONTINUE; // a running stack deletes files of its own
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static boolean madeByRuns(Path relative) {
        for (var part : relative) {
            if (MADE_BY_RUNS.contains(part.toString())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        // The supervisor first, so that it does not start again what is killed after it.
        for (int round = 0; round < 5; round++) {
            Processes.of(folder).stream()
                    .sorted(Comparator.comparing(process -> process.mark().isPresent()))
                    .forEach(Processes.Live::kill);
        }
        delete(base);
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
