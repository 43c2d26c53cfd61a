package dev.fairlead.engine;

import dev.fairlead.deploy.image.ImageMaker;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Kind;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.image.ImageWorkshop;
import dev.fairlead.inventory.cluster.Cleanup;
import dev.fairlead.inventory.cluster.Cluster;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.read.Roots;
import dev.fairlead.inventory.unit.UnitName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

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
            case KUBERNETES ->
                    kubernetes(outline.ref(), outline.cluster(), outline.limits().cleanup());
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
                    Pipeline.leftOut(outline),
                    Elsewhere.notes(request.stack(), outline));
        } catch (ProblemException broken) {
            if (broken.problems().getFirst().code().kind() != Kind.USER) {
                throw broken;
            }
            return new FromState(this, home(request)).locate(request.choice(), broken);
        }
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

    /// The target kubernetes of an environment and its slots.
    synchronized Target kubernetes(EnvironmentRef ref, Cluster cluster, Cleanup cleanup) {
        var place =
                String.join(
                        " ",
                        ref.project() + "/" + ref.name(),
                        cluster.context().orElse(""),
                        cluster.kubeconfig().map(Path::toString).orElse(""),
                        cluster.namespaces().toString());
        return clusters.computeIfAbsent(place, _ -> neighbours.kubernetes(ref, cluster, cleanup));
    }

    /// Remembers where an environment lives, for when its file cannot be read.
    void keep(Outline outline) {
        if (outline.target() == TargetKind.KUBERNETES) {
            new Whereabouts(outline.home()).keep(outline, target(outline).context());
        }
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
