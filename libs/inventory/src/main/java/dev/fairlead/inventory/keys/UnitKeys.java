package dev.fairlead.inventory.keys;

import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// What a unit may say: the keys of infrastructure, migrations, services and agents.
public final class UnitKeys {
    public static final Key NAME =
            Key.of("name", Forms.LABEL_TEXT, "The unit's name, unique in the stack.")
                    .mandatory()
                    .like("api");
    public static final Key EXTEND =
            Key.of(
                            "extend",
                            Shape.FLAG,
                            "This entry and the one of the same name in another file are one unit, merged deep.")
                    .or("false")
                    .like("true");
    public static final Key DEPENDS_ON =
            Key.of(
                            "dependsOn",
                            Shape.listOf(Forms.LABEL_TEXT),
                            "Units of the same or an earlier stage that must be ready before this one starts.")
                    .like("[ postgres ]");
    public static final Key WHEN =
            Key.of(
                            "when",
                            Shape.Either.of(Shape.FLAG, Shape.TEMPLATE),
                            "Whether the unit is there at all: a truth value, or a template that gives `true`, `false` or nothing.")
                    .or("true")
                    .like("'{{ ne .Env \"production\" }}'");
    public static final Key USE =
            Key.of(
                            "use",
                            Shape.listOf(Shape.text(Forms.NAME)),
                            "Components that the unit starts from, in this order.")
                    .like("[ hot ]");
    public static final Key EAGER =
            Key.of(
                            "eager",
                            Shape.FLAG,
                            "Start as soon as the dependencies are ready, without waiting for the earlier stages.")
                    .or("false")
                    .like("true");
    public static final Key EXPORTS =
            Key.of(
                            "exports",
                            Shape.mapOf(Forms.EXPORT, Shape.TEMPLATE),
                            "Values that other units read as `.Units.<name>.<key>`; what the target itself provides wins.")
                    .like("{ url: \"http://api:8080\" }");
    public static final Key MANIFEST_PATH =
            Key.of(
                            "path",
                            Shape.TEXT,
                            "A file of Kubernetes objects; one that ends in `.tpl` is a template.")
                    .mandatory()
                    .like("deploy/base/api.yaml.tpl");
    public static final Key MANIFESTS =
            Key.of(
                            "manifests",
                            Shape.listOf(
                                    Shape.Struct.of(
                                            "manifest",
                                            "A manifest file.",
                                            List.of(MANIFEST_PATH))),
                            "The Kubernetes objects of the unit.")
                    .like("[ { path: deploy/base/api.yaml.tpl } ]");
    public static final Key SCOPE =
            Key.of(
                            "scope",
                            Shape.words("environment", "infrastructure-singleton"),
                            "`infrastructure-singleton` is shared by all slots and may hold cluster-scoped objects.")
                    .or("environment")
                    .like("infrastructure-singleton");
    public static final Key READY_CEL =
            Key.of(
                            "cel",
                            Shape.TEXT,
                            "A CEL expression over the custom resource that is true when it is ready.")
                    .mandatory()
                    .like("'object.status.phase == \"Running\"'");
    public static final Key READY =
            Key.of(
                            "ready",
                            Shape.Struct.of(
                                    "readyCel",
                                    "Readiness of custom resources.",
                                    List.of(READY_CEL)),
                            "When custom resources of the unit's manifests are ready.")
                    .like("{ cel: 'object.status.phase == \"Running\"' }");
    public static final Key ALLOW =
            Key.of(
                            "allow",
                            Shape.listOf(FlowKeys.FLOW),
                            "Network flows beyond those that dependsOn, ports and Ingresses declare, in an environment with slots on Kubernetes.")
                    .like("[ { to: api.github.com, port: 443 } ]");
    public static final Key INJECT =
            Key.of(
                            "inject",
                            Shape.FLAG,
                            "Whether labels, mounts and defaults are added to the pod templates of the unit.")
                    .or("true")
                    .like("false");
    public static final Key WORKSPACE =
            Key.of(
                            "workspace",
                            Shape.FLAG,
                            "Whether the service or the agent mounts the shared workspace.")
                    .or("true")
                    .like("false");
    public static final Key PATH =
            Key.of("path", Shape.TEXT, "The unit's folder.")
                    .orElse("`services/<zone>/<name>` where that exists, else the stack's folder")
                    .like("services/internal/api");
    public static final Key LOCAL =
            Key.of(
                            "local",
                            RunKeys.LOCAL_STRUCT,
                            "What stands for it on the target `local`; a command of its own stands in `run`.")
                    .like("{ builtin: postgres, databases: [ guestbook ] }");
    public static final Key RUN =
            Key.of("run", RunKeys.RUN_STRUCT, "How it runs as a process.")
                    .like("{ command: [ java, -jar, app.jar ], ports: { http: auto } }");
    public static final Key DEV =
            Key.of("dev", RunKeys.DEV_STRUCT, "How it runs and is reloaded in mode dev.")
                    .like("{ watch: [ \"src/**\" ], reload: restart }");

