package dev.fairlead.cli.migrate;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.OutFiles;
import dev.fairlead.migrate.build.Harness;
import dev.fairlead.migrate.plan.Names;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fairlead migrate build`.
@Command(
        name = "build",
        description = {
            "One migration as a script for psql, for people who may not run this command: the same lock, checks,",
            "steps and rows of the history. The same migration gives the same bytes. Needs no database."
        },
        footer = "  fairlead migrate build shop.sql.3 --source migrations --out change.sql")
final class BuildCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final PlaceFlags place = new PlaceFlags();

    @Parameters(paramLabel = "KEY", description = "A key, KEY@VERSION, or a goose file's number.")
    String key = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write it; to standard output when not given.")
    @Nullable Path out;

    BuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var at = place.open(session)) {
            var files = at.files();
            var script = Harness.script(files, Names.require(files, key));
            var file = out;
            if (file != null) {
                new OutFiles(session, "--out").write(file, script);
                session.say("Written to " + file + "; psql runs it: `psql URL -f " + file + "`.");
            } else if (session.json()) {
                session.printJson(Map.of("script", script));
            } else {
                session.console().out().print(script);
                session.console().out().flush();
            }
            return ExitCode.DONE;
        }
    }
}
