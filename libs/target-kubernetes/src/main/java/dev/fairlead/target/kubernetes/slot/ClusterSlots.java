package dev.fairlead.target.kubernetes.slot;

import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.deploy.journal.Store;
import dev.fairlead.deploy.journal.Store.Versioned;
import dev.fairlead.deploy.slot.Claim;
import dev.fairlead.deploy.slot.SlotCode;
import dev.fairlead.deploy.slot.SlotPort;
import dev.fairlead.deploy.slot.Slots;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.inventory.cluster.Cleanup;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Homes;
import dev.fairlead.target.kubernetes.home.Inventory;
import dev.fairlead.target.kubernetes.home.Kept;
import dev.fairlead.target.kubernetes.home.Namespace;
import dev.fairlead.target.kubernetes.home.State;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The slots of one environment: a namespace each.
public final class ClusterSlots implements SlotPort {
    /// A label or an annotation of a namespace that keeps its slot.
    public static final String KEEP = "fairlead.dev/keep";

    private static final String ACTIVITY = "fairlead.dev/last-activity";
    private static final String WHY = "fairlead.dev/last-activity-why";
    private static final String OWNER = "fairlead.dev/owner";
    private static final String PURPOSE = "fairlead.dev/purpose";
    private static final String SLEEPS = "fairlead.dev/sleeps-at";
    private static final String DELETES = "fairlead.dev/deletes-at";

    private final Homes homes;
    private final Cleanup cleanup;
    private final Function<EnvironmentRef, Store> stores;

    public ClusterSlots(Homes homes, Cleanup cleanup, Function<EnvironmentRef, Store> stores) {
        this.homes = homes;
        this.cleanup = cleanup;
        this.stores = stores;
    }

    private LedgerMap ledger() {
        return new LedgerMap(homes.shared());
    }

    @Override
    public Optional<Versioned> ledger(String environment) {
        return ledger().read();
    }

    @Override
    public boolean compareAndSet(String environment, long expected, Map<String, Object> ledger) {
        return ledger().compareAndSet(expected, ledger);
    }

    /// The slots whose namespaces are there.
    @Override
    public SortedSet<Integer> instances(String environment) {
        var numbers = new TreeSet<Integer>();
        for (var namespace : namespaces()) {
            Trees.text(namespace, "metadata", "labels", Namespace.SLOT)
                    .filter(text -> text.matches("[1-9]\\d{0,8}"))
                    .map(Integer::valueOf)
                    .filter(slot -> livesIn(namespace, slot))
                    .ifPresent(numbers::add);
        }
        return numbers;
    }

    /// Somebody else may run a stack of that name, in namespaces of other names.
    private boolean livesIn(Map<String, Object> namespace, int slot) {
        var said = Optional.ofNullable(homes.namespaces().get(slot));
        return said.isEmpty() || said.equals(Trees.text(namespace, "metadata", "name"));
    }

    /// Whoever may not list namespaces looks at those that the stack names.
    private List<Map<String, Object>> namespaces() {
        try {
            return homes.marked(Namespace.selector(homes.base()));
        } catch (ProblemException e) {
            if (e.problems().getFirst().code() != KubernetesCode.RIGHT_MISSING) {
                throw e;
            }
        }
        return homes.namespaces().keySet().stream()
                .map(slot ->
                        homes.of(
                                new EnvironmentRef(
                                        homes.base().project(), homes.base().name(), slot)))
                .flatMap(home -> Namespace.look(home).stream())
                .filter(tree -> Namespace.isOf(tree, homes.base()))
                .toList();
    }

    @Override
    public Optional<Activity> activity(EnvironmentRef ref) {
        return Namespace.look(homes.of(ref))
                .flatMap(tree ->
                        annotation(tree, ACTIVITY)
                                .flatMap(ClusterSlots::instant)
                                .map(at -> new Activity(at, annotation(tree, WHY).orElse("-"))));
    }

