package dev.fairlead.target.kubernetes.look;

import dev.fairlead.deploy.target.Target.LogConsumer;
import dev.fairlead.deploy.target.Target.LogRequest;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.ready.OwnPods;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

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

    private record Container(UnitName unit, Map.Entry<String, String> name) {}

    public void run(LogRequest request, LogConsumer consumer) throws InterruptedException {
        var containers = containers(request);
        if (request.follow()) {
            follow(request, containers, consumer);
            return;
        }
        for (var container : containers) {
            var wanted = new Output.Wanted(false, false, Optional.of(request.lines()));
            output.read(container.name(), wanted, line -> consumer.line(container.unit(), line));
        }
    }

    private List<Container> containers(LogRequest request) throws InterruptedException {
        var pods =
                home.cluster().list(Selection.of(home.core("Pod")).in(home.namespace())).objects();
        var containers = new ArrayList<Container>();
        objects.forEach((unit, own) -> {
            if (!request.units().isEmpty() && !request.units().contains(unit)) {
                return;
            }
            for (var pod : pods) {
                if (own.stream().anyMatch(object -> OwnPods.owns(object, pod))) {
                    Output.containers(pod)
                            .forEach(name -> containers.add(new Container(unit, name)));
                }
            }
        });
        return containers;
    }

    private void follow(LogRequest request, List<Container> first, LogConsumer consumer)
            throws InterruptedException {
        var lines = new LinkedBlockingQueue<Line>();
        var threads = new ArrayList<Thread>();
        var known = new HashSet<Container>();
        try {
            var found = first;
            for (int looks = 0; consumer.waits(); looks++) {
                Optional<Integer> tail =
                        looks == 0 ? Optional.of(request.lines()) : Optional.empty();
                for (var container : found) {
                    if (known.add(container)) {
                        threads.add(reader(container, tail, lines));
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

    private Thread reader(
            Container container, Optional<Integer> tail, LinkedBlockingQueue<Line> lines) {
        return Thread.ofVirtual()
                .name("output-" + container.unit())
                .start(() -> {
                    try {
                        output.read(
                                container.name(),
                                new Output.Wanted(true, false, tail),
                                text -> lines.add(new Line(container.unit(), text)));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // nobody reads any more
                    }
                });
    }
}
