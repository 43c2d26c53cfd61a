package dev.fairlead.cli.look;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.live.EventLines;
import dev.fairlead.cli.live.EventLines.Detail;
import dev.fairlead.document.Json;
import dev.fairlead.engine.Shapes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `fairlead events`.
@Command(
        name = "events",
        description = {
            "Shows what happened in the environment, oldest first.",
            "With -o json one object per line."
        },
        footer = "  fairlead events -o json")
public final class EventsCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--follow", description = "Go on with what comes, until Ctrl-C.")
    boolean follow;

    public EventsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        var request = new Requests(session).of(null);
        var console = session.console();
        var lines =
                new EventLines(
                        console.out(),
                        console.paintOut(),
                        session.shell().zone().get(),
                        Detail.VERBOSE);
        session.engine()
                .events(
                        request,
                        follow,
                        event -> {
                            console.out()
                                    .println(
                                            session.json()
                                                    ? Json.compact(Shapes.event(event))
                                                    : lines.withEvidence(event));
                            return !console.out().checkError();
                        });
        return ExitCode.DONE;
    }
}
