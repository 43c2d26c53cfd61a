package dev.fairlead.engine.sync;

import dev.fairlead.engine.sync.Entry.Sort;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The pod's side. A file is written beside its place and moved there, so that nobody ever reads half of one. What an
/// earlier round brought and the checkout no longer has is deleted; what programs made in the workspace stays.
public final class Receiver {
    private static final String STATE = ".fairlead/synced";

    private final Path root;
    private final Digests digests = new Digests();

    public Receiver(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /// Answers rounds until the other side closes.
    public void serve(InputStream from, OutputStream to) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(from));
        var out = new DataOutputStream(new BufferedOutputStream(to));
        while (true) {
            List<Entry> wanted;
            try {
                wanted = Entry.read(in);
            } catch (EOFException e) {
                return;
            }
            round(wanted, in, out);
            out.flush();
        }
    }

    private void round(List<Entry> wanted, DataInputStream in, DataOutputStream out)
            throws IOException {
        var before = Entry.byPath(before());
        var lacking = new ArrayList<Integer>();
        for (int i = 0; i < wanted.size(); i++) {
            if (!has(wanted.get(i))) {
                lacking.add(i);
            }
        }
        out.writeInt(lacking.size());
        for (int index : lacking) {
            out.writeInt(index);
        }
        out.flush();
        var arrived = new Arrived();
        for (int index : lacking) {
            arrived.take(wanted.get(index), in);
        }
        var now = Entry.byPath(wanted);
        now.keySet().removeAll(arrived.vanished);
        int[] deleted = {0};
        arrived.attempt("what left", () -> deleted[0] = clear(before, now));
        arrived.attempt(STATE, () -> keep(before, now));
        out.writeUTF(arrived.failure);
        if (arrived.failure.isEmpty()) {
            out.writeInt(lacking.size() - arrived.vanished.size());
            out.writeInt(deleted[0]);
            out.writeLong(arrived.bytes);
        }
    }

    private final class Arrived {
        private final List<String> vanished = new ArrayList<>();
        private String failure = "";
        private long bytes;

        /// Everything is read, even after something could not be written.
        void take(Entry entry, DataInputStream in) throws IOException {
            int length = in.readInt();
            if (length < 0) {
                vanished.add(entry.path());
                return;
            }
            boolean whole = false;
            try {
                content(entry, length, in);
                attempt(entry.path(), () -> moved(entry));
                whole = failure.isEmpty();
            } finally {
                if (!whole) {
                    forgotten(entry);
                }
            }
        }

        private void content(Entry entry, int first, DataInputStream in) throws IOException {
            var to = opened(entry);
            try (to) {
                for (int length = first; length > 0; length = in.readInt()) {
                    var piece = in.readNBytes(length);
                    if (piece.length < length) {
                        throw new EOFException();
                    }
                    bytes += length;
                    attempt(entry.path(), () -> to.write(piece));
                }
            }
        }

        private OutputStream opened(Entry entry) {
            var to = new OutputStream[] {OutputStream.nullOutputStream()};
            attempt(entry.path(), () -> to[0] = beside(entry));
            return to[0];
        }

        /// Nothing more is done after the first failure.
        void attempt(String what, Writing writing) {
            try {
                if (failure.isEmpty()) {
                    writing.run();
                }
            } catch (IOException e) {
                failure = "%s cannot be written: %s".formatted(what, e);
            }
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private Path place(String path) throws IOException {
        var place = root.resolve(path).normalize();
        if (!place.startsWith(root) || place.equals(root)) {
            throw new IOException(path + " leads out of the workspace");
        }
        return place;
    }

    /// Whether a folder on the way is a link, which whoever may write here has made: what lies behind it is not of the
    /// checkout.
    private boolean leadsElsewhere(Path place) {
        for (var folder = place.getParent();
                folder != null && !folder.equals(root);
                folder = folder.getParent()) {
            if (Files.isSymbolicLink(folder)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(Entry entry) throws IOException {
        var place = place(entry.path());
        if (leadsElsewhere(place)) {
            return false;
        }
        if (entry.sort() == Sort.LINK) {
            return Files.isSymbolicLink(place)
                    && Files.readSymbolicLink(place).toString().equals(entry.digest());
        }
        if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
                || Files.size(place) != entry.size()
                || Files.isExecutable(place) != (entry.sort() == Sort.PROGRAM)) {
            return false;
        }
        // Somebody may have written over it: the content says.
        return digests.of(place, Files.readAttributes(place, BasicFileAttributes.class))
                .equals(entry.digest());
    }

    private static Path part(Path place) {
        return place.resolveSibling("." + place.getFileName() + ".fairlead-part");
    }

    /// Where a file is written before it is moved to its place. The content of a link is its target.
    private OutputStream beside(Entry entry) throws IOException {
        var place = place(entry.path());
        folder(place.getParent());
        Files.deleteIfExists(part(place));
        return Files.newOutputStream(part(place));
    }

    /// Half a file helps nobody, and would be taken for one of the workspace.
    private void forgotten(Entry entry) {
        try {
            Files.deleteIfExists(part(place(entry.path())));
        } catch (IOException e) {
            // What hinders that hindered the writing, and that is told.
        }
    }

    private void moved(Entry entry) throws IOException {
        var place = place(entry.path());
        var part = part(place);
        if (entry.sort() == Sort.LINK) {
            Files.delete(part);
            Files.createSymbolicLink(part, Path.of(entry.digest()));
        } else {
            boolean program = entry.sort() == Sort.PROGRAM;
            Files.setPosixFilePermissions(
                    part, PosixFilePermissions.fromString(program ? "rwxrwxr-x" : "rw-rw-r--"));
        }
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            empty(place);
        }
        Files.move(
                part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Makes it; a file or link of the checkout that stands in its way goes.
    private void folder(@Nullable Path folder) throws IOException {
        if (folder == null
                || folder.equals(root)
                || Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        folder(folder.getParent());
        Files.deleteIfExists(folder);
        Files.createDirectory(folder);
    }

    /// A folder that a file replaces.
    private static void empty(Path folder) throws IOException {
        try (var inside = Files.walk(folder)) {
            for (var path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /// Deletes what left.
    private int clear(SortedMap<String, Entry> before, SortedMap<String, Entry> now)
            throws IOException {
        int deleted = 0;
        for (var path : before.keySet()) {
            var place = place(path);
            if (!now.containsKey(path)
                    && !leadsElsewhere(place)
                    && Files.exists(place, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(place);
                deleted++;
                withoutEmpty(place.getParent());
            }
        }
        return deleted;
    }

    private void withoutEmpty(@Nullable Path from) throws IOException {
        for (var folder = from;
                folder != null && !folder.equals(root);
                folder = folder.getParent()) {
            try {
                Files.delete(folder);
            } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                return;
            }
        }
    }

    /// What the last round left here; nothing when nobody knows, and then nothing is deleted either.
    private List<Entry> before() throws IOException {
        var state = root.resolve(STATE);
        if (!Files.isRegularFile(state)) {
            return List.of();
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(state)))) {
            return Entry.read(in);
        } catch (EOFException | IllegalArgumentException e) {
            return List.of();
        }
    }

    private void keep(SortedMap<String, Entry> before, SortedMap<String, Entry> now)
            throws IOException {
        if (before.equals(now)) {
            return;
        }
        var bytes = new ByteArrayOutputStream();
        Entry.write(List.copyOf(now.values()), new DataOutputStream(bytes));
        var state = root.resolve(STATE);
        Files.createDirectories(state.getParent());
        var beside = state.resolveSibling("synced.part");
        Files.write(beside, bytes.toByteArray());
        Files.move(
                beside, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
