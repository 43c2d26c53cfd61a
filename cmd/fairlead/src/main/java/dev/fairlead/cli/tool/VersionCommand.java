package dev.fairlead.cli.tool;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `fairlead version`.
@Command(
        name = "version",
        description = "Tells which build of Fairlead this is, and the Java it runs on.",
        footer = "  fairlead version -o json")
public final class VersionCommand implements Callable<Integer> {
    private final Session session;

    public VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (session.json()) {
            Map<String, Object> shape = new LinkedHashMap<>();
            shape.put("fairlead", Version.fairlead());
            shape.put("java", Runtime.version().toString());
            shape.put("system", Version.system());
            session.printJson(shape);
        } else {
            session.console().out().println(Version.line());
        }
        return ExitCode.DONE;
    }
}
