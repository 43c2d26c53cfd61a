package dev.fairlead.deploy.reload;

import dev.fairlead.document.Digest;
import dev.fairlead.inventory.read.GitIgnore;
import dev.fairlead.inventory.read.Glob;
import dev.fairlead.inventory.unit.Dev;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// The files that `watch` names, without those that `ignore` or a `.gitignore` leaves out.
public final class WatchedFiles {
    private final Path folder;
    private final List<Glob> watch;
    private final List<Glob> ignore;
    private final GitIgnore gitIgnore;

    /// @param root the folder of the stack: `.gitignore` files from there on count
    /// @param folder the unit's folder, which the globs are relative to
    public WatchedFiles(Path root, Path folder, Dev dev) {
        this(root, folder, dev, List.of(".gitignore"));
    }

    /// @param rules the names of the files that leave files out
    public WatchedFiles(Path root, Path folder, Dev dev, List<String> rules) {
        this.folder = folder.toAbsolutePath().normalize();
        this.watch = dev.watch().stream().map(Glob::of).toList();
        this.ignore = dev.ignore().stream().map(Glob::of).toList();
        this.gitIgnore = new GitIgnore(root.toAbsolutePath().normalize(), rules);
    }

    /// Whether a change of this file counts; it need not exist any more.
    boolean contains(Path file) {
        var name = name(file);
        return watch.stream().anyMatch(glob -> glob.matches(name))
                && ignore.stream().noneMatch(glob -> glob.matches(name))
                && !gitIgnore.ignores(file, false);
    }

    /// Whether nothing in a folder can count.
    boolean skips(Path inside) {
        var name = name(inside);
        return gitIgnore.ignores(inside, true)
                || ignore.stream().anyMatch(glob -> glob.matches(name + "/"));
    }

    private String name(Path file) {
        return folder.relativize(file.toAbsolutePath().normalize()).toString();
    }

    /// The folders that exist and hold everything that is watched; none lies within another.
    SortedSet<Path> bases() {
        var bases = new TreeSet<Path>();
        for (var glob : watch) {
            var base = folder.resolve(glob.folder()).normalize();
            while (!Files.isDirectory(base) && base.getParent() != null) {
                base = base.getParent();
            }
            bases.add(base);
        }
        bases.removeIf(inner ->
                bases.stream().anyMatch(outer -> !outer.equals(inner) && inner.startsWith(outer)));
        return bases;
    }

    /// Names and contents of all of them, as one hash. A file that vanishes meanwhile is left out.
    public String digest() {
        var found = new TreeSet<Path>();
        bases().forEach(base -> collect(base, found));
        var digest = Digest.sha256();
        for (var file : found) {
            add(digest, file);
        }
        return Digest.hex(digest);
    }

    private void collect(Path base, SortedSet<Path> found) {
        try {
            Files.walkFileTree(
                    base,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path inside, BasicFileAttributes attributes) {
                            return !inside.equals(base) && skips(inside)
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (contains(file)) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            return FileVisitResult.CONTINUE; // it vanished
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(MessageDigest digest, Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            var buffer = new byte[1 << 16];
            var inner = Digest.sha256();
            int count;
            while ((count = content.read(buffer)) >= 0) {
                inner.update(buffer, 0, count);
            }
            digest.update((name(file) + "\0").getBytes(StandardCharsets.UTF_8));
            digest.update(inner.digest());
        } catch (NoSuchFileException e) {
            return; // gone between the listing and the reading: its event comes
        } catch (IOException e) {
            digest.update((name(file) + "\0unreadable").getBytes(StandardCharsets.UTF_8));
        }
    }
}
