package dev.fairlead.target.kubernetes.look;

import dev.fairlead.deploy.target.Target.LogConsumer;
import dev.fairlead.deploy.target.Target.LogRequest;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.ready.OwnPods;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The output of units: what there is, and what comes, of pods that are made later too.
public final class Followed {
    private static final long LOOK_MILLIS = 250;
    private static final int LOOKS = 8;

    private final Home home;
    private final SortedMap<UnitName, List<Map<String, Object>>> objects;
    private final Output output;

    /// @param objects of each unit, as they are
    public Followed(
            Home home, SortedMap<UnitName, List<Map<String, Object>>> objects, Output output) {
        this.home = home;
        this.objects = objects;
        this.output = output;
    }

    private record Line(UnitName unit, String text) {}

    /// @param shown before its lines, where the unit has several
    /// @param run which of its runs; empty before the first
    /// @param restarts how many runs it had before
    private record Container(
            UnitName unit,
            Map.Entry<String, String> name,
            String shown,
            String run,
            long restarts) {
        String line(String text) {
            return shown.isEmpty() ? text : shown + ": " + text;
        }
    }

    public void run(LogRequest request, LogConsumer consumer) throws InterruptedException {
        var containers = containers(request);
        if (request.follow() && !request.previous()) {
            follow(request, containers, consumer);
            return;
        }
        for (var container : containers) {
            var wanted = new Output.Wanted(false, request.previous(), Optional.of(request.lines()));
            output.read(
                    container.name(),
                    wanted,
                    line -> consumer.line(container.unit(), container.line(line)));
        }
    }

    private List<Container> containers(LogRequest request) throws InterruptedException {
        var pods =
                home.cluster().list(Selection.of(home.core("Pod")).in(home.namespace())).objects();
        var containers = new ArrayList<Container>();
        objects.forEach((unit, own) -> {
            if (request.units().isEmpty() || request.units().contains(unit)) {
                containers.addAll(containers(unit, own, pods));
            }
        });
        return containers;
    }

    private static List<Container> containers(
            UnitName unit, List<Map<String, Object>> own, List<Map<String, Object>> pods) {
        var found = new ArrayList<Container>();
        var mine =
                pods.stream()
                        .filter(pod -> own.stream().anyMatch(object -> OwnPods.owns(object, pod)))
                        .toList();
        for (var pod : mine) {
            var names = Output.containers(pod);
            for (var name : names) {
                var shown =
                        names.size() > 1
                                ? name.getKey() + " " + name.getValue()
                                : mine.size() > 1 ? name.getKey() : "";
                var status = status(pod, name.getValue());
                found.add(
                        new Container(
                                unit,
                                name,
                                shown,
                                Trees.text(status, "containerID").orElse(""),
                                Trees.number(status, "restartCount").orElse(0L)));
            }
        }
        return found;
    }

    private static Map<String, Object> status(Map<String, Object> pod, String container) {
        return Stream.of("containerStatuses", "initContainerStatuses")
                .flatMap(key -> Trees.maps(pod, "status", key).stream())
                .filter(status -> container.equals(status.get("name")))
                .findFirst()
                .orElse(Map.of());
    }

    private void follow(LogRequest request, List<Container> first, LogConsumer consumer)
            throws InterruptedException {
        var lines = new LinkedBlockingQueue<Line>();
        var threads = new ArrayList<Thread>();
        var known = new HashMap<Map.Entry<String, String>, Container>();
        try {
            var found = first;
            for (int looks = 0; consumer.waits(); looks++) {
                for (var container : found) {
                    var before = known.get(container.name());
                    boolean fresh =
                            !container.run().isEmpty()
                                    && (before == null || !before.run().equals(container.run()));
                    if (fresh) {
                        known.put(container.name(), container);
                        Optional<Integer> tail =
                                looks == 0 ? Optional.of(request.lines()) : Optional.empty();
                        boolean missed =
                                before != null && container.restarts() > before.restarts() + 1;
                        threads.add(reader(container, tail, missed, lines));
                    }
                }
                var line = lines.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                while (line != null) {
                    if (!consumer.line(line.unit(), line.text())) {
                        return;
                    }
                    line = lines.poll();
                }
                found = looks % LOOKS == LOOKS - 1 ? containers(request) : List.of();
            }
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }

    /// @param missed a run that was over before it was seen comes first
    private Thread reader(
            Container container,
            Optional<Integer> tail,
            boolean missed,
            LinkedBlockingQueue<Line> lines) {
        return Thread.ofVirtual()
                .name("output-" + container.unit())
                .start(() -> {
                    Predicate<String> taken =
                            text -> lines.add(new Line(container.unit(), container.line(text)));
                    try {
                        if (missed) {
                            output.read(
                                    container.name(),
                                    new Output.Wanted(false, true, Optional.empty()),
                                    taken);
                        }
                        output.read(container.name(), new Output.Wanted(true, false, tail), taken);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // nobody reads any more
                    }
                });
    }
}
