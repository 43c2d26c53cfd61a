package dev.fairlead.inventory.read;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.InventoryCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
            var problem =
                    Problem.error(
                            InventoryCode.STACK_NOT_FOUND,
                            "there is no "
                                    + file.getFileName()
                                    + " in the folder "
                                    + shown(folderOrFile));
            throw Files.isRegularFile(given.resolve("services.yml"))
                    ? problem.withHint("services.yml is there: rename it, or name it with -f")
                            .thrown()
                    : problem.thrown();
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

    private static String shown(Path given) {
        var text = (Files.isDirectory(given) ? given : given.resolveSibling("")).toString();
        return text.isEmpty() ? "." : text;
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
