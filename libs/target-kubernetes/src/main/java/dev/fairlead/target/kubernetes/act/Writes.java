package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.object.ObjectStep;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.target.kubernetes.client.Answer;
import dev.fairlead.target.kubernetes.client.ApplyMode;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.client.Refusal;
import dev.fairlead.target.kubernetes.client.Removal;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.look.Marks;
import dev.fairlead.target.kubernetes.look.Scaled;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Single objects, written and removed.
final class Writes {
    private static final Duration GONE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);

    /// Their pods end first: whoever is told that they are gone may count on it.
    private static final Set<String> WITH_PODS =
            Set.of(
                    "Deployment",
                    "StatefulSet",
                    "DaemonSet",
                    "ReplicaSet",
                    "ReplicationController",
                    "Job",
                    "CronJob");

    private final Home home;
    private final Ticker ticker;

    Writes(Home home, Ticker ticker) {
        this.home = home;
        this.ticker = ticker;
    }

    /// How a write ended.
    sealed interface Written {
        /// @param object as the server has it now
        record Done(Map<String, Object> object) implements Written {}

        record Failed(Cause cause) implements Written {}
    }

    /// Makes an object what it shall be.
    ///
    /// @param taken the fields that may be taken from others
    /// @param live the object as it is; empty when there is none
    Written apply(DesiredObject object, SortedSet<String> taken, Map<String, Object> live) {
        var address = home.address(object.apiVersion(), object.ref());
        var tree = Scaled.left(Marks.sent(object), live);
        if (taken.isEmpty()) {
            var answer = send(address, tree, ApplyMode.WRITE);
            return answer instanceof Answer.Refused(var refusal) && refusal.isOwn(ApplyMode.MANAGER)
                    ? written(object, send(address, tree, ApplyMode.WRITE.forcing()))
                    : written(object, answer);
        }
        // What somebody took since the plan was made is not taken with the rest.
        var tried = send(address, tree, ApplyMode.DRY_RUN);
        if (tried instanceof Answer.Refused(var refusal)) {
            var open = new TreeSet<String>();
            refusal.conflicts().forEach(conflict -> open.add(conflict.field()));
            open.removeAll(taken);
            if (refusal.conflicts().isEmpty() || !open.isEmpty()) {
                return new Written.Failed(refused(object.ref(), refusal));
            }
            return written(object, send(address, tree, ApplyMode.WRITE.forcing()));
        }
        return written(object, send(address, tree, ApplyMode.WRITE));
    }

    private Answer send(ObjectAddress address, Map<String, @Nullable Object> tree, ApplyMode mode) {
        return home.ask(() -> home.cluster().apply(address, tree, mode));
    }

    private Written written(DesiredObject object, Answer answer) {
        return switch (answer) {
            case Answer.Accepted(var tree) -> new Written.Done(tree);
            case Answer.Refused(var refusal) -> new Written.Failed(refused(object.ref(), refusal));
        };
    }

    private Cause refused(ObjectRef ref, Refusal refusal) {
        return Refusals.of(ref.in(home.namespace()), refusal);
    }

    /// Removes an object and makes it anew.
    Written recreate(DesiredObject object, String uid) throws InterruptedException {
        var removed = remove(new ObjectStep.Remove(object.ref(), uid));
        return removed.isPresent()
                ? new Written.Failed(removed.get())
                : apply(object, new TreeSet<>(), Map.of());
    }

    /// Removes exactly the object that was meant, and answers when it is gone; empty for a good end.
    Optional<Cause> remove(ObjectStep.Remove step) throws InterruptedException {
        var address = home.address(step.ref());
        if (address.isEmpty()) {
            return Optional.empty(); // its kind is gone, and all objects of it
        }
        var removal =
                new Removal(
                        Optional.of(step.uid()),
                        Optional.empty(),
                        WITH_PODS.contains(step.ref().kind())
                                ? Removal.Propagation.FOREGROUND
                                : Removal.Propagation.BACKGROUND,
                        Optional.empty(),
                        false);
        var answer = home.cluster().delete(address.get(), removal);
        if (answer instanceof Answer.Refused(var refusal)) {
            // Another object of that name is not ours.
            return refusal.notFound() || refusal.stale()
                    ? Optional.empty()
                    : Optional.of(refused(step.ref(), refusal));
        }
        return gone(step, address.get());
    }

    private Optional<Cause> gone(ObjectStep.Remove step, ObjectAddress address)
            throws InterruptedException {
        var deadline = Deadline.in(GONE, ticker);
        while (true) {
            var found =
                    home.cluster()
                            .find(address)
                            .filter(tree ->
                                    Trees.text(tree, "metadata", "uid")
                                            .filter(step.uid()::equals)
                                            .isPresent());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            if (deadline.passed()) {
                return Optional.of(new Leftover(home, step.ref()).of(found.get()));
            }
            ticker.pause(deadline.slice(POLL));
        }
    }

    /// Has the pods of a workload made anew.
    Answer restart(ObjectRef ref, String now) {
        var annotations = Map.of("kubectl.kubernetes.io/restartedAt", now);
        var patch = new LinkedHashMap<String, Object>();
        patch.put(
                "spec", Map.of("template", Map.of("metadata", Map.of("annotations", annotations))));
        var address = home.address(ref).orElseThrow();
        return home.ask(() -> home.cluster().merge(address, patch));
    }
}
