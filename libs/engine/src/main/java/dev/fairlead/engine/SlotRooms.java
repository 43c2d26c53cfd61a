package dev.fairlead.engine;

import dev.fairlead.deploy.event.EventSink;
import dev.fairlead.deploy.execute.Deployer;
import dev.fairlead.deploy.execute.Means;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.slot.Claim;
import dev.fairlead.deploy.slot.Clearing;
import dev.fairlead.deploy.slot.SlotCode;
import dev.fairlead.deploy.slot.SlotPort;
import dev.fairlead.deploy.slot.SlotPort.Activity;
import dev.fairlead.deploy.slot.Slots;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.deploy.target.Target.LogConsumer;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.engine.slot.SlotDesk;
import dev.fairlead.inventory.Choice;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.read.Roots;
import dev.fairlead.inventory.unit.UnitName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Where requests and slots meet.
final class SlotRooms {
    private static final Duration WHILE_FOLLOWED = Duration.ofMinutes(5);

    private final Rooms rooms;
    private final Means means;

    SlotRooms(Rooms rooms, Means means) {
        this.rooms = rooms;
        this.means = means;
    }

    SlotDesk desk(Request request, Turn turn, EventSink sink) {
        var stack = rooms.load(request);
        var outline = stack.outline(withoutSlot(request.choice()));
        var target = rooms.target(outline);
        var port =
                target.slots()
                        .orElseThrow(() ->
                                Problem.error(
                                                SlotCode.NO_SLOTS,
                                                "the target " + target.kind() + " has no slots yet")
                                        .withHint(SlotCode.NO_SLOTS.remedy())
                                        .thrown());
        var slots = new Slots(target, port, stack.slots(outline), means.clock());
        var clearing =
                new Clearing(
                        slots,
                        port,
                        new Clearing.Ending() {
                            @Override
                            public Outcome end(EnvironmentRef ref, boolean withData) {
                                return new Deployer(target, means).down(ref, withData, turn, sink);
                            }

                            @Override
                            public Outcome sleep(EnvironmentRef ref) {
                                return new Deployer(target, means).sleep(ref, turn, sink);
                            }
                        });
        return new SlotDesk(slots, clearing, means.clock());
    }

    private static Choice withoutSlot(Choice choice) {
        return new Choice(choice.environment(), 0, choice.target(), choice.sets());
    }

    /// See {@link Engine#settled}.
    Request settled(Request request) {
        if (request.choice().target().filter(TargetKind.KUBERNETES::equals).isPresent()) {
            return request;
        }
        Roots roots;
        try {
            roots = Roots.of(request.stack());
        } catch (ProblemException e) {
            return request; // whoever needs the file says what is wrong with it
        }
        var port = rooms.local(roots.home()).slots();
        if (port.isEmpty()) {
            return request;
        }
        var own = port.get().slotOf(roots.folder());
        if (own.isPresent()) {
            return within(request, own.get());
        }
        return request.choice().slot() == 0 || !port.get().hasFolders()
                ? request
                : toWorktree(request, roots, port.get());
    }

    /// Whoever works in a slot's folder means that slot, unless another one is named.
    private static Request within(Request request, SlotPort.Numbered slot) {
        var choice = request.choice();
        boolean named = choice.slot() != 0 || choice.environment().isPresent();
        return named
                ? request
                : with(
                        request,
                        request.stack(),
                        new Choice(
                                Optional.of(slot.environment()),
                                slot.number(),
                                choice.target(),
                                choice.sets()));
    }

    private Request toWorktree(Request request, Roots roots, SlotPort port) {
        EnvironmentRef ref;
        try {
            ref = rooms.load(request).outline(request.choice()).ref();
        } catch (ProblemException e) {
            return request;
        }
        return Slots.claim(port, ref)
                .flatMap(Claim::checkout)
                .filter(Claim.Checkout::whole)
                .flatMap(_ -> port.folder(ref))
                .map(folder -> with(request, twin(folder, roots), request.choice()))
                .orElse(request);
    }

    /// The same file in the worktree.
    private static Path twin(Path worktree, Roots roots) {
        return worktree.resolve(roots.limit().relativize(roots.folder())).resolve(roots.main());
    }

    private static Request with(Request request, Path stack, Choice choice) {
        return new Request(stack, choice, request.only(), request.skip());
    }

    /// Refuses a slot that is being removed; otherwise it is in use from now on.
    void enter(EnvironmentRef ref, Target target, String command) {
        var port = target.slots();
        if (ref.slot() == 0 || port.isEmpty()) {
            return;
        }
        if (Slots.claim(port.get(), ref).filter(Claim::leaving).isPresent()) {
            throw Problem.error(SlotCode.SLOT_LEAVING, "slot " + ref.slot() + " is being removed")
                    .withHint(SlotCode.SLOT_LEAVING.remedy())
                    .thrown();
        }
        touch(port.get(), ref, command);
    }

    void touch(Located found, String why) {
        found.target().slots().ifPresent(port -> touch(port, found.ref(), why));
    }

    private void touch(SlotPort port, EnvironmentRef ref, String why) {
        if (ref.slot() > 0) {
            port.touch(ref, new Activity(means.clock().instant(), why));
        }
    }

    /// Output that somebody follows is a slot that somebody uses.
    LogConsumer followed(Located found, LogConsumer consumer) {
        touch(found, "logs -f");
        return new LogConsumer() {
            private Deadline next = Deadline.in(WHILE_FOLLOWED, means.ticker());

            @Override
            public boolean line(UnitName unit, String line) {
                seen();
                return consumer.line(unit, line);
            }

            @Override
            public boolean waits() {
                seen();
                return consumer.waits();
            }

            private void seen() {
                if (next.passed()) {
                    touch(found, "logs -f");
                    next = Deadline.in(WHILE_FOLLOWED, means.ticker());
                }
            }
        };
    }
}
