package dev.fairlead.target.local.state;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Files that are whole or not there: written beside, synced, renamed. Readable for their owner only.
public final class Durable {
    private static final FileAttribute<?> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNER_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private Durable() {}

    /// Replaces the file; it is on the disk when this returns.
    public static void write(Path file, String text) {
        replace(file, beside(file, "new"), text, true);
    }

    /// Writes a file that there is none of yet, for whom no lock keeps others from doing the same at the same time: it is
    /// whole whoever was faster. All write the same.
    static void writeOnce(Path file, String text) {
        if (!Files.exists(file)) {
            replace(file, ownBeside(file), text, true);
        }
    }

    /// Replaces the file atomically without waiting for the disk, where others may do the same at the same time: the last
    /// one counts.
    public static void writeAmong(Path file, String text) {
        replace(file, ownBeside(file), text, false);
    }

    /// Replaces the file, where commands of other environments may do the same at the same time: the last one counts. It is on
    /// the disk when this returns.
    public static void writeTogether(Path file, String text) {
        replace(file, ownBeside(file), text, true);
    }

    private static Path ownBeside(Path file) {
        var own = ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId() + ".new";
        return beside(file, own);
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + "." + ending);
    }

    /// Replaces the file atomically without waiting for the disk: for what can be found again after a power cut.
    public static void writeFast(Path file, String text) {
        replace(file, beside(file, "new"), text, false);
    }

    private static void replace(Path file, Path fresh, String text, boolean sync) {
        try {
            folder(parent(file));
            Files.deleteIfExists(fresh);
            try (var channel =
                    FileChannel.open(
                            fresh,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            OWNER_FILE)) {
                var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                if (sync) {
                    channel.force(true);
                }
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            if (sync) {
                syncFolder(parent(file));
            }
        } catch (IOException e) {
            throw notWritable(file, e);
        }
    }

    /// Opens a file for writing; a new one is for its owner only.
    public static FileChannel open(Path file, StandardOpenOption... more) throws IOException {
        var options = EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        options.addAll(List.of(more));
        return FileChannel.open(file, options, OWNER_FILE);
    }

    /// Makes an empty file, for its owner only, where there is none.
    public static void touch(Path file) throws IOException {
        try {
            Files.createFile(file, OWNER_FILE);
        } catch (FileAlreadyExistsException e) {
            return; // as it should be
        }
    }

    /// The text of a file; empty when there is none.
    public static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            checkWay(file);
            throw Problem.error(LocalCode.STATE_DAMAGED, file + " cannot be read: " + reason(e))
                    .thrown();
        }
    }

    /// Fails when something else lies where one of the folders above a path belongs: then the state is not empty but
    /// unknown.
    static void checkWay(Path path) {
        for (var above = path.getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                if (!Files.isDirectory(above)) {
                    throw inTheWay(above);
                }
                return;
            }
        }
    }

    private static ProblemException inTheWay(Path file) {
        return Problem.error(
                        LocalCode.STATE_DAMAGED,
                        file + " is a file, but Fairlead keeps its state in a folder of that name")
                .withHint("move the file away")
                .thrown();
    }

    /// Makes a folder (0700) and those above it that are missing.
    public static void folder(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                checkWay(folder.resolve("any"));
                Files.createDirectories(folder, OWNER_FOLDER);
            }
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
    }

    /// Takes every right from others where they have one, as far as that is ours to do.
    static void close(Path folder) {
        try {
            var rights = Files.getPosixFilePermissions(folder);
            var owner = PosixFilePermissions.fromString("rwx------");
            if (!owner.containsAll(rights)) {
                rights.retainAll(owner);
                Files.setPosixFilePermissions(folder, rights);
            }
        } catch (IOException | UnsupportedOperationException e) {
            return; // somebody else's folder: what lies in it is closed all the same
        }
    }

    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw notWritable(file, e);
        }
    }

    /// Deletes a folder with everything in it; symbolic links are not followed.
    public static void deleteFolder(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
    }

    /// The entries of a folder by name; none when it does not exist.
    public static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            checkWay(folder.resolve("any"));
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw Problem.error(LocalCode.STATE_DAMAGED, folder + " cannot be read: " + reason(e))
                    .thrown();
        }
    }

    static void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// A failed write, as users see it.
    public static ProblemException notWritable(Path path, IOException e) {
        var problem =
                Problem.error(
                        LocalCode.STATE_NOT_WRITABLE, path + " cannot be written: " + reason(e));
        return new ProblemException(List.of(problem), e);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static Path parent(Path file) {
        return java.util.Objects.requireNonNull(file.getParent(), "a file in a folder");
    }
}