    public static final Key OWNER =
            Key.of("owner", Forms.LABEL_TEXT, "The service that owns the schema.")
                    .mandatory()
                    .like("api");
    public static final Key DATABASE_UNIT =
            Key.of("unit", Forms.LABEL_TEXT, "The unit that the database lives in.")
                    .mandatory()
                    .like("postgres");
    public static final Key DATABASE_NAME =
            Key.of("name", Shape.text(Forms.NAME), "The name of the database.")
                    .mandatory()
                    .like("guestbook");
    public static final Key DATABASE =
            Key.of(
                            "database",
                            Shape.Struct.of(
                                    "database",
                                    "Which database is migrated.",
                                    List.of(DATABASE_UNIT, DATABASE_NAME)),
                            "The database that is migrated; one migrations unit each.")
                    .mandatory()
                    .like("{ unit: postgres, name: guestbook }");
    public static final Key SOURCE =
            Key.of("source", Shape.TEXT, "The folder of the migrations, inside the owner's path.")
                    .orElse("`<owner's path>/cmd/cli/migrations`")
                    .like("services/internal/api/cmd/cli/migrations");
    public static final Key MIGRATIONS_TIMEOUT =
            Key.of(
                            "timeout",
                            Shape.SPAN,
                            "How long all that is pending may take, waiting for the lock included.")
                    .or("1h")
                    .like("8h");

    public static final Key DEPLOY_GROUP =
            Key.of(
                            "deployGroup",
                            Shape.words("internal", "edge", "frontend"),
                            "The stage that the service belongs to.")
                    .mandatory()
                    .like("internal");
    public static final Key REQUIRES_SCHEMA =
            Key.of(
                            "requiresSchema",
                            Shape.Either.of(Forms.LABEL_TEXT, Shape.listOf(Forms.LABEL_TEXT)),
                            "The migrations unit, or a list of them, whose schema must be there before the service starts.")
                    .like("guestbook-db");
    public static final Key IMAGE =
            Key.of(
                            "image",
                            Shape.TEXT,
                            "The image of `spec.images` that it runs from on Kubernetes; that of migrations gets Fairlead and their files added.")
                    .like("api");
    public static final Key REPLICAS =
            Key.of("replicas", new Shape.Whole(0, 10_000), "How many copies run.")
                    .or("1")
                    .like("2");
    public static final Key SERVICE_ACCOUNT =
            Key.of(
                            "serviceAccount",
                            Shape.Either.of(Shape.FLAG, Shape.text(Forms.LABEL)),
                            "A service account of its own (true), or the name of one that exists.")
                    .like("true");
    public static final Key POD_SECURITY =
            Key.of(
                            "podSecurity",
                            Shape.words("restricted", "baseline", "privileged"),
                            "The Pod Security level that the unit needs.")
                    .or("restricted")
                    .like("baseline");
    public static final Key AGENT_RUN =
            Key.of("run", RunKeys.AGENT_STRUCT, "How it runs.")
                    .like("{ command: [ my-agent, \"{{ .Task }}\" ], timeout: 1h }");
    public static final Key DROP_KINDS =
            Key.of(
                            "dropKinds",
                            Forms.TEXTS,
                            "Kinds of objects that the manifests leave out in this environment.")
                    .like("[ Ingress ]");

