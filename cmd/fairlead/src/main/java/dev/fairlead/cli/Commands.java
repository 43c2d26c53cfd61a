package dev.fairlead.cli;

import dev.fairlead.cli.change.ApplyCommand;
import dev.fairlead.cli.change.BuildCommand;
import dev.fairlead.cli.change.DownCommand;
import dev.fairlead.cli.change.RestartCommand;
import dev.fairlead.cli.change.UpCommand;
import dev.fairlead.cli.life.DiffCommand;
import dev.fairlead.cli.life.DriftCommand;
import dev.fairlead.cli.life.ExecCommand;
import dev.fairlead.cli.life.ForwardCommand;
import dev.fairlead.cli.life.GraphCommand;
import dev.fairlead.cli.life.HistoryCommand;
import dev.fairlead.cli.life.OpenCommand;
import dev.fairlead.cli.life.PruneCommand;
import dev.fairlead.cli.life.RollbackCommand;
import dev.fairlead.cli.life.RunCommand;
import dev.fairlead.cli.life.ShowCommand;
import dev.fairlead.cli.look.EventsCommand;
import dev.fairlead.cli.look.ExplainCommand;
import dev.fairlead.cli.look.LogsCommand;
import dev.fairlead.cli.look.StatusCommand;
import dev.fairlead.cli.migrate.MigrateCommand;
import dev.fairlead.cli.pod.DevRunCommand;
import dev.fairlead.cli.pod.SyncCommand;
import dev.fairlead.cli.preview.PlanCommand;
import dev.fairlead.cli.preview.RenderCommand;
import dev.fairlead.cli.preview.ValidateCommand;
import dev.fairlead.cli.slots.SlotsCommand;
import dev.fairlead.cli.tool.CompletionCommand;
import dev.fairlead.cli.tool.DoctorCommand;
import dev.fairlead.cli.tool.SchemaCommand;
import dev.fairlead.cli.tool.TemplateCommand;
import dev.fairlead.cli.tool.TemplateRenderCommand;
import dev.fairlead.cli.tool.VersionCommand;
import java.util.List;
import picocli.CommandLine;

/// The commands by name, in the order of the help.
final class Commands {
    private static final List<String> NAMES =
            List.of(
                    "validate",
                    "render",
                    "plan",
                    "apply",
                    "up",
                    "down",
                    "status",
                    "explain",
                    "logs",
                    "events",
                    "restart",
                    "build",
                    "sync",
                    "run",
                    "exec",
                    "open",
                    "forward",
                    "diff",
                    "drift",
                    "prune",
                    "rollback",
                    "history",
                    "show",
                    "graph",
                    "slots",
                    "migrate",
                    "template",
                    "schema",
                    "dev-run",
                    "doctor",
                    "version",
                    "completion");

    private Commands() {}

    static List<String> names() {
        return NAMES;
    }

    /// @param words of the command line; of a command's own commands only those that are named are made
    static Object create(String name, Session session, List<String> words) {
        return switch (name) {
            case "validate" -> new ValidateCommand(session);
            case "render" -> new RenderCommand(session);
            case "plan" -> new PlanCommand(session);
            case "apply" -> new ApplyCommand(session);
            case "up" -> new UpCommand(session);
            case "down" -> new DownCommand(session);
            case "status" -> new StatusCommand(session);
            case "explain" -> new ExplainCommand(session);
            case "logs" -> new LogsCommand(session);
            case "events" -> new EventsCommand(session);
            case "restart" -> new RestartCommand(session);
            case "build" -> new BuildCommand(session);
            case "sync" -> new SyncCommand(session);
            case "run" -> new RunCommand(session);
            case "diff" -> new DiffCommand(session);
            case "drift" -> new DriftCommand(session);
            case "prune" -> new PruneCommand(session);
            case "rollback" -> new RollbackCommand(session);
            case "history" -> new HistoryCommand(session);
            case "show" -> new ShowCommand(session);
            case "exec" -> new ExecCommand(session);
            case "open" -> new OpenCommand(session);
            case "forward" -> new ForwardCommand(session);
            case "graph" -> new GraphCommand(session);
            case "slots" -> SlotsCommand.with(session, words);
            case "migrate" -> MigrateCommand.with(session, words);
            case "template" ->
                    new CommandLine(new TemplateCommand())
                            .addSubcommand("render", new TemplateRenderCommand(session));
            case "schema" -> new SchemaCommand(session);
            case "dev-run" -> new DevRunCommand(session);
            case "doctor" -> new DoctorCommand(session);
            case "version" -> new VersionCommand(session);
            case "completion" ->
                    new CompletionCommand(session, () -> CommandRun.assembled(session.shell()));
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }
}
