package dev.fairlead.cli.migrate;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Report;
import dev.fairlead.cli.Session;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `fairlead migrate verify`.
@Command(
        name = "verify",
        description = {
            "Whether the history is as it was written: each row is chained to the one before.",
            "Prints the hash of its head; whoever keeps it elsewhere finds a history rewritten as a whole."
        },
        footer = "  fairlead migrate verify --unit guestbook-db")
final class VerifyCommand implements Callable<Integer> {
    private static final String HINT =
            "find out who did it and why (a backup, or the hash of an earlier verify, tells what it was); `fairlead migrate repair --chain --reason …` makes the rows as they are the valid ones";

    private final Session session;
    @Mixin private final PlaceFlags place = new PlaceFlags();

    VerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var at = place.open(session)) {
            var verified = at.migrations().verify();
            var problems =
                    verified.broken().stream()
                            .map(what ->
                                    Problem.error(
                                                    MigrateCode.HISTORY_BROKEN,
                                                    what + " since it was written, in " + at.name())
                                            .withHint(HINT))
                            .toList();
            if (session.json()) {
                var shape = new LinkedHashMap<String, Object>();
                shape.put("rows", verified.rows());
                shape.put("hash", verified.hash());
                shape.put("broken", verified.broken());
                session.printJson(shape);
            } else {
                Report.text(session.console(), List.copyOf(problems));
                if (verified.intact()) {
                    session.console()
                            .out()
                            .println(
                                    "%d rows, as they were written; head %s"
                                            .formatted(verified.rows(), verified.hash()));
                }
            }
            return ExitCode.of(List.copyOf(problems));
        }
    }
}
