package dev.fairlead.target.kubernetes.ready;

import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.target.kubernetes.ready.Finding.Speaker;
import dev.fairlead.target.kubernetes.ready.Finding.Sure;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How containers end, and what is read off it.
final class Exits {
    private static final int NOT_EXECUTABLE = 126;
    private static final int NO_SUCH_COMMAND = 127;

    private Exits() {}

    static boolean isOutOfMemory(Map<String, Object> terminated) {
        return Trees.text(terminated, "reason").filter("OOMKilled"::equals).isPresent();
    }

    /// ` with 3`
    static String with(Map<String, Object> terminated) {
        return Trees.number(terminated, "exitCode").map(code -> " with " + code).orElse("")
                + (isOutOfMemory(terminated) ? ", as it used more memory than its limit" : "");
    }

    /// What can be done about a container that shall stay and does not.
    static String advice(CauseCode code, Map<String, Object> terminated) {
        int exit = Trees.number(terminated, "exitCode").orElse(1L).intValue();
        if (code == CauseCode.CRASH_LOOP && exit == 0) {
            return "what ends with 0 has done its work: make it a Job, or give it a command that stays";
        }
        if (code != CauseCode.OUT_OF_MEMORY && exit == NO_SUCH_COMMAND) {
            return "a command that it calls is not in the image (127): read its last lines, correct the command or the image";
        }
        if (code != CauseCode.OUT_OF_MEMORY && exit == NOT_EXECUTABLE) {
            return "a file that it calls cannot be executed (126): read its last lines, correct its mode or its first line";
        }
        return code.remedy();
    }

    /// The first container of some pods that ended with another code than 0, and whether that is final.
    ///
    /// @param sure what it means for the object
    /// @param code of a container that had memory enough
    static Optional<Finding> first(
            List<Map<String, Object>> pods, Sure sure, CauseCode code, String what) {
        for (var pod : pods.reversed()) {
            for (var key : List.of("initContainerStatuses", "containerStatuses")) {
                for (var status : Trees.maps(pod, "status", key)) {
                    var ended = Trees.map(status, "state", "terminated");
                    if (Trees.number(ended, "exitCode").filter(exit -> exit != 0).isPresent()) {
                        var container = Trees.text(status, "name").orElse("");
                        var name = Trees.text(pod, "metadata", "name").orElse("");
                        var text =
                                "%s; the container %s ended%s"
                                        .formatted(what, container, with(ended));
                        var found = isOutOfMemory(ended) ? CauseCode.OUT_OF_MEMORY : code;
                        return Optional.of(
                                Finding.of(sure, found, text, advice(found, ended))
                                        .spokenBy(new Speaker(name, container, false)));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
