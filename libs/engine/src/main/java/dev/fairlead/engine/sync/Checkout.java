package dev.fairlead.engine.sync;

import dev.fairlead.engine.sync.Entry.Sort;
import dev.fairlead.inventory.read.GitIgnore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The files of a folder that are synced: all but those that `.gitignore` and `.fairleadignore` leave out. What was read
/// once is not read again as long as its size and time are the same.
final class Checkout {
    static final List<String> RULES = List.of(".gitignore", ".fairleadignore");

    private final Path root;
    private final Digests digests = new Digests();

    Checkout(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /// All of them, in the order of their paths. One that vanishes meanwhile is left out.
    List<Entry> list() throws IOException {
        var ignore = new GitIgnore(root, RULES);
        var entries = new ArrayList<Entry>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        return ignore.ignores(folder, true)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        boolean counts = attributes.isRegularFile() || attributes.isSymbolicLink();
                        if (counts && !ignore.ignores(file, false)) {
                            add(file, attributes, entries);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return FileVisitResult.CONTINUE; // it vanished
                    }
                });
        entries.sort(Comparator.comparing(Entry::path));
        return entries;
    }

    private void add(Path file, BasicFileAttributes attributes, List<Entry> entries) {
        try {
            var path = root.relativize(file).toString();
            if (attributes.isSymbolicLink()) {
                entries.add(new Entry(path, Sort.LINK, 0, Files.readSymbolicLink(file).toString()));
                return;
            }
            var sort = Files.isExecutable(file) ? Sort.PROGRAM : Sort.FILE;
            entries.add(new Entry(path, sort, attributes.size(), digests.of(file, attributes)));
        } catch (IOException e) {
            // It vanished between the listing and the reading, or may not be read: it is not there.
        }
    }

    InputStream content(Entry entry) throws IOException {
        return entry.sort() == Sort.LINK
                ? new ByteArrayInputStream(entry.digest().getBytes(StandardCharsets.UTF_8))
                : Files.newInputStream(root.resolve(entry.path()));
    }
}
