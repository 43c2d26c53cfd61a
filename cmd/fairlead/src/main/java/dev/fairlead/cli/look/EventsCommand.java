package dev.fairlead.cli.look;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Unread;
import dev.fairlead.cli.live.EventLines;
import dev.fairlead.cli.live.EventLines.Detail;
import dev.fairlead.deploy.event.Event;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Json;
import dev.fairlead.engine.Request;
import dev.fairlead.engine.Shapes;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
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
        Predicate<Event> show =
                event -> {
                    console.out()
                            .println(
                                    session.json()
                                            ? Json.compact(Shapes.event(event))
                                            : lines.withEvidence(event));
                    return !console.out().checkError();
                };
        if (follow) {
            follow(request, show);
        } else {
            session.engine().events(request, false, show);
        }
        return ExitCode.DONE;
    }

    private void follow(Request request, Predicate<Event> show) throws InterruptedException {
        try (var unread = Unread.output()) {
            try {
                session.engine().events(request, true, show);
            } catch (InterruptedException | ProblemException e) {
                if (!unread.noticed()) {
                    throw e;
                }
            }
        }
    }
}
