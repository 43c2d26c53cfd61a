package dev.fairlead.target.local.pod;

import dev.fairlead.deploy.reload.Reloader;
import dev.fairlead.deploy.reload.WatchedFiles;
import dev.fairlead.inventory.unit.Dev;
import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.target.local.system.Reaper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs the `dev` block of one unit until it is ended.
///
/// @param root the workspace: `.gitignore` files from there on count
/// @param folder the unit's folder in it; it need not be there yet
/// @param scratch a folder that may be written to
/// @param ready how it is seen that an edit is served; none where nothing tells
public record DevRun(
        Path root,
        Path folder,
        Path scratch,
        Dev dev,
        Stop stop,
        Optional<Listening> ready,
        List<String> command) {
    public DevRun {
        command = List.copyOf(command);
    }

    /// What runs.
    public interface Begun {
        /// Ends the process and what it started.
        void end() throws InterruptedException;
    }

    /// Builds, starts, and reloads after each change; what it does is told in lines.
    ///
    /// @param environment of the process and of the build
    public Begun begin(Map<String, String> environment, Consumer<String> say)
            throws InterruptedException {
        var child = new PodChild(this, environment, new Reaper(), say);
        var files = new WatchedFiles(root, folder, dev);
        var built = child.begin(files.digest());
        var reloader = Reloader.start(files, dev, child, built);
        if (!dev.watch().isEmpty()) {
            say.accept("watches " + String.join(", ", dev.watch()) + " " + reloader.how());
        }
        return () -> {
            reloader.close();
            child.end();
        };
    }
}
