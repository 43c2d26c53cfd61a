package dev.fairlead.target.kubernetes;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// What goes wrong between Fairlead and a cluster.
public enum KubernetesCode implements Code {
    KUBECONFIG_MISSING(
            Kind.SURROUNDINGS,
            "There is no kubeconfig, or it does not have the context that is asked for.",
            "Set KUBECONFIG, or name a context that `kubectl config get-contexts` lists."),
    KUBECONFIG_INVALID(
            Kind.SURROUNDINGS,
            "A kubeconfig, or a file that it names, cannot be read or does not say what is needed to reach a server.",
            "Correct the file that is named; `kubectl config view` shows what kubectl makes of it."),
    CREDENTIALS_REFUSED(
            Kind.SURROUNDINGS,
            "The cluster does not accept who we say we are, or a credential plugin gave nothing.",
            "Log in again (`kubectl auth whoami` must work), then run the command again."),
    CERTIFICATE_REJECTED(
            Kind.SURROUNDINGS,
            "The server's certificate was not signed by the authority of the kubeconfig, has expired, or is for another name.",
            "Take a current kubeconfig; where a proxy stands between, name its authority in certificate-authority."),
    CLUSTER_UNREACHABLE(
            Kind.SURROUNDINGS,
            "The API server does not answer: no connection, or none that held.",
            "See whether the cluster is up and the network leads there (`kubectl version`), then run the command again; it goes on where it was."),
    CLUSTER_BUSY(
            Kind.SURROUNDINGS,
            "The API server refused requests for too long because it has too much to do (429).",
            "Run the command again later; an administrator finds the reason in the server's API priority and fairness metrics."),
    CLUSTER_FAILED(
            Kind.SURROUNDINGS,
            "The API server reported a failure of its own, again and again.",
            "Read the message: it names the part that fails (etcd, a webhook, an aggregated API); repair that, then run the command again."),
    CLUSTER_INTERRUPTED(
            Kind.INTERRUPTED,
            "A request to the cluster was interrupted; whether it took effect is not known.",
            "Run the command again; it looks first at what is there."),
    RIGHT_MISSING(
            Kind.REFUSED,
            "The cluster knows who we are, but a right is missing.",
            "Ask an administrator of the cluster for the verb and resource that are named, in that namespace."),
    KIND_UNKNOWN(
            Kind.USER,
            "The cluster does not know a kind of object.",
            "Correct apiVersion and kind, or install the custom resource definition (a stack may bring it along)."),
    OBJECT_MISSING(
            Kind.SURROUNDINGS,
            "An object that is needed is not in the cluster.",
            "See whether somebody deleted it, then run the command again."),
    OBJECT_REFUSED(
            Kind.USER,
            "The cluster does not accept an object: a field is invalid or immutable, a quota is used up, or an admission rule says no.",
            "Correct the fields that the message names."),
    OBJECT_CONFLICT(
            Kind.BUSY,
            "Somebody else changed an object at the same time, or owns a field of it.",
            "Run the command again; a field that somebody else owns is taken only when asked."),
    NAMESPACE_STUCK(
            Kind.SURROUNDINGS,
            "A namespace is being deleted, and nothing can be made in it. Where it does not go, objects in it have finalizers that nobody takes off, or an API that the server cannot ask.",
            "See whether the controllers that own the finalizers run, then run the command again; it goes on with the removal."),
    RECORD_DAMAGED(
            Kind.SURROUNDINGS,
            "A ConfigMap in which Fairlead keeps an environment's record or a revision does not hold what it wrote, or is gone.",
            "Restore it, or delete it when the history of the environment's executions may be lost; no object of the stack is touched by that.");

    private final Kind kind;
    private final String meaning;
    private final String remedy;

    KubernetesCode(Kind kind, String meaning, String remedy) {
        this.kind = kind;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
