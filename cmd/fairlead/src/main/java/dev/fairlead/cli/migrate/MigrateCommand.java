package dev.fairlead.cli.migrate;

import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.Subcommands;
import java.util.List;
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
    private static final Subcommands COMMANDS =
            new Subcommands()
                    .and("create", CreateCommand::new)
                    .and("lint", LintCommand::new)
                    .and("build", BuildCommand::new)
                    .and("plan", MigratePlanCommand::new)
                    .and("up", MigrateUpCommand::new)
                    .and("down", MigrateDownCommand::new)
                    .and("status", MigrateStatusCommand::new)
                    .and("why", WhyCommand::new)
                    .and("await", AwaitCommand::new)
                    .and("approve", ApproveCommand::new)
                    .and("repair", RepairCommand::new)
                    .and("baseline", BaselineCommand::new)
                    .and("verify", VerifyCommand::new);

    private MigrateCommand() {}

    /// The command with those of its own that the words name; with all where they name none.
    public static CommandLine with(Session session, List<String> words) {
        return COMMANDS.of(new MigrateCommand(), session, words);
    }
}
