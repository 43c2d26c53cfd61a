package dev.fairlead.cli.slots;

import dev.fairlead.cli.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
    private static final Map<String, Function<Session, Callable<Integer>>> COMMANDS =
            new LinkedHashMap<>();

    static {
        COMMANDS.put("list", SlotsListCommand::new);
        COMMANDS.put("take", TakeCommand::new);
        COMMANDS.put("release", ReleaseCommand::new);
        COMMANDS.put("sleep", SleepCommand::new);
        COMMANDS.put("wake", WakeCommand::new);
        COMMANDS.put("keep", KeepCommand::new);
        COMMANDS.put("gc", GcCommand::new);
    }

    private SlotsCommand() {}

    /// The command with all of its own.
    public static CommandLine with(Session session) {
        var line = new CommandLine(new SlotsCommand());
        COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.apply(session)));
        return line;
    }
}
