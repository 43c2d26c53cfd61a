package dev.fairlead.cli.change;

import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Interrupts;
import dev.fairlead.cli.console.Unread;
import dev.fairlead.cli.live.EventLines;
import dev.fairlead.cli.live.EventLines.Detail;
import dev.fairlead.cli.text.LogLines;
import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.explain.EnvironmentReport;
import dev.fairlead.deploy.explain.UnitReport;
import dev.fairlead.deploy.target.Target.LogRequest;
import dev.fairlead.engine.Request;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/// What `up` does after everything is ready: shows the output of the units and what happens to them, until Ctrl-C.
final class Following {
    /// What shall become of the units.
    enum End {
        LEFT,
        STOP,
        /// Somebody else stopped them, or they ended: there is nothing to follow any more.
        GONE
    }

    private enum Ended {
        BY_PERSON,
        BY_SIGNAL,
        NOTHING_LEFT
    }

    private final Session session;
    private final Request request;
    private final List<UnitReport> units;
    private final Instant began;

    private final LinkedBlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

    Following(Session session, Request request, EnvironmentReport report) {
        this.session = session;
        this.request = request;
        this.units = report.units();
        this.began = session.now();
    }

    /// Follows until Ctrl-C, or until there is nothing to follow any more because somebody else stopped the units.
    End untilTheEnd() throws InterruptedException {
        if (session.console().terminal().isPresent()) {
            session.say("Following the output; Ctrl-C ends that.");
        }
        Thread logs;
        Thread events;
        Ended end;
        try (var _ =
                        Interrupts.handledBy(
                                () -> ended.add(Ended.BY_PERSON),
                                () -> ended.add(Ended.BY_SIGNAL));
                var _ = Unread.progress(() -> ended.add(Ended.BY_SIGNAL))) {
            logs = Thread.ofVirtual().name("logs").start(this::logs);
            events = Thread.ofVirtual().name("events").start(this::events);
            end = ended.take();
        }
        logs.interrupt();
        events.interrupt();
        return switch (end) {
            case BY_PERSON -> ask();
            case BY_SIGNAL -> End.LEFT;
            case NOTHING_LEFT -> End.GONE;
        };
    }

    /// The answer is read on another thread: a second Ctrl-C is an answer too, and nothing can interrupt the reading.
    private End ask() throws InterruptedException {
        var answers = new LinkedBlockingQueue<End>();
        try (var _ = Interrupts.handledBy(() -> answers.add(End.LEFT))) {
            Thread.ofPlatform()
                    .daemon()
                    .name("answer")
                    .start(() ->
                            answers.add(
                                    session.ask("\nStop the units, or leave them running? [s/L] ")
                                            .filter(answer -> answer.startsWith("s"))
                                            .map(_ -> End.STOP)
                                            .orElse(End.LEFT)));
            return answers.take();
        }
    }

    private void logs() {
        var console = session.console();
        var lines =
                new LogLines(
                        console.err(),
                        console.paintErr(),
                        console.terminal().isPresent(),
                        units.stream().map(UnitReport::name).toList());
        try {
            boolean nothingLeft =
                    session.engine().logs(request, new LogRequest(List.of(), 0, true), lines::line);
            ended.add(nothingLeft ? Ended.NOTHING_LEFT : Ended.BY_SIGNAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void events() {
        var console = session.console();
        var lines =
                new EventLines(
                        console.err(),
                        console.paintErr(),
                        session.shell().zone().get(),
                        Detail.VERBOSE);
        try {
            session.engine().events(request, true, event -> show(lines, event));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean show(EventLines lines, Event event) {
        if (event.time().isAfter(began)) {
            lines.event(event);
        }
        return true;
    }
}
