package dev.fairlead.target.kubernetes.ready;

import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.target.kubernetes.ready.Finding.Speaker;
import dev.fairlead.target.kubernetes.ready.Finding.Sure;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Why the containers of one pod do not run, or are not ready.
final class Containers {
    private static final Set<String> PULL =
            Set.of(
                    "ErrImagePull",
                    "ImagePullBackOff",
                    "InvalidImageName",
                    "ErrImageNeverPull",
                    "ImageInspectError",
                    "RegistryUnavailable");

    /// How the init containers are named that Fairlead adds for schemas.
    private static final String SCHEMA = "schema-";

    private static final Set<String> NEVER = Set.of("InvalidImageName", "ErrImageNeverPull");
    private static final Set<String> CONFIG =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");
    private static final Set<String> NOT_STARTED = Set.of("StartError", "ContainerCannotRun");

    private final Map<String, Object> pod;
    private final Around around;
    private final String name;

    Containers(Map<String, Object> pod, Around around) {
        this.pod = pod;
        this.around = around;
        this.name = Trees.text(pod, "metadata", "name").orElse("");
    }

    Optional<Finding> first() {
        for (var key : List.of("initContainerStatuses", "containerStatuses")) {
            for (var status : Trees.maps(pod, "status", key)) {
                var finding = of(status, key.startsWith("init"));
                if (finding.isPresent()) {
                    return finding;
                }
            }
        }
        return mounts().or(this::initial).or(this::probes);
    }

    /// Whether a container of it is kept waiting: for its next start, its image, or what it is made of.
    boolean isWaiting() {
        return first().filter(finding -> finding.sure() != Sure.NOT_YET).isPresent();
    }

    private Optional<Finding> of(Map<String, Object> status, boolean init) {
        var reason = Trees.text(status, "state", "waiting", "reason").orElse("");
        var message = Trees.text(status, "state", "waiting", "message").orElse("");
        var container = Trees.text(status, "name").orElse("");
        var where = "the container %s of %s".formatted(container, name);
        if (PULL.contains(reason)) {
            return Optional.of(
                    Finding.of(
                            NEVER.contains(reason) ? Sure.AT_ONCE : Sure.WHEN_IT_LASTS,
                            CauseCode.IMAGE_UNAVAILABLE,
                            "the image %s of %s cannot be pulled: %s"
                                    .formatted(
                                            Trees.text(status, "image").orElse(""),
                                            container,
                                            message.isEmpty() ? reason : message)));
        }
        if (CONFIG.contains(reason)) {
            return Optional.of(
                    Finding.of(
                            Sure.WHEN_IT_LASTS,
                            CauseCode.CONTAINER_CONFIG,
                            where + " cannot be made: " + message));
        }
        if (!reason.equals("CrashLoopBackOff")) {
            return Optional.empty();
        }
        var last = Trees.map(status, "lastState", "terminated");
        if (Trees.text(last, "reason").filter(NOT_STARTED::contains).isPresent()) {
            return Optional.of(
                    Finding.of(
                            Sure.AT_ONCE,
                            CauseCode.CONTAINER_CONFIG,
                            where
                                    + " cannot be started: "
                                    + Trees.text(last, "message").orElse("")));
        }
        long again = Trees.number(status, "restartCount").orElse(0L);
        var code =
                isOutOfMemory(last)
                        ? CauseCode.OUT_OF_MEMORY
                        : init ? CauseCode.INIT_STUCK : CauseCode.CRASH_LOOP;
        var what =
                "%s ends again and again%s%s (%d %s)"
                        .formatted(where, ended(last), killed(), again, times(again));
        return Optional.of(
                Finding.of(Sure.AT_ONCE, code, what).spokenBy(new Speaker(name, container, false)));
    }

    private static String times(long restarts) {
        return restarts == 1 ? "restart" : "restarts";
    }

    static boolean isOutOfMemory(Map<String, Object> terminated) {
        return Trees.text(terminated, "reason").filter("OOMKilled"::equals).isPresent();
    }

