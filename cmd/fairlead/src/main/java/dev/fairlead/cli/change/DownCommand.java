package dev.fairlead.cli.change;

import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.StackArgument;
import dev.fairlead.cli.flag.TurnOptions;
import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.target.Target.Left;
import dev.fairlead.diagnostic.Wrapped;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead down`.
@Command(
        name = "down",
        description = {
            "Stops every unit in reverse order and says what it leaves.",
            "Works without a readable services.yaml."
        },
        footer = "  fairlead down --volumes")
public final class DownCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();
    @Mixin private final TurnOptions turn = new TurnOptions();

    @Option(
            names = "--volumes",
            description = "Remove the data of the units too: databases, files.")
    boolean volumes;

    public DownCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = new Requests(session).of(argument.stack());
        if (new Protection(session).covers(request)) {
            session.confirm(
                    volumes
                            ? "This environment is protected. Stop every unit and remove its data?"
                            : "This environment is protected. Stop every unit?");
        }
        var execution = new Execution(session);
        var ends = new TreeMap<String, SortedSet<UnitName>>();
        var outcome =
                execution.watchedRemoval(sink ->
                        session.engine()
                                .down(
                                        request,
                                        volumes,
                                        turn.turn(),
                                        event -> {
                                            sink.event(event);
                                            note(event, ends);
                                        }));
        var left = left(session.engine().left(request));
        if (outcome instanceof Outcome.Ready && !session.json()) {
            var out = session.console().out();
            if (ends.isEmpty()) {
                out.println("nothing was running");
            }
            var wrapped = new Wrapped(session.console().resultColumns(), "  ");
            ends.forEach((end, units) ->
                    out.println(wrapped.of(end + ": " + Outcome.names(units), 0)));
            out.println(wrapped.of("left: " + left, 0));
        }
        return execution.ended(outcome, Map.of("left", left));
    }

    /// The units by what was done with them, in the words of the events.
    private static void note(Event event, Map<String, SortedSet<UnitName>> ends) {
        if (event.kind() == Event.Kind.STOPPED) {
            event.unit()
                    .ifPresent(unit ->
                            ends.computeIfAbsent(event.what(), _ -> new TreeSet<>()).add(unit));
        }
    }

    private static String left(Left left) {
        if (left.data().isEmpty() && left.state().isEmpty()) {
            return "nothing";
        }
        var things = new ArrayList<>(left.data());
        things.addAll(left.state());
        return (left.folder().isEmpty() ? "" : left.folder() + " with ")
                + String.join(", ", things)
                + (left.data().isEmpty() ? "" : "; `fairlead down --volumes` removes the data too");
    }
}
