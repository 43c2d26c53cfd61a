package dev.fairlead.architecture;

import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The files of the repository, as they lie in the checkout.
final class Sources {
    private static final List<String> NOT_OURS =
            List.of("target", ".git", ".fairlead", "node_modules", ".idea");

    private Sources() {}

    /// Files by their path relative to the root (with `/`), sorted; nothing that is built or ignored.
    static List<Path> list(Predicate<String> wanted) {
        var root = Repository.root();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(Sources::isOurs)
                    .filter(file -> wanted.test(name(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(Path file) {
        return Stream.of(name(file).split("/")).noneMatch(NOT_OURS::contains);
    }

    /// Relative to the root, with `/`.
    static String name(Path file) {
        return Repository.root().relativize(file).toString();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(String name) {
        return read(Repository.root().resolve(name));
    }
}
