package dev.fairlead.deploy.object;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// What can be wrong with the objects of a stack, before anything is sent.
public enum ObjectCode implements Code {
    MANIFEST_NOT_YAML(
            "A manifest template renders to a text that is not YAML.",
            "Look at the line of the rendered text that is shown; most often an indentation (`nindent`) or a quote is missing."),
    OBJECT_INCOMPLETE(
            "A document of a manifest is no object of Kubernetes: it lacks apiVersion, kind or a name.",
            "Add what the message names; what is no object does not belong into a manifest."),
    OBJECT_TWICE(
            "One object is written twice, by two units or two manifests.",
            "Keep one of the two; both would take it from each other with every deploy."),
    OBJECT_OUTSIDE(
            "An object lies outside the environment's namespace, and its unit does not say so.",
            "Say `scope: infrastructure-singleton` in the unit when all slots share the object, or leave out its namespace."),
    UNKNOWN_KIND(
            "The cluster does not know a kind of object that the stack has.",
            "Install what brings it, put its CustomResourceDefinition into an earlier unit of the stack, or correct apiVersion and kind."),
    SERVICE_SELECTS_NOTHING(
            "No pod of the stack has the labels that a Service selects.",
            "Make the selector of the Service and the labels of the pod template agree."),
    REFERENCE_MISSING(
            "A pod refers to a key that the ConfigMap or Secret of the stack does not have.",
            "Add the key, correct its name, or say `optional: true`."),
    PROBE_PORT(
            "A probe asks a port that its container does not name.",
            "Name the port in `ports` of the container, or give the probe its number."),
    VOLUME_MISSING(
            "A container mounts a volume that its pod does not declare.",
            "Declare it in `volumes`, or correct the name in `volumeMounts`."),
    READY_RULE_WRONG(
            "The rule by which a unit's custom resources are ready cannot be used.",
            "Write an expression of CEL over `object` that is true or false, as `object.status.phase == \"Running\"`, in a unit that has such a resource."),
    HOST_TAKEN(
            "Two Ingresses of the stack serve one path of one host.",
            "Give one of them another host or path; put {{ .Domain }} into the host so that slots differ."),
    INGRESS_LEADS_NOWHERE(
            "An Ingress leads to a Service, or to a port of one, that is not there: whoever asks gets a 503.",
            "Correct name and port of the backend; a Service that the stack does not have must be there otherwise."),
    QUOTA_TOO_SMALL(
            "The pods of the stack ask for more than the stack's own quota gives: not all of them can be admitted.",
            "Raise `quota` of the environment, or lower `replicas` or the requests of the containers."),
    WORKSPACE_CLOSED(
            "The pods of a unit are granted a folder of the workspace to write to, and their user and groups may not write there: on most clusters a volume belongs to root.",
            "Say `owner: { uid, gid }` in `workspace`, so that its pods get runAsUser and fsGroup; or give the pod template an fsGroup yourself."),
    POLICY_UNREACHED(
            "The pods of a unit do not have the labels that its network policy selects: nothing reaches them, and they reach nothing.",
            "Leave out `inject: false`, or give the pod template the labels fairlead.dev/stack, env, slot and unit yourself."),
    IMAGE_UNPINNED(
            "An image has neither a tag nor a digest: what runs would change by itself.",
            "Name a version, or better a digest."),
    FIELD_OWNED(
            Kind.REFUSED,
            "Another field manager owns a field that the stack sets to something else.",
            "Leave the field out of the manifest, or take it: `--take-over OBJECT:FIELD`, as the message writes it."),
    OBJECT_NOT_OURS(
            Kind.REFUSED,
            "An object that the stack has is in the cluster already, and Fairlead did not make it.",
            "Remove or rename one of the two, or make it this environment's: `--adopt OBJECT`, as the message writes it."),
    OBJECT_OF_OTHERS(
            Kind.REFUSED,
            "An object that the stack has belongs to another environment that Fairlead keeps.",
            "Give the environments different namespaces or names; slots never share an object."),
    OBJECT_REFUSED_BY_SERVER(
            Kind.USER,
            "The API server does not accept an object as the stack has it.",
            "Correct what the message names."),
    DATA_WOULD_BE_LOST(
            Kind.REFUSED,
            "An object with data (a volume claim, a definition of custom resources, a namespace) would have to be removed and made anew, which loses them.",
            "Undo the change, or save the data, delete the object by hand and apply again.");

    private final Kind kind;
    private final String meaning;
    private final String remedy;

    ObjectCode(String meaning, String remedy) {
        this(Kind.USER, meaning, remedy);
    }

    ObjectCode(Kind kind, String meaning, String remedy) {
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
