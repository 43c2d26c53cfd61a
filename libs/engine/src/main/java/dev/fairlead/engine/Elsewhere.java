package dev.fairlead.engine;

import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.TargetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Says where the state of a stack lies when that is not beside the file that was named: whoever works there would not
/// expect that others share it.
final class Elsewhere {
    private Elsewhere() {}

    /// @param stack the file or the folder as it was named
    static List<String> notes(Path stack, Outline outline) {
        if (outline.target() != TargetKind.LOCAL) {
            return List.of();
        }
        var state = outline.home().resolve(".fairlead");
        if (outline.root().startsWith(state.resolve("worktrees"))) {
            return List.of(outline.ref().key() + " works in its own worktree, " + outline.root());
        }
        if (!isSame(outline.root(), outline.home())) {
            return List.of(
                    "this is a git worktree: its state is the main checkout's, "
                            + state
                            + ", and both mean the same environment; --slot N gives this one its own");
        }
        return isSame(beside(stack), outline.home())
                ? List.of()
                : List.of("the file is a link: its state lies beside what it points to, " + state);
    }

    private static Path beside(Path stack) {
        var given = stack.toAbsolutePath().normalize();
        var parent = given.getParent();
        return Files.isDirectory(given) || parent == null ? given : parent;
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return one.equals(other) || Files.isSameFile(one, other);
        } catch (IOException e) {
            return true; // one of them is gone: nothing certain can be said
        }
    }
}