    private static Optional<String> annotation(Map<String, Object> tree, String name) {
        return Trees.text(tree, "metadata", "annotations", name);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty(); // somebody wrote it by hand
        }
    }

    /// On the namespace, for people too: who, what, since when, until when.
    @Override
    public void touch(EnvironmentRef ref, Activity activity) {
        var home = homes.of(ref);
        if (Namespace.look(home).filter(tree -> !Namespace.isTerminating(tree)).isEmpty()) {
            return; // nothing is there yet: the claim says since when it is taken
        }
        var claim = Slots.claim(this, ref);
        var at = activity.at().truncatedTo(ChronoUnit.MILLIS);
        boolean kept = claim.filter(Claim::keep).isPresent();
        var annotations = new LinkedHashMap<String, @Nullable Object>();
        annotations.put(ACTIVITY, at.toString());
        annotations.put(WHY, activity.why());
        annotations.put(OWNER, claim.map(Claim::owner).orElse(null));
        annotations.put(
                PURPOSE, claim.map(Claim::purpose).filter(text -> !text.isEmpty()).orElse(null));
        annotations.put(
                SLEEPS, cleanup.sleepAfter().map(after -> at.plus(after).toString()).orElse(null));
        annotations.put(
                DELETES, kept ? "never: it is kept" : at.plus(cleanup.idleTtl()).toString());
        Namespace.annotate(home, annotations);
    }

    @Override
    public Optional<String> kept(EnvironmentRef ref) {
        return Namespace.look(homes.of(ref)).flatMap(this::keeper);
    }

    private Optional<String> keeper(Map<String, Object> tree) {
        var labels = Trees.map(tree, "metadata", "labels");
        var said = cleanup.keepLabel().filter(labels::containsKey).map(name -> "the label " + name);
        return said.or(() -> says(labels).map(_ -> "the label " + KEEP))
                .or(() ->
                        says(Trees.map(tree, "metadata", "annotations"))
                                .map(_ -> "the annotation " + KEEP));
    }

    private static Optional<Object> says(Map<String, Object> notes) {
        return Optional.ofNullable(notes.get(KEEP)).filter(value -> !"false".equals(value));
    }

    /// The namespace with everything in it, and waits until it is gone; of one that somebody else made, only what Fairlead
    /// keeps there.
    @Override
    public boolean dissolve(EnvironmentRef ref) {
        var home = homes.of(ref);
        var found = Namespace.look(home);
        if (found.isEmpty()) {
            return true;
        }
        if (!Namespace.isTerminating(found.get())) {
            if (isUsed(home, ref)) {
                return false;
            }
            if (!Namespace.isOurs(found.get()) || Namespace.isShared(home)) {
                new Kept(home).remove();
                return true;
            }
            Namespace.remove(home);
        }
        new Leaving(home, homes.cluster().settings().ticker()).await();
        return true;
    }

    private boolean isUsed(Home home, EnvironmentRef ref) {
        var settings = homes.cluster().settings();
        var journal = new Journal(stores.apply(ref), settings.clock(), settings.ticker());
        boolean atWork =
                journal.read().flatMap(EnvironmentRecord::lease).filter(journal::alive).isPresent();
        return atWork || !Inventory.of(State.read(home).maps()).isEmpty();
    }

    @Override
    public Path checkout(EnvironmentRef ref, String branch, boolean anew) {
        throw Problem.error(SlotCode.NO_WORKTREE, "a slot on a cluster has no folder of its own")
                .withHint(SlotCode.NO_WORKTREE.remedy())
                .thrown();
    }

    @Override
    public Optional<Path> folder(EnvironmentRef ref) {
        return Optional.empty();
    }

    @Override
    public boolean hasFolders() {
        return false;
    }

    @Override
    public Optional<Numbered> slotOf(Path path) {
        return Optional.empty();
    }

    @Override
    public Optional<String> unsaved(EnvironmentRef ref) {
        return Optional.empty();
    }

    @Override
    public void dropCheckout(EnvironmentRef ref) {}
}
