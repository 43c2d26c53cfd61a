package dev.fairlead.inventory.read;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.inventory.InventoryCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The folders that a stack belongs to, all absolute.
///
/// @param main the name of the main file in its folder
/// @param folder the main file's folder: every path of the stack is relative to it
/// @param limit nothing outside it is read: the nearest folder upwards with `.git`, else the stack's own
/// @param home where the state of the target `local` belongs: the same folder of the main checkout
public record Roots(String main, Path folder, Path limit, Path home) {
    private static final String DEFAULT_FILE = "services.yaml";

    /// @throws dev.fairlead.diagnostic.ProblemException when there is no such file
    public static Roots of(Path folderOrFile) {
        var given = folderOrFile.toAbsolutePath().normalize();
        var file = Files.isDirectory(given) ? given.resolve(DEFAULT_FILE) : given;
        if (!Files.isRegularFile(file)) {
            throw notFound(folderOrFile, given);
        }
        try {
            var real = file.toRealPath();
            var folder = java.util.Objects.requireNonNull(real.getParent());
            var limit = limit(folder);
            return new Roots(real.getFileName().toString(), folder, limit, home(folder, limit));
        } catch (IOException e) {
            throw Problem.error(
                            InventoryCode.STACK_NOT_FOUND,
                            "cannot read " + file.getFileName() + ": " + e.getMessage())
                    .thrown();
        }
    }

    /// Says what of the path is not there, in the words in which it was typed.
    private static ProblemException notFound(Path typed, Path given) {
        if (Files.isDirectory(given)) {
            var problem = absent("there is no " + DEFAULT_FILE + " in the folder " + shown(typed));
            return Files.isRegularFile(given.resolve("services.yml"))
                    ? problem.withHint("services.yml is there: rename it, or name it with -f")
                            .thrown()
                    : problem.thrown();
        }
        var parent = given.getParent();
        boolean isFile = String.valueOf(given.getFileName()).matches(".*\\.(ya?ml|json)");
        if (!isFile || parent == null || !Files.isDirectory(parent)) {
            return absent("there is no folder " + shown(isFile ? folderOf(typed) : typed))
                    .withHint(near(given))
                    .thrown();
        }
        return absent(
                        "there is no file %s in the folder %s"
                                .formatted(given.getFileName(), shown(folderOf(typed))))
                .withHint(near(given))
                .thrown();
    }

    private static Problem absent(String what) {
        return Problem.error(InventoryCode.STACK_NOT_FOUND, what);
    }

    private static Path folderOf(Path file) {
        return file.resolveSibling("");
    }

    private static String shown(Path folder) {
        return folder.toString().isEmpty() ? "." : folder.toString();
    }

    /// A near name beside it.
    private static Optional<String> near(Path given) {
        var parent = given.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return Optional.empty();
        }
        try (var beside = Files.list(parent)) {
            return Nearest.hint(
                    String.valueOf(given.getFileName()),
                    beside.map(path -> String.valueOf(path.getFileName())).toList());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path limit(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        return folder;
    }

    /// In a further worktree `.git` is a file that names a folder of the main checkout's `.git`.
    private static Path home(Path folder, Path limit) throws IOException {
        var git = limit.resolve(".git");
        if (!Files.isRegularFile(git)) {
            return folder;
        }
        var link = Files.readString(git).strip();
        if (!link.startsWith("gitdir:")) {
            return folder;
        }
        var own = limit.resolve(link.substring("gitdir:".length()).strip()).normalize();
        var common = own.resolve("commondir");
        if (!Files.isRegularFile(common)) {
            return folder; // a submodule: it has no main checkout
        }
        var shared = own.resolve(Files.readString(common).strip()).normalize();
        var main = shared.getParent();
        if (main == null || !".git".equals(String.valueOf(shared.getFileName()))) {
            return folder; // worktrees of a bare repository
        }
        var twin = main.resolve(limit.relativize(folder));
        return Files.isDirectory(twin) ? twin : folder;
    }
}
