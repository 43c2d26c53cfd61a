package dev.fairlead.target.kubernetes.ready;

import static dev.fairlead.target.kubernetes.ready.Hints.when;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import java.util.List;

/// Why the server refuses an object, whoever asks for it: Fairlead, or a controller that makes pods.
public final class Denials {
    private static final Hints HINTS =
            Hints.of(
                    when(
                            "violates PodSecurity",
                            "correct the fields that the message names, or give the unit `podSecurity: baseline` where the namespace allows it"),
                    when("exceeded quota", CauseCode.QUOTA_EXCEEDED.remedy()),
                    when(
                            "failed quota",
                            "give every container the requests and limits that the message names: the quota counts them"),
                    when(
                            "(maximum|minimum) \\S+ usage per|request ratio|max limit to request",
                            "keep the requests and limits of the containers within the LimitRange of the namespace (`kubectl get limitrange -o yaml`)"),
                    when(
                            "error looking up service account|serviceaccount .* not found",
                            "make the ServiceAccount that the message names, or correct serviceAccountName"),
                    when(
                            "PriorityClass",
                            "name a class that `kubectl get priorityclass` lists, or make it"),
                    when(
                            "RuntimeClass",
                            "name a class that `kubectl get runtimeclass` lists, or make it"),
                    when(
                            "failed calling webhook",
                            "the service behind the webhook does not answer: repair it, or remove its configuration (`kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations`)"),
                    when(
                            "attempting to grant RBAC permissions",
                            "nobody gives rights that they do not have: ask somebody who has them, or for the verb `escalate`"));

    private Denials() {}

    /// @param message the server's
    public static Cause of(String name, String message) {
        boolean quota = message.contains("exceeded quota") || message.contains("failed quota");
        var code = quota ? CauseCode.QUOTA_EXCEEDED : CauseCode.OBJECT_DENIED;
        var advice = HINTS.find(message).orElse(code.remedy());
        return new Cause(code, name + ": " + message, List.of(advice), List.of());
    }
}
