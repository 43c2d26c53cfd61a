package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.cluster.PodDev;
import dev.fairlead.inventory.cluster.PodSecurity;
import dev.fairlead.inventory.cluster.Workload;
import dev.fairlead.inventory.cluster.Workspace;
import dev.fairlead.inventory.cluster.Workspace.Grant;
import dev.fairlead.inventory.environment.Outline.Part;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The unit through which a checkout comes into the workspace: a pod that may write all of it, and waits. It is there where
/// pods run their `dev` block.
record WorkspaceUnit(Workspace workspace, Place place) {
    static final UnitName NAME = new UnitName(Workspace.NAME);

    private static final String FILE = "fairlead:workspace";
    private static final Duration READY = Duration.ofMinutes(5);

    static Optional<WorkspaceUnit> of(Scope scope) {
        var subject = scope.subject();
        return subject.workspace()
                .filter(_ -> PodDevs.arePossible(subject))
                .map(workspace -> new WorkspaceUnit(workspace, subject.environment().place()));
    }

    Part part() {
        return new Part(NAME, Stage.STATEFUL, place, home(), new TreeMap<>(), Optional.empty());
    }

    private static SortedSet<UnitName> home() {
        return new TreeSet<>(List.of(HomeUnit.NAME));
    }

    /// @param image the one that holds Fairlead
    Unit unit(String image) {
        return new Unit(
                NAME,
                Stage.STATEFUL,
                place,
                home(),
                Optional.empty(),
                Optional.empty(),
                new TreeSet<>(),
                new TreeMap<>(),
                List.of(
                        new Unit.Manifest(
                                FILE,
                                Marked.plain(
                                        Json.compact(deployment(image, workspace.mountPath()))))),
                Optional.of(
                        new Workload(
                                false,
                                true,
                                PodSecurity.RESTRICTED,
                                new Workload.Account.None(),
                                new TreeSet<>(),
                                Optional.empty(),
                                READY,
                                new TreeSet<>(),
                                List.of(),
                                Optional.of(
                                        workspace.granting(
                                                new Grant(NAME.value(), ".", true, true))),
                                Optional.empty(),
                                List.of())));
    }

    private static Map<String, Object> deployment(String image, String folder) {
        Map<String, Object> labels = Map.of("app.kubernetes.io/name", NAME.value());
        var container = new LinkedHashMap<String, Object>();
        container.put("name", NAME.value());
        container.put("image", image);
        container.put("command", PodDev.command("dev-run", "--wait"));
        container.put("workingDir", folder);
        var pod = new LinkedHashMap<String, Object>();
        pod.put("terminationGracePeriodSeconds", 1);
        pod.put("containers", List.of(container));
        var spec = new LinkedHashMap<String, Object>();
        spec.put("replicas", 1);
        spec.put("strategy", Map.of("type", "Recreate"));
        spec.put("selector", Map.of("matchLabels", labels));
        spec.put("template", Map.of("metadata", Map.of("labels", labels), "spec", pod));
        return HomeUnit.object("apps/v1", "Deployment", NAME.value(), spec);
    }
}
