package dev.fairlead.migrate.source;

import dev.fairlead.document.Digest;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Names everything that can be read from a folder, byte by byte, without understanding it. Equal digests mean equal
/// migrations, so that nobody needs to read those of a database that is known to be complete for them.
public final class FolderDigest {
    /// Changes when the same files come to mean something else.
    private static final String READING = "1";

    /// In a file that says so the environment's variables count too.
    private static final byte[] SUBSTITUTED = "ENVSUB".getBytes(StandardCharsets.US_ASCII);

    /// So many files are read by one thread after the other.
    private static final int CHUNK = 500;

    private static final int BUFFER = 1 << 16;

    private FolderDigest() {}

    /// @param owner whose migrations they are, which is a part of their keys
    /// @return empty where the bytes do not say all: what is no file, is not readable or uses variables, a linked folder
    public static Optional<String> of(Path folder, String owner) {
        // java.io, because it asks the system less for each of ten thousand files.
        var root = folder.toFile();
        try {
            var files = new ArrayList<String>();
            if (!list(root, "", files)) {
                return Optional.empty();
            }
            var chunks =
                    IntStream.range(0, (files.size() + CHUNK - 1) / CHUNK)
                            .parallel()
                            .mapToObj(chunk -> digest(root, files, chunk))
                            .toList();
            var all = Digest.sha256();
            text(all, READING);
            text(all, owner);
            chunks.forEach(chunk -> text(all, chunk));
            return chunks.contains("") ? Optional.empty() : Optional.of(Digest.hex(all));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /// The files below a folder in the order of their names. A link to a file counts as the file: once its bytes are known,
    /// so is what they mean.
    ///
    /// @return whether there is nothing but folders and files
    private static boolean list(File folder, String prefix, List<String> files) {
        var names = folder.list();
        if (names == null) {
            return false;
        }
        Arrays.sort(names);
        for (var name : names) {
            var file = new File(folder, name);
            if (file.isFile()) {
                files.add(prefix + name);
            } else if (!file.isDirectory()
                    || Files.isSymbolicLink(file.toPath())
                    || !list(file, prefix + name + "/", files)) {
                return false;
            }
        }
        return true;
    }

    /// @return empty when one of the files uses variables
    private static String digest(File root, List<String> files, int chunk) {
        var digest = Digest.sha256();
        var one = Digest.sha256();
        var bytes = new byte[BUFFER];
        int end = Math.min(files.size(), (chunk + 1) * CHUNK);
        for (var name : files.subList(chunk * CHUNK, end)) {
            text(digest, name);
            try (var in = new FileInputStream(new File(root, name))) {
                int length = in.readNBytes(bytes, 0, BUFFER);
                if (length == BUFFER) {
                    length = rest(in, one, bytes);
                }
                if (length < 0 || substitutes(bytes, length)) {
                    return "";
                }
                one.update(bytes, 0, length);
                digest.update(one.digest());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Digest.hex(digest);
    }

    /// Feeds a large file but for its last part, which is in the buffer then.
    ///
    /// @return the length of the last part; negative when the file uses variables
    private static int rest(FileInputStream in, MessageDigest digest, byte[] bytes)
            throws IOException {
        int length = BUFFER;
        int kept = SUBSTITUTED.length - 1; // the word may lie on the border of two parts
        while (length == BUFFER) {
            if (substitutes(bytes, length)) {
                return -1;
            }
            digest.update(bytes, 0, BUFFER - kept);
            System.arraycopy(bytes, BUFFER - kept, bytes, 0, kept);
            length = kept + in.readNBytes(bytes, kept, BUFFER - kept);
        }
        return length;
    }

    private static boolean substitutes(byte[] bytes, int length) {
        for (int i = 0; i <= length - SUBSTITUTED.length; i++) {
            if (bytes[i] == SUBSTITUTED[0]
                    && Arrays.equals(
                            bytes, i, i + SUBSTITUTED.length, SUBSTITUTED, 0, SUBSTITUTED.length)) {
                return true;
            }
        }
        return false;
    }

    private static void text(MessageDigest digest, String text) {
        digest.update((text + "\0").getBytes(StandardCharsets.UTF_8));
    }
}
