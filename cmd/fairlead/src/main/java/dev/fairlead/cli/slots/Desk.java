package dev.fairlead.cli.slots;

import dev.fairlead.cli.Report;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Interrupts;
import dev.fairlead.deploy.event.EventSink;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.engine.Request;
import dev.fairlead.engine.slot.SlotDesk;
import dev.fairlead.engine.slot.SlotShapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/// What the commands of `slots` have in common: the desk, and work that a person watches and may end.
record Desk(Session session) {
    Request request() {
        return new Requests(session).of(null);
    }

    /// Work on several slots, one after the other, told as it goes.
    <T> T watched(Request request, Turn turn, Function<SlotDesk, T> work) {
        var worker = Thread.currentThread();
        try (var _ = Interrupts.handledBy(worker::interrupt);
                var display = session.display(true)) {
            EventSink sink = display::event;
            return work.apply(session.engine().slots(request, turn, sink));
        } finally {
            var _ = Thread.interrupted();
        }
    }

    /// The same for each slot that is named, until one does not end well.
    ///
    /// @param verb what is done, and what a slot is then: `released`
    int each(Request request, List<Integer> numbers, Turn turn, Verb verb) {
        var ends = new ArrayList<Map<String, Object>>();
        int exit = 0;
        for (int number : numbers) {
            var outcome = watched(request, turn, desk -> verb.with(desk).apply(number));
            exit = outcome.exitCode();
            ends.add(SlotShapes.ended(number, outcome));
            if (!session.json()) {
                Report.text(session.console(), outcome.problems());
            }
            if (!(outcome instanceof Outcome.Ready)) {
                break;
            }
            if (!session.json()) {
                session.console().out().println("slot " + number + ": " + verb.done());
            }
        }
        if (session.json()) {
            session.printJson(Map.of("slots", ends));
        }
        return exit;
    }

    /// What is done with a slot.
    interface Verb {
        IntFunction<Outcome> with(SlotDesk desk);

        String done();
    }

    static Verb verb(String done, Function<SlotDesk, IntFunction<Outcome>> work) {
        return new Verb() {
            @Override
            public IntFunction<Outcome> with(SlotDesk desk) {
                return work.apply(desk);
            }

            @Override
            public String done() {
                return done;
            }
        };
    }
}
