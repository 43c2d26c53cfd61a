package dev.fairlead.engine;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.EventSink;
import dev.fairlead.deploy.execute.Departure;
import dev.fairlead.deploy.execute.Deployer;
import dev.fairlead.deploy.execute.Means;
import dev.fairlead.deploy.execute.Order;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.execute.Prepared;
import dev.fairlead.deploy.explain.EnvironmentReport;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.kind.UnitKind;
import dev.fairlead.deploy.plan.PlanDifference;
import dev.fairlead.deploy.render.MatchedFiles;
import dev.fairlead.deploy.render.Renderer;
import dev.fairlead.deploy.target.Target.Left;
import dev.fairlead.deploy.target.Target.LogConsumer;
import dev.fairlead.deploy.target.Target.LogRequest;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.engine.image.Making;
import dev.fairlead.engine.image.UsedImages;
import dev.fairlead.engine.schema.MigrationFiles;
import dev.fairlead.engine.schema.MigrationsKind;
import dev.fairlead.engine.schema.Workplace;
import dev.fairlead.engine.schema.Workplaces;
import dev.fairlead.engine.slot.SlotDesk;
import dev.fairlead.engine.sync.Syncing;
import dev.fairlead.inventory.environment.Origin;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution.DigestKey;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// Everything that can be done with a stack. User mistakes and failing surroundings are {@link
/// dev.fairlead.diagnostic.ProblemException}s; how an execution ended is an {@link Outcome}. An interrupt of the calling
/// thread ends `apply`, `down` and `restart` in {@link Outcome.Interrupted}, with a journal that the next run goes on from.
public final class Engine implements AutoCloseable {
    private static final int KEY_BYTES = 32;

    private final Rooms rooms;
    private final SlotRooms slots;
    private final Means means;
    private final MigrationFiles files;

    Engine(Neighbours neighbours, Means means, MigrationFiles files) {
        this.rooms = new Rooms(neighbours);
        this.slots = new SlotRooms(rooms, means);
        this.means = means;
        this.files = files;
    }

    /// The engine of this process.
    public static Engine create(Surroundings surroundings) {
        var files = new MigrationFiles(surroundings.variables());
        var kinds = List.<UnitKind>of(new MigrationsKind(files, surroundings.caller()));
        var means =
                new Means(
                        surroundings.clock(),
                        Ticker.SYSTEM,
                        new Renderer(new MatchedFiles(), kinds),
                        kinds,
                        () -> {
                            var key = new byte[KEY_BYTES];
                            // Made here: it loads every security provider, and a key is made once.
                            new SecureRandom().nextBytes(key);
                            return new DigestKey(key);
                        });
        return new Engine(new Wiring(surroundings), means, files);
    }

    /// The request as slots understand it: inside the worktree of a slot that slot is meant, and a slot that has a worktree
    /// is worked on there.
    public Request settled(Request request) {
        return slots.settled(request);
    }

    /// The slots of the environment.
    ///
    /// @param turn what to do when somebody is at work on a slot that shall end
    public SlotDesk slots(Request request, Turn turn, EventSink sink) {
        return slots.desk(request, turn, sink);
    }

    /// Notes that somebody uses the environment, so that its slot does not count as idle.
    public void touch(Request request, String why) {
        slots.touch(rooms.locate(request), why);
    }

    /// Every problem of the stack for this environment; never throws for a user's mistake.
    public Checked validate(Request request) {
        return new Offline(rooms, means, files).validate(request);
    }

    /// Objects and processes as they would be sent.
    ///
    /// @param revealSecrets show secrets' values instead of `${secret:name}`
    public RenderedEnvironment render(Request request, boolean revealSecrets) {
        return new Offline(rooms, means, files).render(request, revealSecrets);
    }

    /// Builds the images of an environment, or of some of its units; deploys nothing and asks no target.
    ///
    /// @param units all where none is named
    /// @param progress the name of an image, and one line
    public List<Making.Made> build(
            Request request,
            Collection<UnitName> units,
            Making making,
            BiConsumer<String, String> progress)
            throws InterruptedException {
        var environment = new Offline(rooms, means, files).environment(request);
        var outline = environment.outline();
        if (outline.target() == TargetKind.LOCAL) {
            throw Problem.error(
                            EngineCode.NO_IMAGES,
                            "the environment %s is on local: its units run without images"
                                    .formatted(outline.ref()))
                    .withHint(EngineCode.NO_IMAGES.remedy())
                    .thrown();
        }
        var problems = new Problems();
        Pipeline.checkKnown(units, environment.units().keySet(), problems);
        problems.throwIfErrors();
        var maker = rooms.images(outline);
        var used =
                UsedImages.of(
                        environment, units.isEmpty() ? environment.units().keySet() : units, maker);
        return making.of(used, maker, outline.limits().parallelism(), progress);
    }

