package dev.fairlead.target.kubernetes.look;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.Snapshot.Applied;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Digest;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.discovery.ApiResource;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Secrets;
import dev.fairlead.target.kubernetes.home.Sleep;
import dev.fairlead.target.kubernetes.home.Together;
import dev.fairlead.target.kubernetes.ready.Around;
import dev.fairlead.target.kubernetes.ready.Condition;
import dev.fairlead.target.kubernetes.ready.Conditions;
import dev.fairlead.target.kubernetes.ready.Finding;
import dev.fairlead.target.kubernetes.ready.Finding.Sure;
import dev.fairlead.target.kubernetes.ready.OwnPods;
import dev.fairlead.target.kubernetes.ready.PodCauses;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How units stand, from their objects; of those that are not ready, why, from their pods.
final class Statuses {
    private final Home home;
    private final Listed listed;
    private final boolean withOutput;
    private @Nullable Around around;

    /// @param withOutput the last lines of what failed are wanted
    Statuses(Home home, Listed listed, boolean withOutput) {
        this.home = home;
        this.listed = listed;
        this.withOutput = withOutput;
    }

    Applied applied(UnitName unit, List<ObjectRef> refs) {
        var content = content(home, refs);
        return new Applied(Digest.ofTree(content), content, status(unit, refs));
    }

    /// What a unit of objects is known by.
    static Map<String, Object> content(Home home, List<ObjectRef> refs) {
        var content = new LinkedHashMap<String, Object>();
        content.put("kind", "objects");
        content.put(
                "objects", refs.stream().map(ref -> ref.in(home.namespace())).sorted().toList());
        return content;
    }

    private UnitStatus status(UnitName unit, List<ObjectRef> refs) {
        var state = UnitState.READY;
        Optional<Cause> cause = Optional.empty();
        var trees = new ArrayList<Map<String, Object>>();
        for (var ref : refs) {
            var tree = listed.find(ref);
            tree.ifPresent(trees::add);
            var found =
                    tree.map(one -> Sleep.is(one) ? Optional.<Judged>empty() : judged(ref, one))
                            .orElseGet(() -> gone(ref))
                            .filter(one ->
                                    one.state() != UnitState.STARTING
                                            || tree.isEmpty()
                                            || !isAwaited(tree.get()));
            if (found.isPresent() && worse(found.get().state(), state)) {
                state = found.get().state();
                cause = Optional.of(found.get().cause());
            }
        }
        if (state == UnitState.READY && trees.stream().anyMatch(Sleep::is)) {
            state = UnitState.SLEEPING;
        } else if (state != UnitState.READY) {
            var finding = PodCauses.of(trees, around());
            if (finding.isPresent()) {
                state = finding.get().sure() == Sure.NOT_YET ? state : UnitState.FAILED;
                cause = Optional.of(told(finding.get()));
            }
        }
        return new UnitStatus(
                unit,
                state,
                since(trees, state == UnitState.READY ? Optional.empty() : lastPod(trees)),
                cause,
                ports(trees),
                url(trees),
                Optional.empty(),
                Optional.empty(),
                PodCauses.restarts(trees, around == null ? List.of() : around.pods()),
                Optional.empty());
    }

    private record Judged(UnitState state, Cause cause) {}

    private static boolean worse(UnitState one, UnitState other) {
        return rank(one) > rank(other);
    }

    private static int rank(UnitState state) {
        return switch (state) {
            case FAILED -> 3;
            case DEGRADED -> 2;
            case STARTING -> 1;
            case READY, PENDING, STOPPED, SLEEPING -> 0;
        };
    }

    private Optional<Judged> judged(ObjectRef ref, Map<String, Object> tree) {
        var name = ref.in(home.namespace()) + ": ";
        return switch (Conditions.of(tree)) {
            case Condition.Current _ -> Optional.empty();
            case Condition.InProgress(var what) ->
                    Optional.of(
                            new Judged(
                                    UnitState.STARTING,
                                    cause(CauseCode.OBJECT_PENDING, name + what)));
            case Condition.Terminating(var what) ->
                    Optional.of(
                            new Judged(
                                    UnitState.STARTING,
                                    cause(CauseCode.OBJECT_PENDING, name + what)));
            case Condition.Failed(_, var what) ->
                    Optional.of(
                            new Judged(
                                    UnitState.FAILED, cause(CauseCode.OBJECT_FAILED, name + what)));
        };
    }