    /// How a container ended: ` with 3`
    static String ended(Map<String, Object> terminated) {
        return Trees.number(terminated, "exitCode").map(code -> " with " + code).orElse("")
                + (isOutOfMemory(terminated) ? ", as it used more memory than its limit" : "");
    }

    /// Whether its own probe had it ended.
    private String killed() {
        return unhealthy("Liveness")
                .or(() -> unhealthy("Startup"))
                .map(event -> ", after its " + uncapitalized(Said.message(event)))
                .orElse("");
    }

    private static String uncapitalized(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private Optional<Map<String, Object>> unhealthy(String probe) {
        return around.events().stream()
                .filter(event -> Said.of(event, Said.uid(pod)))
                .filter(event -> Said.reason(event).equals("Unhealthy"))
                .filter(event -> Said.message(event).startsWith(probe + " probe"))
                .max(Comparator.comparing(Said::at));
    }

    /// A volume that does not come.
    private Optional<Finding> mounts() {
        if (!Trees.text(pod, "status", "phase").orElse("").equals("Pending")) {
            return Optional.empty();
        }
        return around.news().stream()
                .filter(event -> Said.of(event, Said.uid(pod)))
                .filter(event ->
                        Said.reason(event).equals("FailedMount")
                                || Said.reason(event).equals("FailedAttachVolume"))
                .max(Comparator.comparing(Said::at))
                .map(event ->
                        Finding.of(
                                passes(Said.message(event)) ? Sure.NOT_YET : Sure.WHEN_IT_LASTS,
                                CauseCode.VOLUME_UNAVAILABLE,
                                "the pod %s: %s".formatted(name, Said.message(event))));
    }

    /// A node that has just got the pod may not be known to have it yet: the server refuses it the pod's objects, and the
    /// next try is a while away.
    private static boolean passes(String message) {
        return message.contains("no relationship found between node");
    }

    /// The container that has to end before the others start.
    private Optional<Finding> initial() {
        return Trees.maps(pod, "status", "initContainerStatuses").stream()
                .filter(status ->
                        !Trees.text(status, "started").orElse("").equals("true")
                                || !isSidecar(status))
                .filter(status -> !Trees.map(status, "state", "running").isEmpty())
                .findFirst()
                .map(status -> Trees.text(status, "name").orElse(""))
                .map(container -> waiting(container).spokenBy(new Speaker(name, container, true)));
    }

    private Finding waiting(String container) {
        return container.startsWith(SCHEMA)
                ? Finding.of(
                        Sure.NOT_YET,
                        CauseCode.SCHEMA_MISSING,
                        "the pod %s waits for the schema of %s"
                                .formatted(name, container.substring(SCHEMA.length())))
                : Finding.of(
                        Sure.NOT_YET,
                        CauseCode.INIT_STUCK,
                        "the init container %s of %s has not ended".formatted(container, name),
                        "see what it waits for; its last lines are here");
    }

    private boolean isSidecar(Map<String, Object> status) {
        return Trees.maps(pod, "spec", "initContainers").stream()
                .filter(one -> Trees.text(one, "name").equals(Trees.text(status, "name")))
                .anyMatch(one ->
                        Trees.text(one, "restartPolicy").filter("Always"::equals).isPresent());
    }

    /// The last answer of the probe that a running container does not pass.
    private Optional<Finding> probes() {
        for (var status : Trees.maps(pod, "status", "containerStatuses")) {
            boolean runs = !Trees.map(status, "state", "running").isEmpty();
            if (runs && !Boolean.TRUE.equals(status.get("ready"))) {
                var container = Trees.text(status, "name").orElse("");
                return unhealthy("Readiness")
                        .or(() -> unhealthy("Startup"))
                        .map(event -> probe(Said.message(event)))
                        .map(finding -> finding.spokenBy(new Speaker(name, container, true)));
            }
        }
        return Optional.empty();
    }

    private Finding probe(String message) {
        var code =
                message.contains("connection refused")
                        ? CauseCode.PROBE_REFUSED
                        : message.contains("statuscode")
                                ? CauseCode.PROBE_ANSWERED
                                : CauseCode.PROBE_PENDING;
        return Finding.of(Sure.NOT_YET, code, "the pod %s: %s".formatted(name, message));
    }
}
