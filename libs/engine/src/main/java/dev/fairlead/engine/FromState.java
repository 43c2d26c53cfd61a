package dev.fairlead.engine;

import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.engine.Whereabouts.Known;
import dev.fairlead.inventory.Choice;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.cluster.Cleanup;
import dev.fairlead.inventory.cluster.Cluster;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The environment that is meant where services.yaml cannot be read: by the state folder, which has those of this machine
/// and knows where those on clusters live.
record FromState(Rooms rooms, Path home) {
    /// @param abroad where it lives on a cluster; empty: here
    private record Candidate(EnvironmentRef ref, Optional<Known> abroad) {
        boolean fits(Choice choice) {
            var kind = abroad.isPresent() ? TargetKind.KUBERNETES : TargetKind.LOCAL;
            return choice.environment().map(ref.name()::equals).orElse(true)
                    && ref.slot() == choice.slot()
                    && choice.target().map(kind::equals).orElse(true);
        }

        @Override
        public String toString() {
            return ref.key()
                    + abroad.map(known -> known.cluster().context().orElse("its cluster"))
                            .map(context -> " (on " + context + ")")
                            .orElse("");
        }
    }

    /// @param broken what is wrong with the file
    /// @throws ProblemException with that, where the state cannot help
    Located locate(Choice choice, ProblemException broken) {
        var known = new ArrayList<Candidate>();
        rooms.local(home)
                .environments()
                .forEach(ref -> known.add(new Candidate(ref, Optional.empty())));
        new Whereabouts(home)
                .list()
                .forEach(one -> known.add(new Candidate(one.ref(), Optional.of(one))));
        if (known.isEmpty()) {
            throw broken;
        }
        var fitting = known.stream().filter(one -> one.fits(choice)).toList();
        if (fitting.size() != 1) {
            throw isMisnamed(broken) ? broken : and(broken, ambiguous(known));
        }
        var ref = fitting.getFirst().ref();
        var target =
                fitting.getFirst()
                        .abroad()
                        .map(place -> abroad(place, choice, broken))
                        .orElseGet(() -> rooms.local(home));
        return new Located(
                ref,
                target,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(
                        "services.yaml cannot be read (%s); this is what the %s knows of %s"
                                .formatted(
                                        broken.problems().getFirst(),
                                        target.context().map(it -> "cluster " + it).orElse("state"),
                                        ref)));
    }

    /// Only what says itself that it is of this environment: a cluster of that name may be another one by now.
    private Target abroad(Known place, Choice choice, ProblemException broken) {
        var cluster = place.cluster();
        var chosen =
                new Cluster(
                        choice.context().or(cluster::context),
                        cluster.kubeconfig(),
                        cluster.isolated(),
                        cluster.namespaces());
        var target = rooms.kubernetes(place.ref(), chosen, Cleanup.DEFAULTS);
        if (!target.environments().contains(place.ref())) {
            throw and(
                    broken,
                    Problem.error(
                                    EngineCode.NO_STATE,
                                    "%s was deployed from here to the namespace %s of %s, and that is not there or somebody else's now"
                                            .formatted(
                                                    place.ref(),
                                                    cluster.namespaces().get(place.ref().slot()),
                                                    target.context().orElse("its cluster")))
                            .withHint(
                                    "correct services.yaml, or name another cluster with --context"));
        }
        return target;
    }

    /// The file can be read, and has no environment of that name: that the state has none either is no second fault.
    private static boolean isMisnamed(ProblemException broken) {
        return broken.problems().getFirst().code() == InventoryCode.UNKNOWN_ENVIRONMENT;
    }

    private static ProblemException and(ProblemException broken, Problem more) {
        var problems = new ArrayList<>(broken.problems());
        problems.add(more);
        return new ProblemException(problems);
    }

    private static Problem ambiguous(List<Candidate> known) {
        var names = known.stream().map(Candidate::toString).collect(Collectors.joining(", "));
        return Problem.error(
                        EngineCode.NO_STATE,
                        "the state does not say which environment is meant; it knows " + names)
                .withHint(EngineCode.NO_STATE.remedy());
    }
}
