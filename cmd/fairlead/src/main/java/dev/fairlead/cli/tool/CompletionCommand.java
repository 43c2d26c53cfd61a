package dev.fairlead.cli.tool;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Session;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `fairlead completion`.
@Command(
        name = "completion",
        description = {
            "Writes a script that completes commands and flags in bash or zsh.",
            "Source it in the shell's start file."
        },
        footer = "  source <(fairlead completion bash)")
public final class CompletionCommand implements Callable<Integer> {
    /// The shells that can be served.
    enum Dialect {
        bash,
        zsh
    }

    private final Session session;
    private final Supplier<CommandLine> whole;

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    Dialect shell = Dialect.bash;

    /// @param whole the command line with all commands
    public CompletionCommand(Session session, Supplier<CommandLine> whole) {
        this.session = session;
        this.whole = whole;
    }

    @Override
    public Integer call() {
        // One script serves both: for zsh it loads bashcompinit first.
        session.console().out().print(AutoComplete.bash("fairlead", whole.get()));
        return ExitCode.DONE;
    }
}
