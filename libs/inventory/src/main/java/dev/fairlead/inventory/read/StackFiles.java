package dev.fairlead.inventory.read;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.inventory.InventoryCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The files of a stack, by paths relative to the main file's folder. Everything that is read goes through here, so that
/// nothing outside the root is.
public final class StackFiles {
    private final Roots roots;

    public StackFiles(Roots roots) {
        this.roots = roots;
    }

    /// A text file.
    ///
    /// @throws ProblemException with the place, when it lies outside or cannot be read
    public Source read(String path, Place place) {
        var file = inside(path, place);
        try {
            return text(path, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw unreadable(path, place, "there is no such file");
        } catch (IOException e) {
            throw unreadable(
                    path, place, Files.isDirectory(file) ? "it is a folder" : "it cannot be read");
        }
    }

    private static Source text(String path, byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length);
        var result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        var source = new Source(path, out.flip().toString());
        if (result.isError()) {
            throw Problem.error(
                            InventoryCode.FILE_UNREADABLE,
                            source.at(source.text().length()),
                            "the file \"%s\" is not a UTF-8 text: the byte 0x%02x is none here"
                                    .formatted(path, bytes[in.position()]))
                    .withHint("save it as UTF-8")
                    .thrown();
        }
        return source;
    }

    private static ProblemException unreadable(String path, Place place, String why) {
        return Problem.error(
                        InventoryCode.FILE_UNREADABLE,
                        place,
                        "the file \"%s\" cannot be used: %s".formatted(path, why))
                .thrown();
    }

    public boolean exists(String path, Place place) {
        return Files.exists(inside(path, place));
    }

    /// A path of the stack as an absolute one.
    ///
    /// @throws ProblemException with the place, when it lies outside the root
    public Path inside(String path, Place place) {
        var file = resolved(path, place);
        if (Path.of(path).isAbsolute() || !file.startsWith(roots.limit()) || leaves(file)) {
            throw Problem.error(
                            InventoryCode.OUTSIDE_ROOT,
                            place,
                            "the path \"" + path + "\" lies outside the root of the stack")
                    .withHint(
                            "the root is the nearest folder upwards with .git, else the stack's own")
                    .thrown();
        }
        return file;
    }

    private Path resolved(String path, Place place) {
        try {
            return roots.folder().resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw unreadable(path, place, "no path can look like that");
        }
    }

    /// A path in its shortest form, `.` for the stack's folder.
    public String relative(String path, Place place) {
        var relative = roots.folder().relativize(inside(path, place)).toString().replace('\\', '/');
        return relative.isEmpty() ? "." : relative;
    }

    /// Whether a link leads out.
    private boolean leaves(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        try {
            return !file.toRealPath().startsWith(roots.limit());
        } catch (IOException e) {
            return true;
        }
    }

    /// The files that a glob names, sorted; at least one.
    ///
    /// @throws ProblemException with the place, when it is not well formed, leads outside or names none
    public List<String> glob(String text, Place place) {
        var glob = Glob.parse(text, place);
        var folder = inside(glob.folder(), place);
        var found = new TreeSet<String>();
        if (Files.isDirectory(folder)) {
            walk(glob, folder, found);
        }
        if (found.isEmpty()) {
            throw Problem.error(
                            glob.isPlain()
                                    ? InventoryCode.FILE_UNREADABLE
                                    : InventoryCode.GLOB_NO_MATCH,
                            place,
                            glob.isPlain()
                                    ? "there is no file \"" + text + "\""
                                    : "the glob \"" + text + "\" names no file")
                    .withHint("paths are relative to the folder of " + roots.main())
                    .thrown();
        }
        return new ArrayList<>(found);
    }

    private void walk(Glob glob, Path folder, Set<String> found) {
        var prefix = glob.folder().isEmpty() ? "" : glob.folder() + "/";
        try (var files = Files.walk(folder, glob.depth(), new FileVisitOption[0])) {
            files.filter(Files::isRegularFile)
                    .map(file -> prefix + folder.relativize(file).toString().replace('\\', '/'))
                    .filter(glob::matches)
                    .forEach(found::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            // what cannot be listed has no match, which is reported
        }
    }
}