    /// The database and the files of a migrations unit; the caller closes it.
    ///
    /// @param unit where none is named the environment must have exactly one
    public Workplace migrations(Request request, Optional<UnitName> unit) {
        var stack = rooms.load(request);
        var outline = stack.outline(request.choice());
        var target = rooms.target(outline);
        var environment = stack.evaluate(outline, target.resolve(outline));
        return Workplaces.find(environment, target, files, unit);
    }

    /// Where the value of a key comes from, or those of all keys below it.
    ///
    /// @param key a unit's name and a path in it (`api.run.env.PORT`), or a path in `spec` (`vars.title`)
    public List<Origin> origins(Request request, String key) {
        return new Offline(rooms, means, files).origins(request, key);
    }

    /// What would change, and why. Writes nothing.
    public Planned plan(Request request) {
        var stack = rooms.load(request);
        var outline = stack.outline(request.choice());
        var pipeline =
                new Pipeline(
                        request,
                        stack,
                        outline,
                        rooms.target(outline),
                        means.with(rooms.images(outline)));
        return new Planned(
                request,
                pipeline.prepare(),
                stack.warnings(),
                Elsewhere.notes(request.stack(), outline));
    }

    /// The plan as a file for review.
    public SavedPlan save(Planned planned) {
        return SavedPlan.of(planned, newestRevision(planned));
    }

    /// Makes the environment be what was planned.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException with {@link Planned#refusals}, before anything is done
    public Outcome apply(Planned planned, ApplyOptions options, EventSink sink) {
        var refusals = planned.refusals();
        if (!refusals.isEmpty()) {
            throw new ProblemException(refusals);
        }
        var prepared = planned.prepared();
        var target = rooms.target(prepared.environment().outline());
        var steps =
                prepared.plan().objects().steps().values().stream().flatMap(List::stream).toList();
        if (!steps.isEmpty()) {
            var lacks = target.lacks(planned.environment(), steps);
            if (!lacks.isEmpty()) {
                throw new ProblemException(lacks);
            }
        }
        slots.enter(prepared.environment().outline().ref(), target, options.command());
        rooms.keep(prepared.environment().outline());
        var with =
                planned.way()
                        .map(way -> way.means(means))
                        .orElseGet(
                                () -> means.with(rooms.images(prepared.environment().outline())));
        return new WithCheckout(target, prepared.environment().outline(), means.clock(), sink)
                .around(events -> deployed(planned, options, new Deployer(target, with), events));
    }

    private Outcome deployed(
            Planned planned, ApplyOptions options, Deployer deployer, EventSink sink) {
        return deployer.apply(
                planned.prepared(),
                new Order(options.command(), options.turn(), options.strict(), planned.returnsTo()),
                () -> again(planned),
                sink);
    }

    /// The checkout in the workspace of an environment on Kubernetes.
    public Syncing syncing(Request request) {
        var outline = rooms.load(request).outline(request.choice());
        if (!Syncing.isFor(outline)) {
            throw Problem.error(
                            EngineCode.NO_WORKSPACE,
                            "no pod of %s runs on a workspace".formatted(outline.ref()))
                    .withHint(
                            outline.target() == TargetKind.LOCAL
                                    ? "on local the folder of the stack is the workspace"
                                    : EngineCode.NO_WORKSPACE.remedy())
                    .thrown();
        }
        return new Syncing(rooms.target(outline), outline);
    }

    private long newestRevision(Planned planned) {
        var outline = planned.prepared().environment().outline();
        var store = rooms.target(outline).store(outline.ref());
        return new Journal(store, means.clock(), means.ticker())
                .read()
                .map(EnvironmentRecord::revision)
                .orElse(0L);
    }

    private Prepared again(Planned planned) {
        return planned.way()
                .map(way -> way.prepare(means))
                .orElseGet(() -> plan(planned.request()).prepared());
    }

    /// The life of an environment: its past and the way back, what differs, what is left over.
    public Life life() {
        return new Life(rooms, means, this);
    }

