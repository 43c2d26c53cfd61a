package dev.fairlead.target.kubernetes.ready;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Why objects certainly do not become ready, from themselves and their pods.
public final class PodCauses {
    private static final Set<String> PULL =
            Set.of(
                    "ErrImagePull",
                    "ImagePullBackOff",
                    "InvalidImageName",
                    "ErrImageNeverPull",
                    "ImageInspectError",
                    "RegistryUnavailable");
    private static final Set<String> CONFIG =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

    private PodCauses() {}

    /// The first certain cause; empty while there is hope.
    ///
    /// @param objects of one unit
    /// @param pods of the namespace
    public static Optional<Cause> of(
            Collection<Map<String, Object>> objects, List<Map<String, Object>> pods) {
        for (var object : objects) {
            var own = own(object);
            if (own.isPresent()) {
                return own;
            }
        }
        for (var pod : pods) {
            if (objects.stream().anyMatch(object -> owns(object, pod) && isNew(object, pod))) {
                var cause = ofPod(pod);
                if (cause.isPresent()) {
                    return cause;
                }
            }
        }
        return Optional.empty();
    }

    /// How often containers of the objects' pods were started again.
    public static int restarts(
            Collection<Map<String, Object>> objects, List<Map<String, Object>> pods) {
        int restarts = 0;
        for (var pod : pods) {
            if (objects.stream().anyMatch(object -> owns(object, pod))) {
                for (var status : Trees.maps(pod, "status", "containerStatuses")) {
                    restarts += Trees.number(status, "restartCount").orElse(0L).intValue();
                }
            }
        }
        return restarts;
    }

    /// What an object says of itself.
    private static Optional<Cause> own(Map<String, Object> object) {
        var refused = Conditions.find(object, "ReplicaFailure").filter(Conditions.Found::isTrue);
        if (refused.isPresent()) {
            return refused.map(one -> refused(name(object), one.words("its pods are refused")));
        }
        if (Conditions.of(object) instanceof Condition.Failed(var reason, var what)) {
            var code =
                    reason.equals("ProgressDeadlineExceeded")
                            ? CauseCode.PROGRESS_DEADLINE
                            : "Job".equals(object.get("kind"))
                                    ? CauseCode.JOB_FAILED
                                    : CauseCode.OBJECT_FAILED;
            return Optional.of(cause(code, name(object) + ": " + what));
        }
        return Optional.empty();
    }

    /// The cause of a request that the server refused.
    ///
    /// @param message the server's
    public static Cause refused(String name, String message) {
        boolean quota = message.contains("exceeded quota");
        return cause(
                quota ? CauseCode.QUOTA_EXCEEDED : CauseCode.OBJECT_DENIED, name + ": " + message);
    }

    private static String name(Map<String, Object> object) {
        return object.get("kind") + "/" + Trees.text(object, "metadata", "name").orElse("");
    }

    /// Whether a pod is one of an object's, over a ReplicaSet or a Job too.
    public static boolean owns(Map<String, Object> object, Map<String, Object> pod) {
        var kind = String.valueOf(object.get("kind"));
        var name = Trees.text(object, "metadata", "name").orElse("");
        if (kind.equals("Pod")) {
            return Trees.text(pod, "metadata", "uid").equals(Trees.text(object, "metadata", "uid"));
        }
        for (var owner : Trees.maps(pod, "metadata", "ownerReferences")) {
            var by = Trees.text(owner, "name").orElse("");
            boolean direct = kind.equals(Trees.text(owner, "kind").orElse("")) && name.equals(by);
            var hash = Trees.text(pod, "metadata", "labels", "pod-template-hash").orElse("");
            boolean over =
                    kind.equals("Deployment")
                            && "ReplicaSet".equals(Trees.text(owner, "kind").orElse(""))
                            && by.equals(name + "-" + hash);
            boolean scheduled =
                    kind.equals("CronJob")
                            && "Job".equals(Trees.text(owner, "kind").orElse(""))
                            && by.matches("\\Q" + name + "\\E-[0-9]+");
            if (direct || over || scheduled) {
                return true;
            }
        }
        return false;
    }

