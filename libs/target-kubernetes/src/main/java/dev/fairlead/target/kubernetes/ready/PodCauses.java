package dev.fairlead.target.kubernetes.ready;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.target.kubernetes.ready.Finding.Sure;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why objects are not what they shall be, from themselves, their pods, and what was said of both.
public final class PodCauses {

    private PodCauses() {}

    /// The cause that is most certain.
    ///
    /// @param objects of one unit
    public static Optional<Finding> of(Collection<Map<String, Object>> objects, Around around) {
        var findings = new ArrayList<Finding>();
        for (var object : objects) {
            var pods = OwnPods.current(object, around);
            var ofPods = new ArrayList<Finding>();
            for (var pod : pods) {
                Scheduling.of(pod, around)
                        .or(() -> new Containers(pod, around).first())
                        .ifPresent(ofPods::add);
            }
            own(object, pods).map(own -> deeper(own, ofPods)).ifPresent(findings::add);
            said(object, around).ifPresent(findings::add);
            findings.addAll(ofPods);
        }
        return findings.stream().min(Comparator.comparing(Finding::sure)); // the first of equals
    }

    /// That a rollout took too long is no cause: what its pods lack is.
    private static Finding deeper(Finding own, List<Finding> ofPods) {
        var cause = ofPods.stream().min(Comparator.comparing(Finding::sure));
        if (own.cause().code() != CauseCode.PROGRESS_DEADLINE) {
            return own;
        }
        if (cause.isEmpty()) {
            return new Finding(Sure.WHEN_IT_LASTS, own.cause(), own.speaker());
        }
        var deep = cause.get().cause();
        return new Finding(
                own.sure(),
                new Cause(
                        deep.code(),
                        deep.what()
                                + "; the rollout did not get on within its progressDeadlineSeconds",
                        deep.advice(),
                        deep.evidence()),
                cause.get().speaker());
    }

    /// The pods that are not tried again soon: whoever makes them anew, tries at once. Those of an earlier template too
    /// where a StatefulSet waits for them for ever.
    public static List<Map<String, Object>> stuck(Map<String, Object> object, Around around) {
        var stuck = new ArrayList<Map<String, Object>>();
        var current = OwnPods.current(object, around);
        current.stream().filter(pod -> new Containers(pod, around).isWaiting()).forEach(stuck::add);
        if ("StatefulSet".equals(object.get("kind")) && !Conditions.isBehind(object)) {
            around.pods().stream()
                    .filter(pod -> OwnPods.isMadeBy(pod, object) && !current.contains(pod))
                    .filter(pod -> Trees.text(pod, "metadata", "deletionTimestamp").isEmpty())
                    .filter(pod -> new Containers(pod, around).isWaiting())
                    .forEach(stuck::add);
        }
        return stuck;
    }

    /// Whose controller is refused its pods, and would try again later and later.
    public static Optional<Map<String, Object>> refused(Map<String, Object> object, Around around) {
        boolean refused =
                Conditions.find(object, "ReplicaFailure")
                        .filter(Conditions.Found::isTrue)
                        .isPresent();
        if (refused) {
            return OwnPods.newest(object, around);
        }
        return Around.last(around.events(), Said.uid(object))
                .filter(event -> Said.reason(event).equals("FailedCreate"))
                .map(_ -> object);
    }

    /// How often containers of the objects' pods were started again.
    public static int restarts(
            Collection<Map<String, Object>> objects, List<Map<String, Object>> pods) {
        int restarts = 0;
        for (var pod : pods) {
            if (objects.stream().anyMatch(object -> OwnPods.owns(object, pod))) {
                for (var status : Trees.maps(pod, "status", "containerStatuses")) {
                    restarts += Trees.number(status, "restartCount").orElse(0L).intValue();
                }
            }
        }
        return restarts;
    }

