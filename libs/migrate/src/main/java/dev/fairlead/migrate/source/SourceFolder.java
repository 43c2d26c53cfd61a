package dev.fairlead.migrate.source;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A folder that migrations are read from. Its files are named relative to it, with `/`; nothing outside of it is read,
/// not through `..` and not through a link.
///
/// @param path of any file system: a disk's, a jar's
/// @param name how people see the folder in places and messages
public record SourceFolder(Path path, String name) {
    /// A folder that is named as it was given; of an absolute path, by its last name.
    public static SourceFolder of(Path path) {
        var shown = path.isAbsolute() ? path.getFileName() : path.normalize();
        return new SourceFolder(path, shown == null ? "" : slashed(shown));
    }

    private static String slashed(Path path) {
        var separator = path.getFileSystem().getSeparator();
        var text = path.toString().replace(separator, "/");
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /// Whether programs can be run in it.
    public boolean isOnDisk() {
        return path.getFileSystem().equals(FileSystems.getDefault());
    }

    /// How people see a file of the folder.
    public String shown(String file) {
        return name.isEmpty() ? file : name + "/" + file;
    }

    /// The names of what lies directly in the folder, sorted by their characters.
    ///
    /// @throws ProblemException when there is no such folder
    public List<String> names() {
        try (var files = Files.list(path)) {
            return files.map(file -> slashed(file.getFileName())).sorted().toList();
        } catch (IOException e) {
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw Problem.error(
                                SourceCode.MIGRATIONS_NOT_FOUND,
                                (name.isEmpty() ? "." : name) + " is not a directory")
                        .thrown();
            }
            throw Problem.error(
                            SourceCode.MIGRATIONS_NOT_FOUND,
                            (name.isEmpty() ? "." : name)
                                    + (Files.exists(path)
                                            ? " cannot be listed"
                                            : " directory does not exist"))
                    .thrown();
        }
    }

    /// A text in UTF-8.
    ///
    /// @param from where the file is named; the file itself when the folder's listing named it
    /// @throws ProblemException when it lies outside or cannot be read
    public Source read(String file, Place from) {
        return new Source(shown(file), text(file, from));
    }

    /// A text in UTF-8 that the folder's listing named.
    ///
    /// @throws ProblemException when it lies outside or cannot be read
    public Source read(String file) {
        return read(file, new Source(shown(file), "").at(0));
    }

    private String text(String file, Place from) {
        try {
            return Files.readString(inside(file, from));
        } catch (NoSuchFileException e) {
            throw unreadable(file, from, "there is no such file");
        } catch (CharacterCodingException e) {
            throw unreadable(file, from, "it is not a UTF-8 text");
        } catch (IOException e) {
            throw unreadable(
                    file,
                    from,
                    Files.isDirectory(path.resolve(file)) ? "it is a folder" : "it cannot be read");
        }
    }

    /// The bytes of a file.
    ///
    /// @throws ProblemException when it lies outside or cannot be read
    public byte[] bytes(String file, Place from) {
        try {
            return Files.readAllBytes(inside(file, from));
        } catch (IOException e) {
            throw unreadable(file, from, "it cannot be read");
        }
    }

    /// Whether a file of this name lies inside the folder.
    public boolean has(String file) {
        return find(file).filter(Files::isRegularFile).isPresent();
    }

    /// The path of a file, when the name stays inside of the folder.
    private Optional<Path> find(String file) {
        try {
            var found = path.resolve(file).normalize();
            var folder = path.normalize();
            boolean below =
                    folder.toString().isEmpty()
                            ? !found.isAbsolute() && !found.startsWith("..")
                            : found.startsWith(folder);
            return below && !leaves(found) ? Optional.of(found) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Path inside(String file, Place from) {
        return find(file)
                .orElseThrow(() ->
                        Problem.error(
                                        SourceCode.OUTSIDE_FOLDER,
                                        from,
                                        "the file \""
                                                + file
                                                + "\" lies outside the folder of the migrations")
                                .thrown());
    }

    /// Whether a link leads out. What lies directly in the folder and is no link does not, which spares the look at the
    /// real paths of thousands of files.
    private boolean leaves(Path file) {
        boolean direct = path.normalize().equals(file.getParent());
        if ((direct && !Files.isSymbolicLink(file))
                || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            return !file.toRealPath().startsWith(path.toRealPath());
        } catch (NoSuchFileException e) {
            return false; // a link to nothing: that it cannot be read is said elsewhere
        } catch (IOException e) {
            return true;
        }
    }

    private static ProblemException unreadable(String file, Place from, String why) {
        return Problem.error(
                        SourceCode.FILE_UNREADABLE,
                        from,
                        "the file \"%s\" cannot be used: %s".formatted(file, why))
                .thrown();
    }
}
