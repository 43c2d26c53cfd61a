package dev.fairlead.cli.flag;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.Session;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Files that a command writes because a flag says so, with the folders that they need.
public final class OutFiles {
    private final Session session;
    private final String flag;

    /// @param flag names the flag in what is said: `--out`
    public OutFiles(Session session, String flag) {
        this.session = session;
        this.flag = flag;
    }

    /// Writes one file, in the place of one that is there.
    ///
    /// @throws ProblemException that says what stands in the way
    public void write(Path path, String text) {
        var file = session.resolve(path);
        if (Files.isDirectory(file)) {
            throw wrongKind(file, "is a folder, and a file is to be written");
        }
        var parent = file.getParent();
        if (parent != null) {
            folder(parent);
        }
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw failed("%s cannot be written: %s".formatted(file, reason(e)));
        }
    }

    private void folder(Path folder) {
        var above = folder;
        while (above.getParent() != null && !Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
            above = above.getParent();
        }
        if (!Files.isDirectory(above)) {
            throw wrongKind(above, "is not a folder");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw failed(
                    "the folder %s cannot be made in %s: %s".formatted(folder, above, reason(e)));
        }
    }

    private ProblemException wrongKind(Path path, String what) {
        return Problem.error(CliCode.FILE_NOT_FOUND, "%s: %s %s".formatted(flag, path, what))
                .withHint(
                        "give another path; it is relative to the current folder, or to that of `-C`")
                .thrown();
    }

    private ProblemException failed(String what) {
        return Problem.error(CliCode.IO_FAILED, flag + ": " + what)
                .withHint("give a path that you may write to")
                .thrown();
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "no permission";
            case NoSuchFileException _ -> "the system makes nothing there";
            case FileSystemException file ->
                    Optional.ofNullable(file.getReason()).orElse("the system refuses it");
            default -> Optional.ofNullable(e.getMessage()).orElse("the system refuses it");
        };
    }
}
