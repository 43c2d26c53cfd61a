package dev.fairlead.target.kubernetes.ready;

import static dev.fairlead.target.kubernetes.ready.Hints.when;

import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.target.kubernetes.ready.Finding.Sure;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Why an image is not there.
final class Pulls {
    private static final Set<String> REASONS =
            Set.of(
                    "ErrImagePull",
                    "ImagePullBackOff",
                    "InvalidImageName",
                    "ErrImageNeverPull",
                    "ImageInspectError",
                    "RegistryUnavailable");
    private static final Set<String> NEVER = Set.of("InvalidImageName", "ErrImageNeverPull");

    private static final Hints HINTS =
            Hints.of(
                    when(
                            "pull policy of Never",
                            "load the image onto the nodes, or leave out `imagePullPolicy: Never`"),
                    when(
                            "InvalidImageName|couldn't parse image|invalid reference format",
                            "correct the name: `registry/path:tag`, its path in lower case"),
                    when(
                            "401|403|unauthori[sz]ed|denied|authentication required|authorization failed|insufficient_scope",
                            "the registry wants a login: name an imagePullSecret that may read the image, or see whether its name is right (a registry often says so of what is not there)"),
                    when(
                            "lookup \\S+|no such host|name resolution",
                            "correct the registry's host: no node can resolve its name"),
                    when(
                            "connection refused|i/o timeout|deadline exceeded|no route to host|network is unreachable",
                            "see whether the registry runs, and whether the nodes reach it"),
                    when(
                            "HTTP response to HTTPS client|x509|certificate",
                            "let the nodes trust the registry: its certificate, or plain HTTP, is a setting of their container runtime"),
                    when(
                            "no match for platform",
                            "build the image for the architecture of the nodes (`kubectl get nodes -o wide`)"),
                    when(
                            "not found|manifest unknown|404",
                            "correct name and tag, or push it (`fairlead build --push`): the registry does not have it"));

    private Pulls() {}

    /// @param status of a container
    static Optional<Finding> of(
            Map<String, Object> pod, Map<String, Object> status, Around around) {
        var reason = Trees.text(status, "state", "waiting", "reason").orElse("");
        if (!REASONS.contains(reason)) {
            return Optional.empty();
        }
        var message = Trees.text(status, "state", "waiting", "message").orElse("");
        var why = message.isEmpty() ? reason : message;
        var what =
                "the image %s of %s cannot be pulled: %s%s"
                        .formatted(
                                Trees.text(status, "image").orElse(""),
                                Trees.text(status, "name").orElse(""),
                                why,
                                secret(pod, around));
        var advice = HINTS.find(reason + " " + why).orElse(CauseCode.IMAGE_UNAVAILABLE.remedy());
        return Optional.of(
                Finding.of(
                        NEVER.contains(reason) ? Sure.AT_ONCE : Sure.WHEN_IT_LASTS,
                        CauseCode.IMAGE_UNAVAILABLE,
                        what,
                        advice));
    }

    /// A login that is not there is told as an event alone: the pull goes on without one.
    private static String secret(Map<String, Object> pod, Around around) {
        return around.events().stream()
                .filter(event -> Said.of(event, Said.uid(pod)))
                .filter(event -> Said.reason(event).equals("FailedToRetrieveImagePullSecret"))
                .findFirst()
                .map(event -> "; " + Said.message(event))
                .orElse("");
    }
}
