package dev.fairlead.cli.migrate;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Session;
import dev.fairlead.engine.schema.MigrationShapes;
import dev.fairlead.engine.schema.StatusLines;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead migrate status`.
@Command(
        name = "status",
        description = {
            "What has run and when, what is pending, what was changed or is unknown here.",
            "Reads only."
        },
        footer = "  fairlead migrate status --unit guestbook-db -o json")
final class MigrateStatusCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final PlaceFlags place = new PlaceFlags();

    @Option(names = "--exit-code", description = "End with 2 when something is pending or wrong.")
    boolean exitCode;

    MigrateStatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var at = place.open(session)) {
            var migrations = at.migrations();
            var status = MigrationShapes.sorted(migrations.status());
            if (session.json()) {
                session.printJson(status);
            } else {
                StatusLines.of(status).forEach(session.console().out()::println);
            }
            return exitCode && StatusLines.differs(status) ? ExitCode.DIFFERENCES : ExitCode.DONE;
        }
    }
}
