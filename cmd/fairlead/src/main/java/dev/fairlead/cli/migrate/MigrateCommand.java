package dev.fairlead.cli.migrate;

import dev.fairlead.cli.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `fairlead migrate` and its commands.
@Command(
        name = "migrate",
        description = {
            "Migrations of a PostgreSQL database: written, looked at, run, explained.",
            "On --database URL --source DIR, or on a migrations unit of the stack (--unit NAME)."
        },
        footer = "  fairlead migrate plan --unit guestbook-db")
public final class MigrateCommand {
    private static final Map<String, Function<Session, Callable<Integer>>> COMMANDS =
            new LinkedHashMap<>();

    static {
        COMMANDS.put("create", CreateCommand::new);
        COMMANDS.put("lint", LintCommand::new);
        COMMANDS.put("build", BuildCommand::new);
        COMMANDS.put("plan", MigratePlanCommand::new);
        COMMANDS.put("up", MigrateUpCommand::new);
        COMMANDS.put("down", MigrateDownCommand::new);
        COMMANDS.put("status", MigrateStatusCommand::new);
        COMMANDS.put("why", WhyCommand::new);
        COMMANDS.put("await", AwaitCommand::new);
        COMMANDS.put("approve", ApproveCommand::new);
        COMMANDS.put("repair", RepairCommand::new);
        COMMANDS.put("baseline", BaselineCommand::new);
        COMMANDS.put("verify", VerifyCommand::new);
    }

    private MigrateCommand() {}

    /// The command with all of its own.
    public static CommandLine with(Session session) {
        var line = new CommandLine(new MigrateCommand());
        COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.apply(session)));
        return line;
    }
}