    private Optional<Judged> gone(ObjectRef ref) {
        return Optional.of(
                new Judged(
                        UnitState.DEGRADED,
                        cause(CauseCode.OBJECT_GONE, ref.in(home.namespace()) + " is gone")));
    }

    private static Cause cause(CauseCode code, String what) {
        return new Cause(code, what, List.of(code.remedy()), List.of());
    }

    private boolean isAwaited(Map<String, Object> tree) {
        return "PersistentVolumeClaim".equals(tree.get("kind")) && around().isAwaited(tree);
    }

    private Cause told(Finding finding) {
        if (!withOutput) {
            return finding.cause();
        }
        try {
            var masks = Secrets.masks(home, listed.objects().values());
            return home.ask(() -> new Output(home, masks).with(finding));
        } catch (ProblemException e) {
            return finding.cause(); // who may not read Secrets sees no output: it could hold one
        }
    }

    private Around around() {
        if (around == null) {
            var work =
                    Stream.of(
                                    Optional.of(home.core("Pod")),
                                    home.resource(new ObjectRef("apps", "ReplicaSet", "", "-")),
                                    Optional.of(home.core("Event")))
                            .map(this::list)
                            .toList();
            var found = Together.all(home, work);
            around = new Around(found.get(0), found.get(1), found.get(2), found.get(2));
        }
        return around;
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private Callable<List<Map<String, Object>>> list(Optional<ApiResource> kind) {
        return () ->
                kind.isEmpty()
                        ? List.of()
                        : home.cluster()
                                .list(Selection.of(kind.get()).in(home.namespace()))
                                .objects();
    }

    /// The last time that anything was said of its objects.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static Instant since(List<Map<String, Object>> trees, Optional<String> lastPod) {
        var latest = lastPod.orElse("");
        for (var tree : trees) {
            latest = later(latest, Trees.text(tree, "metadata", "creationTimestamp"));
            for (var condition : Trees.maps(tree, "status", "conditions")) {
                latest = later(latest, Trees.text(condition, "lastTransitionTime"));
            }
        }
        try {
            return latest.isEmpty() ? Instant.EPOCH : Instant.parse(latest);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    /// When the newest pod was made: a workload whose former pods go on says nothing of when the new ones began.
    private Optional<String> lastPod(List<Map<String, Object>> trees) {
        return around == null
                ? Optional.empty()
                : around.pods().stream()
                        .filter(pod -> trees.stream().anyMatch(tree -> OwnPods.owns(tree, pod)))
                        .flatMap(pod -> Trees.text(pod, "metadata", "creationTimestamp").stream())
                        .max(Comparator.naturalOrder());
    }

    /// The server writes all times alike, so that the later one is the larger text.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static String later(String one, Optional<String> other) {
        return other.filter(time -> time.compareTo(one) > 0).orElse(one);
    }

    private static SortedMap<String, Integer> ports(List<Map<String, Object>> trees) {
        var ports = new TreeMap<String, Integer>();
        for (var tree : trees) {
            if ("Service".equals(tree.get("kind"))) {
                for (var port : Trees.maps(tree, "spec", "ports")) {
                    var number = Trees.number(port, "port").orElse(0L).intValue();
                    ports.put(Trees.text(port, "name").orElse(Integer.toString(number)), number);
                }
            }
        }
        return ports;
    }

    /// Where an Ingress leads to it.
    private static Optional<String> url(List<Map<String, Object>> trees) {
        for (var tree : trees) {
            if ("Ingress".equals(tree.get("kind"))) {
                boolean secure = !Trees.maps(tree, "spec", "tls").isEmpty();
                for (var rule : Trees.maps(tree, "spec", "rules")) {
                    var host = Trees.text(rule, "host");
                    if (host.isPresent()) {
                        return host.map(name -> (secure ? "https://" : "http://") + name);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
