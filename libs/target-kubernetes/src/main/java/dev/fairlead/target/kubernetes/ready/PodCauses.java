package dev.fairlead.target.kubernetes.ready;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.target.kubernetes.ready.Finding.Speaker;
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
            own(object, pods).ifPresent(findings::add);
            said(object, around).ifPresent(findings::add);
            for (var pod : pods) {
                Scheduling.of(pod, around)
                        .or(() -> new Containers(pod, around).first())
                        .ifPresent(findings::add);
            }
        }
        return findings.stream().min(Comparator.comparing(Finding::sure)); // the first of equals
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
        if (!(Conditions.of(object) instanceof Condition.Failed(var reason, var what))) {
            return Optional.empty();
        }
        if ("Job".equals(object.get("kind"))) {
            return Optional.of(job(object, what, pods));
        }
        var code =
                reason.equals("ProgressDeadlineExceeded")
                        ? CauseCode.PROGRESS_DEADLINE
                        : CauseCode.OBJECT_FAILED;
        return Optional.of(Finding.of(Sure.AT_ONCE, code, name(object) + ": " + what));
    }

    private static Finding job(
            Map<String, Object> job, String what, List<Map<String, Object>> pods) {
        for (var pod : pods.reversed()) {
            for (var status : Trees.maps(pod, "status", "containerStatuses")) {
                var ended = Trees.map(status, "state", "terminated");
                if (Trees.number(ended, "exitCode").filter(code -> code != 0).isPresent()) {
                    var container = Trees.text(status, "name").orElse("");
                    var text =
                            "%s: %s; the container %s ended%s"
                                    .formatted(name(job), what, container, Containers.ended(ended));
                    var code =
                            Containers.isOutOfMemory(ended)
                                    ? CauseCode.OUT_OF_MEMORY
                                    : CauseCode.JOB_FAILED;
                    return Finding.of(Sure.AT_ONCE, code, text)
                            .spokenBy(
                                    new Speaker(
                                            Trees.text(pod, "metadata", "name").orElse(""),
                                            container,
                                            false));
                }
            }
        }
        return Finding.of(Sure.AT_ONCE, CauseCode.JOB_FAILED, name(job) + ": " + what);
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
        return new Finding(Sure.WHEN_IT_LASTS, refused(name(object), message), Optional.empty());
    }

    /// The cause of a request that the server refused.
    ///
    /// @param message the server's
    public static Cause refused(String name, String message) {
        boolean quota = message.contains("exceeded quota");
        var code = quota ? CauseCode.QUOTA_EXCEEDED : CauseCode.OBJECT_DENIED;
        var advice =
                message.contains("violates PodSecurity")
                        ? "correct the fields that the message names, or give the unit `podSecurity: baseline` where the namespace allows it"
                        : code.remedy();
        return new Cause(code, name + ": " + message, List.of(advice), List.of());
    }

    private static String name(Map<String, Object> object) {
        return object.get("kind") + "/" + Trees.text(object, "metadata", "name").orElse("");
    }
}
