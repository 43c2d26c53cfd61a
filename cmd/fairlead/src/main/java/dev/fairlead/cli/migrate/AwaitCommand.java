package dev.fairlead.cli.migrate;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Report;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.DurationFlag;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.await.AwaitResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead migrate await`.
@Command(
        name = "await",
        description = {
            "Waits until the database has exactly what the files give, by keys and checksums.",
            "Ends with 0 then, with 4 when time is over; says what it waits for. Changes nothing."
        },
        footer = "  fairlead migrate await --wait 10m --unit guestbook-db")
final class AwaitCommand implements Callable<Integer> {
    private static final int TOLD = 3;
    private static final int MOST = 20;

    private final Session session;
    @Mixin private final PlaceFlags place = new PlaceFlags();

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "5m",
            converter = DurationFlag.class,
            description = "How long (5m when not given); 0s looks once.")
    Duration wait = Duration.ofMinutes(5);

    AwaitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var at = place.open(session)) {
            var result = at.migrations().await(wait, waits -> session.say("waits: " + some(waits)));
            return switch (result) {
                case AwaitResult.Satisfied(var background) -> satisfied(at.name(), background);
                case AwaitResult.Waiting(var waits) -> waiting(at.name(), waits);
            };
        }
    }

    private int satisfied(String name, List<String> background) {
        if (session.json()) {
            session.printJson(
                    Map.of("satisfied", true, "waitsFor", List.of(), "background", background));
        } else {
            var out = session.console().out();
            out.println("the schema of " + name + " is there");
            background.forEach(one -> out.println("in the background: " + one));
        }
        return ExitCode.DONE;
    }

    private int waiting(String name, List<String> waits) {
        if (session.json()) {
            session.printJson(Map.of("satisfied", false, "waitsFor", waits));
        } else {
            Report.text(session.console(), List.of(missing(name, waits)));
        }
        return ExitCode.of(List.of(missing(name, waits)));
    }

    private static String some(List<String> waits) {
        int more = waits.size() - TOLD;
        return String.join("; ", waits.subList(0, Math.min(TOLD, waits.size())))
                + (more > 0 ? "; and %d more".formatted(more) : "");
    }

    private static Problem missing(String name, List<String> waits) {
        int more = waits.size() - MOST;
        var evidence = new ArrayList<>(waits.subList(1, Math.min(MOST, waits.size())));
        if (more > 0) {
            evidence.add("and %d more".formatted(more));
        }
        return Problem.error(
                        MigrateCode.SCHEMA_NOT_READY,
                        "the schema of %s is not there: %s".formatted(name, waits.getFirst()))
                .withEvidence(evidence)
                .withHint(
                        "`fairlead migrate plan` shows what is pending or changed, `fairlead migrate up` runs it, `fairlead migrate why` says what stands against it");
    }
}
