package dev.fairlead.cli;

import dev.fairlead.cli.command.CompletionCommand;
import dev.fairlead.cli.command.DoctorCommand;
import dev.fairlead.cli.command.VersionCommand;
import java.util.List;

/// The commands by name, in the order of the help.
final class Commands {
    private static final List<String> NAMES = List.of("version", "doctor", "completion");

    private Commands() {}

    static List<String> names() {
        return NAMES;
    }

    static Object create(String name, Session session) {
        return switch (name) {
            case "version" -> new VersionCommand(session);
            case "doctor" -> new DoctorCommand(session);
            case "completion" ->
                    new CompletionCommand(session, () -> CommandRun.assembled(session.shell()));
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }
}
