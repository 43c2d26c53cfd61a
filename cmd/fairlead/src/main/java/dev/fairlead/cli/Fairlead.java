package dev.fairlead.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The command without a subcommand: it has the global flags and the list of commands.
@Command(
        name = "fairlead",
        description = {
            "Turns one services.yaml into a complete, ordered, verified environment.",
            ""
        },
        synopsisHeading = "Usage: ",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nFlags of every command (each is also read from FAIRLEAD_<FLAG>):%n",
        footerHeading = "%nExample:%n",
        footer = "  fairlead up examples/guestbook",
        sortOptions = false)
final class Fairlead {
    @Mixin final Globals globals = new Globals();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "What a command does, its flags, and an example.")
    boolean help;

    @Option(
            names = "--version",
            versionHelp = true,
            description =
                    "Which build this is, as the command version tells it; without a command.")
    boolean version;
}
