package dev.fairlead.inventory.read;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files below a folder, by their path in it. `.git` and `.fairlead` are never entered.
public final class FileTree {
    private static final Set<String> NEVER = Set.of(".git", ".fairlead");

    private FileTree() {}

    /// Those that a glob names. A symbolic link is followed where the glob names it and no other file.
    public static SortedMap<String, Path> matching(Path folder, Glob glob) throws IOException {
        var files = new TreeMap<String, Path>();
        var base = folder.resolve(glob.folder()).normalize();
        if (!Files.isDirectory(base)) {
            return files;
        }
        var prefix = glob.folder().isEmpty() ? "" : glob.folder() + "/";
        Files.walkFileTree(
                base,
                Set.of(),
                glob.depth(),
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attrs) {
                        boolean never =
                                !dir.equals(base) && NEVER.contains(dir.getFileName().toString());
                        return never ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) {
                        boolean isFile =
                                attrs.isRegularFile()
                                        || (glob.isPlain() && Files.isRegularFile(file));
                        if (isFile && glob.matches(prefix + name(base, file))) {
                            files.put(name(folder, file), file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }

    /// Those that no `.gitignore` from the root on leaves out; symbolic links too, as what they are.
    public static SortedMap<String, Path> notIgnored(Path root, Path folder) throws IOException {
        var files = new TreeMap<String, Path>();
        var ignore = new GitIgnore(root);
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attrs) {
                        return !dir.equals(folder) && ignore.ignores(dir, true)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) {
                        if (!ignore.ignores(file, false)) {
                            files.put(name(folder, file), file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
