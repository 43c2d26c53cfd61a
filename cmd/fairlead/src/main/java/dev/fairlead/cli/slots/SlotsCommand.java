package dev.fairlead.cli.slots;

import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.Subcommands;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `fairlead slots` and its commands.
@Command(
        name = "slots",
        description = {
            "Numbered copies of an environment, each with its own ports, data and state,",
            "for people, branches and agents that work side by side."
        },
        footer = "  fairlead slots take -e ai --purpose \"issue 7\" --ref feature/x --up")
public final class SlotsCommand {
    private static final Subcommands COMMANDS =
            new Subcommands()
                    .and("list", SlotsListCommand::new)
                    .and("take", TakeCommand::new)
                    .and("release", ReleaseCommand::new)
                    .and("sleep", SleepCommand::new)
                    .and("wake", WakeCommand::new)
                    .and("keep", KeepCommand::new)
                    .and("gc", GcCommand::new);

    private SlotsCommand() {}

    /// The command with those of its own that the words name; with all where they name none.
    public static CommandLine with(Session session, List<String> words) {
        return COMMANDS.of(new SlotsCommand(), session, words);
    }
}