    /// Applies a saved plan if planning again gives the same; otherwise the outcome is {@link Outcome.Stale}.
    ///
    /// @param planned the plan that was made again from {@link SavedPlan#request}
    public Outcome apply(SavedPlan saved, Planned planned, Turn turn, EventSink sink) {
        var now = planned.plan();
        if (!saved.hash().equals(now.hash())) {
            var differences = new ArrayList<>(PlanDifference.between(saved.side(), planned.side()));
            long newest = newestRevision(planned);
            if (newest != saved.revision()) {
                differences.add(
                        "revision %d was the newest, %d is now"
                                .formatted(saved.revision(), newest));
            }
            return new Outcome.Stale(saved.hash(), now.hash(), differences);
        }
        return apply(planned, new ApplyOptions("apply", turn, true), sink);
    }

    /// Ends every unit, in reverse order, or the part that the request names. Works without a readable services.yaml.
    ///
    /// @param volumes the data of the units go too
    public Outcome down(Request request, boolean volumes, Turn turn, EventSink sink) {
        var found = rooms.locate(request);
        var departure =
                new Departure(
                        "down",
                        new Parts(request).leaving(found, means),
                        new TreeMap<>(),
                        volumes,
                        Optional.empty());
        return new Deployer(found.target(), means).remove(found.ref(), departure, turn, sink);
    }

    /// What stays of the environment when it is down.
    public Left left(Request request) {
        var found = rooms.locate(request);
        return found.target().left(found.ref());
    }

    /// Starts one unit anew, with what the stack says now.
    public Outcome restart(Request request, UnitName unit, Turn turn, EventSink sink) {
        var whole =
                new Request(request.stack(), request.choice(), new TreeSet<>(), new TreeSet<>());
        var planned = plan(whole);
        var problems = new Problems();
        Pipeline.checkKnown(List.of(unit), planned.prepared().desired().units().keySet(), problems);
        problems.throwIfErrors();
        var target = rooms.target(planned.prepared().environment().outline());
        slots.enter(planned.environment(), target, "restart");
        return new Deployer(target, means)
                .restart(
                        planned.prepared(),
                        unit,
                        new Order("restart", turn, false),
                        () -> plan(whole).prepared(),
                        sink);
    }

    /// How the environment is now. Needs neither a readable services.yaml nor a secret.
    public EnvironmentReport status(Request request) {
        return new Look(rooms.locate(request), means).report(request);
    }

    /// How the environment is right after this plan was applied, as far as it was planned.
    public EnvironmentReport status(Planned planned) {
        var outline = planned.prepared().environment().outline();
        var found =
                new Located(
                        outline.ref(),
                        rooms.target(outline),
                        places(outline),
                        Pipeline.leftOut(outline),
                        planned.remarks());
        return new Look(found, means).afterExecution().of(planned.request()::shows);
    }

    private static SortedMap<UnitName, Place> places(Outline outline) {
        var places = new TreeMap<UnitName, Place>();
        outline.units().forEach((name, part) -> places.put(name, part.place()));
        return places;
    }

    /// Why a unit, or everything that is not ready, is not ready.
    public Explained explain(Request request, Optional<UnitName> unit) {
        return new Look(rooms.locate(request), means)
                .explain(request, unit, () -> obstacle(request));
    }

    /// The first thing that stands against applying the stack as it is now. Of a cluster nothing more is asked for it.
    private Optional<Problem> obstacle(Request request) {
        try {
            var outline = rooms.load(request).outline(request.choice());
            return outline.target() == TargetKind.LOCAL
                    ? plan(request).refusals().stream().findFirst()
                    : Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problems().getFirst());
        }
    }

    /// The output of units, masked; also of those that were removed, as long as it is there. With `follow` also what comes, until interrupted, the consumer answers false, or nothing
    /// is left that can write.
    ///
    /// @return whether it ended because nothing is left that can write
    public boolean logs(Request request, LogRequest wanted, LogConsumer consumer)
            throws InterruptedException {
        var found = rooms.locate(request);
        var units = new Look(found, means).wanted(request, wanted.units());
        if (units.isEmpty() && !request.named().isEmpty()) {
            return true; // none would mean all, and all of them are left out
        }
        var followed = wanted.follow() ? slots.followed(found, consumer) : consumer;
        var writers = new Writers(found, means, units, followed);
        var those = new LogRequest(units, wanted.lines(), wanted.follow(), wanted.previous());
        found.target().logs(found.ref(), those, writers);
        return !writers.left();
    }

    /// What happened, oldest first; with `follow` also what comes, until interrupted or the consumer answers false.
    public void events(Request request, boolean follow, Predicate<Event> consumer)
            throws InterruptedException {
        var found = rooms.locate(request);
        Predicate<Event> shown =
                event -> !event.unit().map(request::shows).orElse(true) || consumer.test(event);
        found.target().store(found.ref()).events(follow, shown);
    }

    @Override
    public void close() {
        rooms.close();
    }
}
