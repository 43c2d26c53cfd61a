package dev.fairlead.deploy.slot;

import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.EnvironmentRecord.Lease;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.deploy.journal.Store.Versioned;
import dev.fairlead.deploy.slot.Claim.Checkout;
import dev.fairlead.deploy.slot.SlotPort.Activity;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.inventory.environment.EnvironmentRef;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// The slots of one environment at one target. Every change is one compare-and-swap of the ledger, so two commands at
/// once never get one number, and a killed one leaves nothing half said.
public final class Slots {
    private static final int ATTEMPTS = 200;

    private final Target target;
    private final SlotPort port;
    private final Range range;
    private final Clock clock;

    public Slots(Target target, SlotPort port, Range range, Clock clock) {
        this.target = target;
        this.port = port;
        this.range = range;
        this.clock = clock;
    }

    public Range range() {
        return range;
    }

    public EnvironmentRef ref(int number) {
        return new EnvironmentRef(range.project(), range.environment(), number);
    }

    /// What a wish led to.
    ///
    /// @param again whether it was this owner's for this purpose before
    public record Taken(Claim claim, boolean again) {}

    /// Gives out the slot that the owner has for this purpose, else the one that is named, else the lowest that is free.
    ///
    /// @throws ProblemException when there is none, or the named one is somebody else's
    public Taken take(Wish wish) {
        requireSlots(wish);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var now = now();
            var mine = now.ledger().find(wish);
            var claim = mine.isPresent() ? mine.get() : fresh(wish, now.ledger());
            var wanted = wish.keep().map(claim::kept).orElse(claim);
            if (mine.equals(Optional.of(wanted)) || set(now, now.ledger().with(wanted))) {
                touch(wanted.number(), "slots take");
                return new Taken(wanted, mine.isPresent());
            }
        }
        throw contended();
    }

    private void requireSlots(Wish wish) {
        if (range.most() == 0) {
            throw Problem.error(
                            SlotCode.NO_SLOTS,
                            "the environment \"" + range.environment() + "\" has no slots")
                    .withHint(SlotCode.NO_SLOTS.remedy())
                    .thrown();
        }
        wish.number().ifPresent(this::requireInRange);
    }

    private void requireInRange(int number) {
        if (number < 1 || number > range.most()) {
            throw Problem.error(
                            SlotCode.NO_SUCH_SLOT,
                            "the environment \"%s\" has no slot %d"
                                    .formatted(range.environment(), number))
                    .withHint("its slots are 1 to " + range.most())
                    .thrown();
        }
    }

    private Claim fresh(Wish wish, Ledger ledger) {
        wish.number()
                .flatMap(ledger::find)
                .ifPresent(other -> {
                    throw taken(other);
                });
        int number =
                wish.number().orElseGet(() -> lowestFree(ledger).orElseThrow(() -> full(ledger)));
        return new Claim(
                number,
                wish.owner(),
                wish.purpose(),
                clock.instant(),
                false,
                false,
                Optional.empty());
    }

    /// A slot that `up --slot N` made belongs to nobody, but is in use.
    private Optional<Integer> lowestFree(Ledger ledger) {
        var used = new TreeSet<>(ledger.claims().keySet());
        used.addAll(port.instances(range.environment()));
        return IntStream.rangeClosed(1, range.most())
                .boxed()
                .filter(number -> !used.contains(number))
                .findFirst();
    }

    private static ProblemException taken(Claim other) {
        return Problem.error(
                        SlotCode.SLOT_TAKEN,
                        other.leaving()
                                ? "slot " + other.number() + " is being removed"
                                : "slot %d is %s's".formatted(other.number(), other.holder()))
                .withHint(SlotCode.SLOT_TAKEN.remedy())
                .thrown();
    }

    private ProblemException full(Ledger ledger) {
        var holders =
                ledger.claims().values().stream()
                        .map(claim -> claim.number() + ": " + claim.holder())
                        .toList();
        return Problem.error(
                        SlotCode.SLOTS_FULL,
                        "all %d slots of \"%s\" are taken or in use"
                                .formatted(range.most(), range.environment()))
                .withEvidence(holders)
                .withHint(SlotCode.SLOTS_FULL.remedy())
                .thrown();
    }

    /// Makes the folder that the wish asks for, or finishes one that was not made to its end.
    public Claim checkOut(Claim claim, Optional<String> wanted) {
        var ref = wanted.or(() -> claim.checkout().map(Checkout::ref));
        if (ref.isEmpty()) {
            return claim;
        }
        boolean whole = claim.checkout().map(Checkout::whole).orElse(false);
        if (!whole) {
            change(claim.number(), known -> known.on(new Checkout(ref.get(), false)));
        }
        port.checkout(ref(claim.number()), ref.get(), !whole);
        return change(claim.number(), known -> known.on(new Checkout(ref.get(), true)));
    }

    /// Whether it is collected when it was idle for too long.
    public Claim keep(int number, boolean keep) {
        return change(number, claim -> claim.kept(keep));
    }

    /// From now on it is nobody's. A slot that nobody took is given a claim, so that a removal that is cut short is seen.
    public void leave(int number) {
        update(
                number,
                claim ->
                        claim.or(() -> Optional.of(nobodys(number)))
                                .map(known -> known.leaving(true)));
    }

    private Claim nobodys(int number) {
        return new Claim(number, "nobody", "", clock.instant(), false, true, Optional.empty());
    }

    /// Somebody else was at work there: it stays whose it was.
    public void stay(int number) {
        update(
                number,
                claim ->
                        claim.filter(known -> !known.owner().equals("nobody"))
                                .map(known -> known.leaving(false)));
    }

    /// Nothing in its folder is anybody's any more: cut short, the removal goes on without asking.
    public void abandonCheckout(int number) {
        change(
                number,
                claim ->
                        claim.on(
                                new Checkout(
                                        claim.checkout().map(Checkout::ref).orElse("-"), false)));
    }

    /// It is gone, and free.
    public void forget(int number) {
        update(number, _ -> Optional.empty());
    }

    public void touch(int number, String why) {
        port.touch(ref(number), new Activity(clock.instant(), why));
    }

    /// Every slot that is taken or in use, by number.
    public List<SlotView> list() {
        var claims = now().ledger().claims();
        var numbers = new TreeSet<>(claims.keySet());
        numbers.addAll(port.instances(range.environment()));
        return numbers.stream()
                .map(number -> view(number, Optional.ofNullable(claims.get(number))))
                .toList();
    }

    /// One of them; empty when it is neither taken nor in use.
    public Optional<SlotView> find(int number) {
        var claim = now().ledger().find(number);
        return claim.isPresent() || port.instances(range.environment()).contains(number)
                ? Optional.of(view(number, claim))
                : Optional.empty();
    }

    /// One of them.
    ///
    /// @throws ProblemException when it is neither taken nor in use
    public SlotView require(int number) {
        return find(number)
                .orElseThrow(() -> {
                    requireInRange(number);
                    return noSuchSlot(number);
                });
    }

    /// The claim of a slot, for who needs no more than that.
    public static Optional<Claim> claim(SlotPort port, EnvironmentRef ref) {
        return port.ledger(ref.name())
                .map(Versioned::record)
                .map(Ledger::read)
                .flatMap(ledger -> ledger.find(ref.slot()));
    }

    private ProblemException noSuchSlot(int number) {
        return Problem.error(
                        SlotCode.NO_SUCH_SLOT,
                        "slot %d of \"%s\" is free: nobody took it, and nothing is there"
                                .formatted(number, range.environment()))
                .withHint(SlotCode.NO_SUCH_SLOT.remedy())
                .thrown();
    }

    private SlotView view(int number, Optional<Claim> claim) {
        var ref = ref(number);
        var journal = new Journal(target.store(ref), clock, Ticker.SYSTEM);
        var record = journal.read();
        var atWork =
                record.flatMap(EnvironmentRecord::lease).filter(journal::alive).map(Lease::holder);
        var statuses =
                target.snapshot(ref).units().values().stream()
                        .map(applied -> applied.status())
                        .toList();
        var urls = new TreeMap<String, String>();
        statuses.forEach(
                status -> status.url().ifPresent(url -> urls.put(status.unit().value(), url)));
        var state =
                SlotState.of(
                        claim.filter(Claim::leaving).isPresent(),
                        record.isPresent(),
                        atWork.isPresent(),
                        statuses.stream().map(UnitStatus::state).toList());
        return new SlotView(
                ref,
                state,
                claim,
                activity(ref, claim, record),
                atWork,
                port.folder(ref),
                claim.filter(Claim::unfinished).isPresent() ? Optional.empty() : port.unsaved(ref),
                urls);
    }

    /// The latest that is known.
    private Activity activity(
            EnvironmentRef ref, Optional<Claim> claim, Optional<EnvironmentRecord> record) {
        var latest = port.activity(ref).orElse(new Activity(Instant.EPOCH, "nothing is known"));
        if (claim.isPresent() && claim.get().taken().isAfter(latest.at())) {
            latest = new Activity(claim.get().taken(), "slots take");
        }
        var execution = record.flatMap(EnvironmentRecord::execution);
        if (execution.isPresent() && !execution.get().command().equals("down")) {
            var at = execution.get().finished().orElse(execution.get().started());
            if (at.isAfter(latest.at())) {
                latest = new Activity(at, execution.get().command());
            }
        }
        return latest;
    }

    private record Now(long version, Ledger ledger) {}

    private Now now() {
        Optional<Versioned> kept = port.ledger(range.environment());
        return new Now(
                kept.map(Versioned::version).orElse(0L),
                kept.map(Versioned::record)
                        .map(Ledger::read)
                        .orElseGet(() -> new Ledger(new TreeMap<>())));
    }

    private boolean set(Now before, Ledger ledger) {
        return port.compareAndSet(range.environment(), before.version(), ledger.tree());
    }

    private Claim change(int number, UnaryOperator<Claim> change) {
        return update(number, claim -> claim.map(change)).orElseThrow(() -> noSuchSlot(number));
    }

    private Optional<Claim> update(int number, UnaryOperator<Optional<Claim>> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var now = now();
            var before = now.ledger().find(number);
            var after = change.apply(before);
            if (after.equals(before)
                    || set(
                            now,
                            after.map(now.ledger()::with)
                                    .orElseGet(() -> now.ledger().without(number)))) {
                return after;
            }
        }
        throw contended();
    }

    private ProblemException contended() {
        return Problem.error(
                        SlotCode.SLOT_TAKEN,
                        "the slots of \"%s\" were changed by others %d times in a row"
                                .formatted(range.environment(), ATTEMPTS))
                .withHint("run the command again")
                .thrown();
    }
}
