package dev.fairlead.target.kubernetes.reach;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.Target.Executed;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.stream.Exec;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command in a pod of a unit.
public final class Commands {
    private final Home home;
    private final UnitName unit;
    private final List<Map<String, Object>> objects;

    private Commands(Home home, UnitName unit, List<Map<String, Object>> objects) {
        this.home = home;
        this.unit = unit;
        this.objects = objects;
    }

    /// On the streams of this process, and on its terminal.
    ///
    /// @param objects of the unit, as they are
    public static Executed run(
            Home home, UnitName unit, List<Map<String, Object>> objects, List<String> words)
            throws InterruptedException {
        var streams =
                new Exec.Streams(
                        new FileInputStream(FileDescriptor.in),
                        new FileOutputStream(FileDescriptor.out),
                        new FileOutputStream(FileDescriptor.err));
        var terminal = Terminal.raw();
        try {
            return new Commands(home, unit, objects)
                    .run(words, terminal.map(one -> one::size), streams);
        } finally {
            if (terminal.isPresent()) {
                terminal.get().restore();
            }
        }
    }

    /// On streams of the caller.
    ///
    /// @param objects of the unit, as they are
    public static Executed run(
            Home home,
            UnitName unit,
            List<Map<String, Object>> objects,
            List<String> words,
            Exec.Streams streams)
            throws InterruptedException {
        return new Commands(home, unit, objects).run(words, Optional.empty(), streams);
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private Executed run(List<String> words, Optional<Exec.Screen> screen, Exec.Streams streams)
            throws InterruptedException {
        var pods = new UnitPods(home, objects).running();
        if (pods.isEmpty()) {
            return new Executed.Impossible(
                    new Cause(
                            CauseCode.NOT_STARTED,
                            "no pod of " + unit + " runs",
                            List.of("`fairlead explain " + unit + "` says why"),
                            List.of()));
        }
        var pod = pods.getFirst();
        var address = home.own("Pod", UnitPods.name(pod));
        try {
            var command = new Exec.Command(address, container(pod), words, screen);
            return new Executed.Ended(Exec.run(home.cluster(), command, streams));
        } catch (ProblemException e) {
            var what = e.problems().getFirst().what();
            if (e.problems().getFirst().code() == KubernetesCode.OBJECT_REFUSED
                    && what.contains("executable file not found")) {
                return new Executed.Impossible(
                        new Cause(
                                CauseCode.COMMAND_MISSING,
                                words.getFirst() + " is not in the image of " + unit,
                                List.of("name a program that its image has"),
                                List.of()));
            }
            throw e;
        }
    }

    /// The one that the pod names for this, else its first.
    private static String container(Map<String, Object> pod) {
        return Trees.text(pod, "metadata", "annotations", "kubectl.kubernetes.io/default-container")
                .or(() ->
                        Trees.maps(pod, "spec", "containers").stream()
                                .flatMap(one -> Trees.text(one, "name").stream())
                                .findFirst())
                .orElse("");
    }
}