    /// A pod of an earlier template says nothing of this one: its images are compared, as nothing else in it tells.
    private static boolean isNew(Map<String, Object> object, Map<String, Object> pod) {
        if (Trees.text(pod, "metadata", "deletionTimestamp").isPresent()) {
            return false;
        }
        var wanted = images(Trees.map(object, "spec", "template", "spec"));
        return wanted.isEmpty() || images(Trees.map(pod, "spec")).equals(wanted);
    }

    private static List<String> images(Map<String, Object> spec) {
        var images = new ArrayList<String>();
        for (var key : List.of("initContainers", "containers")) {
            for (var container : Trees.maps(spec, key)) {
                images.add(
                        Trees.text(container, "name").orElse("")
                                + "="
                                + Trees.text(container, "image").orElse(""));
            }
        }
        return images;
    }

    private static Optional<Cause> ofPod(Map<String, Object> pod) {
        var scheduled = Conditions.find(pod, "PodScheduled");
        if (scheduled
                .filter(one -> one.isFalse() && one.reason().equals("Unschedulable"))
                .isPresent()) {
            return Optional.of(
                    cause(
                            CauseCode.UNSCHEDULABLE,
                            "the pod %s: %s".formatted(podName(pod), scheduled.get().words(""))));
        }
        for (var key : List.of("initContainerStatuses", "containerStatuses")) {
            for (var status : Trees.maps(pod, "status", key)) {
                var cause = ofContainer(pod, status, key.startsWith("init"));
                if (cause.isPresent()) {
                    return cause;
                }
            }
        }
        return Optional.empty();
    }

    private static String podName(Map<String, Object> pod) {
        return Trees.text(pod, "metadata", "name").orElse("");
    }

    private static Optional<Cause> ofContainer(
            Map<String, Object> pod, Map<String, Object> status, boolean init) {
        var reason = Trees.text(status, "state", "waiting", "reason").orElse("");
        var message = Trees.text(status, "state", "waiting", "message").orElse("");
        var name = Trees.text(status, "name").orElse("");
        var where = "the container %s of %s".formatted(name, podName(pod));
        if (PULL.contains(reason)) {
            return Optional.of(
                    cause(
                            CauseCode.IMAGE_UNAVAILABLE,
                            "the image %s of %s cannot be pulled: %s"
                                    .formatted(
                                            Trees.text(status, "image").orElse(""),
                                            name,
                                            message.isEmpty() ? reason : message)));
        }
        if (CONFIG.contains(reason)) {
            return Optional.of(cause(CauseCode.CONTAINER_CONFIG, where + ": " + message));
        }
        if (reason.equals("CrashLoopBackOff")) {
            var exit =
                    Trees.number(status, "lastState", "terminated", "exitCode")
                            .map(code -> " with " + code)
                            .orElse("");
            var why =
                    Trees.text(status, "lastState", "terminated", "reason")
                            .filter("OOMKilled"::equals)
                            .map(_ -> ": it used more memory than its limit")
                            .orElse("");
            long again = Trees.number(status, "restartCount").orElse(0L);
            return Optional.of(
                    cause(
                            init ? CauseCode.INIT_STUCK : CauseCode.CRASH_LOOP,
                            "%s ends again and again%s%s (%d restarts)"
                                    .formatted(where, exit, why, again)));
        }
        return Optional.empty();
    }

    private static Cause cause(CauseCode code, String what) {
        return new Cause(code, what, List.of(code.remedy()), List.of());
    }

    /// The container whose output shows why, where one does.
    ///
    /// @return pod and container
    public static Optional<Map.Entry<String, String>> speaker(
            Collection<Map<String, Object>> objects, List<Map<String, Object>> pods) {
        for (var pod : pods) {
            if (objects.stream().noneMatch(object -> owns(object, pod))) {
                continue;
            }
            for (var key : List.of("initContainerStatuses", "containerStatuses")) {
                for (var status : Trees.maps(pod, "status", key)) {
                    boolean ended =
                            !Trees.map(status, "lastState", "terminated").isEmpty()
                                    || Trees.number(status, "state", "terminated", "exitCode")
                                            .filter(code -> code != 0)
                                            .isPresent();
                    if (ended) {
                        return Optional.of(
                                Map.entry(podName(pod), Trees.text(status, "name").orElse("")));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