    /// What an object says of itself.
    private static Optional<Finding> own(
            Map<String, Object> object, List<Map<String, Object>> pods) {
        var refused = Conditions.find(object, "ReplicaFailure").filter(Conditions.Found::isTrue);
        if (refused.isPresent() && !Conditions.isBehind(object)) {
            return refused.map(one -> rejected(object, one.words("its pods are refused")));
        }
        return switch (Conditions.of(object)) {
            case Condition.Failed(var reason, var what) ->
                    Optional.of(failed(object, reason, what, pods));
            case Condition.Terminating(var what) ->
                    Optional.of(
                            Finding.of(
                                    Sure.WHEN_IT_LASTS,
                                    CauseCode.OBJECT_PENDING,
                                    name(object) + ": " + what,
                                    "see whether whoever takes the finalizers off runs; when it is gone, run `fairlead up` again: it makes it anew"));
            case Condition.InProgress _ -> waiting(object, pods);
            case Condition.Current _ -> Optional.empty();
        };
    }

    private static Finding failed(
            Map<String, Object> object,
            String reason,
            String what,
            List<Map<String, Object>> pods) {
        var text = name(object) + ": " + what;
        return switch (String.valueOf(object.get("kind"))) {
            case "Job" ->
                    Exits.first(pods, Sure.AT_ONCE, CauseCode.JOB_FAILED, text)
                            .orElseGet(() -> job(reason, text));
            case "Pod" ->
                    Exits.first(pods, Sure.AT_ONCE, CauseCode.EXITED, text)
                            .orElseGet(
                                    () -> Finding.of(Sure.AT_ONCE, CauseCode.OBJECT_FAILED, text));
            default ->
                    Finding.of(
                            Sure.AT_ONCE,
                            reason.equals("ProgressDeadlineExceeded")
                                    ? CauseCode.PROGRESS_DEADLINE
                                    : CauseCode.OBJECT_FAILED,
                            text);
        };
    }

    private static Finding job(String reason, String text) {
        return reason.equals("DeadlineExceeded")
                ? Finding.of(
                        Sure.AT_ONCE,
                        CauseCode.JOB_FAILED,
                        text,
                        "see what takes it so long; raise activeDeadlineSeconds only when its work is simply long")
                : Finding.of(Sure.AT_ONCE, CauseCode.JOB_FAILED, text);
    }

    /// What an object waits for by its own word.
    private static Optional<Finding> waiting(
            Map<String, Object> object, List<Map<String, Object>> pods) {
        var kind = String.valueOf(object.get("kind"));
        boolean paused = Trees.text(object, "spec", "paused").filter("true"::equals).isPresent();
        if (kind.equals("Deployment") && paused) {
            return Optional.of(
                    Finding.of(
                            Sure.WHEN_IT_LASTS,
                            CauseCode.OBJECT_PENDING,
                            name(object)
                                    + ": it is paused (spec.paused), so that nothing is rolled out",
                            "leave out `paused`, or resume it (`kubectl rollout resume`)"));
        }
        if (!kind.equals("Job")) {
            return Optional.empty();
        }
        long failed = Trees.number(object, "status", "failed").orElse(0L);
        long tries = Trees.number(object, "spec", "backoffLimit").orElse(6L) + 1;
        return failed == 0
                ? Optional.empty()
                : Exits.first(
                        pods,
                        Sure.NOT_YET,
                        CauseCode.JOB_FAILED,
                        "%s: %d of %d tries failed".formatted(name(object), failed, tries));
    }

    /// What its controllers said last, where that is a refusal.
    private static Optional<Finding> said(Map<String, Object> object, Around around) {
        var last = Around.last(around.news(), Said.uid(object));
        if (last.isEmpty()) {
            return Optional.empty();
        }
        var message = Said.message(last.get());
        if (Said.reason(last.get()).equals("FailedCreate")) {
            return Optional.of(rejected(object, message));
        }
        boolean noVolume =
                "PersistentVolumeClaim".equals(object.get("kind"))
                        && Said.NO_VOLUME.contains(Said.reason(last.get()));
        return noVolume
                ? Optional.of(
                        Finding.of(
                                Sure.WHEN_IT_LASTS,
                                CauseCode.VOLUME_UNAVAILABLE,
                                name(object) + ": " + message))
                : Optional.empty();
    }

    /// A quota may be used up only until the pods of the former template have ended.
    private static Finding rejected(Map<String, Object> object, String message) {
        return new Finding(Sure.WHEN_IT_LASTS, Denials.of(name(object), message), Optional.empty());
    }

    private static String name(Map<String, Object> object) {
        return object.get("kind") + "/" + Trees.text(object, "metadata", "name").orElse("");
    }
}
