package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.event.EventLog;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.image.ImageMaker;
import dev.fairlead.deploy.image.ImageStep;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.image.Image;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Makes the images of a plan, side by side, before its first unit. Within the runner each has the name of a step, which
/// nobody else sees.
final class ImageWork implements Steps.Work, StepRunner.Listener {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final ImageMaker maker;
    private final Environment environment;
    private final EventLog log;
    private final SortedMap<UnitName, ImageStep> steps = new TreeMap<>();
    private final Map<String, String> digests = new ConcurrentHashMap<>();

    ImageWork(ImageMaker maker, Prepared prepared, EventLog log) {
        this.maker = maker;
        this.environment = prepared.environment();
        this.log = log;
        for (var step : prepared.plan().images()) {
            step.digest().ifPresent(digest -> digests.put(step.reference(), digest));
            if (step.acts()) {
                steps.put(new UnitName("image-" + steps.size()), step);
            }
        }
    }

    boolean isNothing() {
        return steps.isEmpty();
    }

    Steps steps() {
        var nodes = new TreeMap<UnitName, Graph.Node>();
        steps.keySet()
                .forEach(name ->
                        nodes.put(name, new Graph.Node(Stage.STATEFUL, new TreeSet<>(), LIMIT)));
        return new Steps(
                new Graph(nodes),
                new TreeSet<>(nodes.keySet()),
                environment.outline().limits().parallelism(),
                "built");
    }

    /// The digests of all images that are there, by reference.
    SortedMap<String, String> digests() {
        return new TreeMap<>(digests);
    }

    /// The units that run from the images whose steps failed, with the reason.
    SortedMap<UnitName, Steps.Ended.Failed> blamed(SortedMap<UnitName, Steps.Ended.Failed> failed) {
        var blamed = new TreeMap<UnitName, Steps.Ended.Failed>();
        failed.forEach((name, failure) -> {
            var step = step(name);
            var users = users(environment, step.reference());
            (users.isEmpty() ? List.of(environment.units().firstKey()) : users)
                    .forEach(unit -> blamed.putIfAbsent(unit, failure));
        });
        return blamed;
    }

    /// The units whose manifests name an image.
    static List<UnitName> users(Environment environment, String reference) {
        var users = new ArrayList<UnitName>();
        environment
                .units()
                .forEach((name, unit) -> {
                    if (unit.manifests().stream()
                            .anyMatch(one -> one.text().toString().contains(reference))) {
                        users.add(name);
                    }
                });
        return users;
    }

    @Override
    public Steps.Ended run(UnitName name, Consumer<String> progress) throws InterruptedException {
        var step = step(name);
        Image image = Objects.requireNonNull(environment.images().get(step.name()));
        try {
            digests.put(step.reference(), maker.make(image, true, progress));
            return new Steps.Ended.Done();
        } catch (ProblemException e) {
            return new Steps.Ended.Failed(cause(step, e.problems().getFirst()), false);
        }
    }

    private static Cause cause(ImageStep step, Problem problem) {
        return new Cause(
                CauseCode.IMAGE_FAILED,
                "its image \"%s\": %s".formatted(step.name(), problem.what()),
                List.of(problem.advice()),
                problem.evidence());
    }

    @Override
    public Duration limit(UnitName name) {
        return LIMIT;
    }

    private ImageStep step(UnitName name) {
        return Objects.requireNonNull(steps.get(name));
    }

    @Override
    public void begins(UnitName name) {
        var step = step(name);
        say(step, step.action() + "s " + step.reference() + ": " + step.why());
    }

    @Override
    public void progress(UnitName name, String what) {
        say(step(name), what);
    }

    @Override
    public void ended(UnitName name, Steps.Ended ended) {
        var step = step(name);
        switch (ended) {
            case Steps.Ended.Done _ ->
                    say(step, "is there as " + digests.getOrDefault(step.reference(), ""));
            case Steps.Ended.Failed(var cause, _) -> say(step, "failed: " + cause.what());
            case Steps.Ended.Fenced _ -> {}
        }
    }

    @Override
    public void notTried(UnitName name, String why) {
        say(step(name), "was not tried: " + why);
    }

    private void say(ImageStep step, String what) {
        log.say(Kind.PROGRESS, "image " + step.name() + ": " + what);
    }
}
