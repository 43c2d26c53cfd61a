package dev.fairlead.cli.tool;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Session;
import dev.fairlead.inventory.Stack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `fairlead schema`.
@Command(
        name = "schema",
        description = {
            "Prints the JSON Schema of services.yaml, which editors complete and check with:",
            "# yaml-language-server: $schema=services.schema.json"
        },
        footer = "  fairlead schema > services.schema.json")
public final class SchemaCommand implements Callable<Integer> {
    private final Session session;

    public SchemaCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.console().out().println(Stack.jsonSchema().stripTrailing());
        return ExitCode.DONE;
    }
}
