package dev.fairlead.engine;

import dev.fairlead.deploy.image.ImageMaker;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Kind;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.image.ImageWorkshop;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.read.Roots;
import dev.fairlead.inventory.unit.UnitName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Finds stacks and targets; keeps the targets that it opened. Safe for several threads.
final class Rooms implements AutoCloseable {
    private final Neighbours neighbours;
    private final TreeMap<Path, Target> targets = new TreeMap<>();
    private final TreeMap<String, Target> clusters = new TreeMap<>();
    private final TreeMap<Path, ImageWorkshop> workshops = new TreeMap<>();

    Rooms(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    Neighbours.LoadedStack load(Request request) {
        return neighbours.load(request.stack());
    }

    /// The target of an outline.
    Target target(Outline outline) {
        return switch (outline.target()) {
            case LOCAL -> local(outline.home());
            case KUBERNETES -> kubernetes(outline);
        };
    }

    /// The environment that is meant, for commands that need no more than that: where services.yaml cannot be read, what
    /// the state folder knows has to do.
    Located locate(Request request) {
        try {
            var outline = load(request).outline(request.choice());
            var places = new TreeMap<UnitName, Place>();
            outline.units().forEach((name, part) -> places.put(name, part.place()));
            return new Located(
                    outline.ref(),
                    target(outline),
                    places,
                    Elsewhere.notes(request.stack(), outline));
        } catch (ProblemException broken) {
            // What a cluster has of an environment is found by its namespace, which the file says.
            if (request.choice().target().filter(TargetKind.KUBERNETES::equals).isPresent()
                    || broken.problems().getFirst().code().kind() != Kind.USER) {
                throw broken;
            }
            return fromState(request, broken);
        }
    }

    private Located fromState(Request request, ProblemException broken) {
        var target = local(home(request));
        var known = target.environments();
        if (known.isEmpty()) {
            throw broken;
        }
        var choice = request.choice();
        var fitting =
                known.stream()
                        .filter(ref -> choice.environment().map(ref.name()::equals).orElse(true))
                        .filter(ref -> ref.slot() == choice.slot())
                        .toList();
        if (fitting.size() != 1) {
            throw isMisnamed(broken) ? broken : alsoAmbiguous(broken, known);
        }
        return new Located(
                fitting.getFirst(),
                target,
                new TreeMap<>(),
                List.of(
                        "services.yaml cannot be read ("
                                + broken.problems().getFirst()
                                + "); this is what the state knows of "
                                + fitting.getFirst()));
    }

    /// The file can be read, and has no environment of that name: that the state has none either is no second fault.
    private static boolean isMisnamed(ProblemException broken) {
        return broken.problems().getFirst().code() == InventoryCode.UNKNOWN_ENVIRONMENT;
    }

    private static ProblemException alsoAmbiguous(
            ProblemException broken, List<EnvironmentRef> known) {
        var problems = new ArrayList<>(broken.problems());
        problems.add(ambiguous(known));
        return new ProblemException(problems);
    }

    private static Problem ambiguous(List<EnvironmentRef> known) {
        var names = known.stream().map(EnvironmentRef::key).collect(Collectors.joining(", "));
        return Problem.error(
                        EngineCode.NO_STATE,
                        "the state does not say which environment is meant; it knows " + names)
                .withHint(EngineCode.NO_STATE.remedy());
    }

    // Where the state lies follows from where the stack lies, also for a further worktree; a stack
    // that is gone had its
    // state beside it.
    private static Path home(Request request) {
        try {
            return Roots.of(request.stack()).home();
        } catch (ProblemException gone) {
            var given = request.stack().toAbsolutePath().normalize();
            var parent = given.getParent();
            return Files.isDirectory(given) || parent == null ? given : parent;
        }
    }

    private synchronized Target kubernetes(Outline outline) {
        var ref = outline.ref();
        var place = outline.cluster() + " " + ref.project() + "/" + ref.name();
        return clusters.computeIfAbsent(place, _ -> neighbours.kubernetes(outline));
    }

    /// Who makes the images of an outline's stack.
    synchronized ImageMaker images(Outline outline) {
        return outline.target() == TargetKind.LOCAL
                ? ImageMaker.NONE
                : workshops.computeIfAbsent(outline.home(), neighbours::images);
    }

    /// The target local of a folder.
    synchronized Target local(Path home) {
        return targets.computeIfAbsent(home, neighbours::local);
    }

    @Override
    public synchronized void close() {
        targets.values().forEach(Target::close);
        targets.clear();
        clusters.values().forEach(Target::close);
        clusters.clear();
        workshops.values().forEach(ImageWorkshop::close);
        workshops.clear();
    }
}
