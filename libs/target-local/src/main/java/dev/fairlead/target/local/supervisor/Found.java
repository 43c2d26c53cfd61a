package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.diagnostic.Marked;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A command whose program is found, or why not.
public sealed interface Found {
    /// @param command with the program as a path
    record Program(List<String> command) implements Found {}

    record Missing(Cause cause) implements Found {}

    /// Looks for the program of a command.
    ///
    /// @param environment of the process that it is for: its PATH counts, not ours
    static Found in(List<Marked> command, Path folder, Map<String, String> environment) {
        return Commands.find(command, folder, environment);
    }
}
