package dev.fairlead.cli.slots;

import dev.fairlead.cli.Report;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Interrupts;
import dev.fairlead.cli.text.StatusText;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.slot.SlotView;
import dev.fairlead.engine.ApplyOptions;
import dev.fairlead.engine.Request;
import dev.fairlead.inventory.Choice;
import java.util.Optional;

/// Brings a slot up as its stack says, from wherever its files are.
record Bringing(Session session) {
    /// @param command the word in the journal
    Outcome up(Request request, SlotView slot, String command) {
        var engine = session.engine();
        var planned = engine.plan(of(request, slot));
        Report.text(session.console(), planned.warnings());
        planned.remarks().forEach(remark -> session.say("note: " + remark));
        if (planned.guarded() && !planned.plan().isEmpty()) {
            session.confirm("This environment is protected. Bring the slot up?");
        }
        var worker = Thread.currentThread();
        try (var _ = Interrupts.handledBy(worker::interrupt);
                var display = session.display(false)) {
            if (!planned.plan().isEmpty()) {
                display.planned(planned.plan());
            }
            var options = new ApplyOptions(command, Turn.AT_ONCE, false);
            return engine.apply(planned, options, display::event);
        } finally {
            var _ = Thread.interrupted();
        }
    }

    private Request of(Request request, SlotView slot) {
        var choice = request.choice();
        return session.engine()
                .settled(
                        new Request(
                                request.stack(),
                                new Choice(
                                        Optional.of(slot.ref().name()),
                                        slot.number(),
                                        choice.target(),
                                        choice.sets()),
                                request.only(),
                                request.skip()));
    }

    void report(Outcome outcome, Request request, SlotView slot) {
        Report.text(session.console(), outcome.problems());
        if (outcome instanceof Outcome.Ready) {
            var text = new StatusText(session.console().paintOut(), session.now(), 80);
            var report = session.engine().status(of(request, slot));
            session.console().out().print(text.addresses(report));
        }
    }
}