    private static final Set<String> NOT_IN_A_PART = Set.of("name", "extend", "use");
    private static final List<Key> ANY =
            List.of(
                    NAME,
                    EXTEND,
                    DEPENDS_ON,
                    WHEN,
                    USE,
                    EAGER,
                    EXPORTS,
                    MANIFESTS,
                    SCOPE,
                    READY,
                    ALLOW,
                    INJECT,
                    WORKSPACE,
                    PATH);
    private static final List<Key> OF_ALL_THAT_RUN =
            List.of(NAME, EXTEND, DEPENDS_ON, WHEN, USE, ALLOW, INJECT, WORKSPACE, PATH);
    private static final List<Key> OF_AGENTS =
            List.of(REQUIRES_SCHEMA, IMAGE, SERVICE_ACCOUNT, POD_SECURITY, AGENT_RUN);
    private static final List<Key> OF_INFRASTRUCTURE =
            List.of(LOCAL, RUN, DEV, IMAGE, REPLICAS, SERVICE_ACCOUNT, POD_SECURITY);
    private static final List<Key> OF_MIGRATIONS =
            List.of(OWNER, DATABASE, SOURCE, MIGRATIONS_TIMEOUT, IMAGE);
    private static final List<Key> OF_SERVICES =
            List.of(
                    DEPLOY_GROUP,
                    REQUIRES_SCHEMA,
                    IMAGE,
                    REPLICAS,
                    SERVICE_ACCOUNT,
                    POD_SECURITY,
                    RUN,
                    DEV);

    public static final Shape.Struct INFRASTRUCTURE =
            unit("infrastructure", "A unit of the stage stateful.", ANY, OF_INFRASTRUCTURE);
    public static final Shape.Struct MIGRATIONS =
            unit(
                    "migrations",
                    "The migrations of one database: a unit of the stage migrations.",
                    ANY,
                    OF_MIGRATIONS);
    public static final Shape.Struct SERVICES =
            unit(
                    "service",
                    "A service: a unit of the stage that deployGroup names.",
                    ANY,
                    OF_SERVICES);
    public static final Shape.Struct AGENTS =
            unit(
                    "agent",
                    "A command that is run in a slot by a person (`fairlead run`), with what the services of the slot have. Nothing may depend on it.",
                    OF_ALL_THAT_RUN,
                    OF_AGENTS);
    public static final Shape.Struct COMPONENT =
            Shape.Struct.of(
                    "component",
                    "Keys that several units share: any key of a unit but its name, its overlays and `use`.",
                    joined(
                                    joined(without(ANY), OF_INFRASTRUCTURE),
                                    joined(OF_MIGRATIONS, OF_SERVICES))
                            .stream()
                            .map(UnitKeys::optional)
                            .toList());

    /// Named here, as each kind of unit has its own form of it.
    public static final String OVERLAYS = "overlays";

    private UnitKeys() {}

    private static Shape.Struct unit(String name, String about, List<Key> any, List<Key> own) {
        var overlay = joined(without(any), own).stream().map(UnitKeys::optional).toList();
        var overlays =
                Key.of(
                                "overlays",
                                Shape.mapOf(
                                        Forms.LABEL,
                                        Shape.Struct.of(
                                                name + "Overlay",
                                                "What is different in one environment.",
                                                joined(overlay, List.of(USE, DROP_KINDS)))),
                                "What is different per environment, merged deep; an environment also gets the overlays of those that it is `from`.")
                        .like("{ ai: { run: { env: { LOG: debug } } } }");
        return Shape.Struct.of(name, about, joined(joined(any, own), List.of(overlays)));
    }

    /// In a part of a unit nothing is required.
    private static Key optional(Key key) {
        return new Key(
                key.name(),
                key.shape(),
                key.about(),
                false,
                key.fallback(),
                key.fallbackSays(),
                key.examples(),
                key.due());
    }

    private static List<Key> without(List<Key> keys) {
        return keys.stream().filter(key -> !NOT_IN_A_PART.contains(key.name())).toList();
    }

    private static List<Key> joined(List<Key> one, List<Key> other) {
        var byName = new LinkedHashMap<String, Key>();
        one.forEach(key -> byName.put(key.name(), key));
        other.forEach(key -> byName.put(key.name(), key));
        return new ArrayList<>(byName.values());
    }
}
