package dev.fairlead.target.local.supervisor;

import dev.fairlead.document.Digest;
import dev.fairlead.target.local.system.ProcessTable;
import java.util.Optional;

/// What a process runs now, in a form that may be kept: a command line may hold secrets.
final class CommandLine {
    private CommandLine() {}

    /// Empty when it cannot be read.
    static Optional<String> digest(int pid) {
        var words = ProcessTable.command(pid);
        return words.isEmpty() ? Optional.empty() : Optional.of(Digest.ofTree(words));
    }
}
