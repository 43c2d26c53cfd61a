package dev.fairlead.cli.flag;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/// The stack's folder as an argument: `fairlead up examples/guestbook`.
public final class StackArgument {
    @Parameters(
            arity = "0..1",
            paramLabel = "STACK",
            description = "The stack's folder, when it is not the current one.")
    @Nullable Path stack;

    /// The folder; null when none was given.
    public @Nullable Path stack() {
        return stack;
    }
}
