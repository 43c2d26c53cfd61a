package dev.fairlead.cli;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// The command line with all commands, for tests outside this package.
public final class CommandTree {
    private CommandTree() {}

    public static CommandLine whole() {
        var silent = Typed.stream(new java.io.ByteArrayOutputStream());
        return CommandRun.assembled(Typed.in(Path.of("")).shell(silent, silent));
    }

    public static String variable(OptionSpec option) {
        return CommandRun.variable(option);
    }
}
