package dev.fairlead.inventory.keys;

import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Shape;
import java.util.List;

/// The keys of the workspace and of the orchestration.
public final class WorkspaceKeys {
    public static final Key SIZE =
            Key.of("size", Shape.QUANTITY, "The size of the volume.").mandatory().like("10Gi");
    public static final Key STORAGE_CLASS =
            Key.of("storageClass", Shape.TEXT, "The storage class of the volume.")
                    .orElse("the cluster's own default")
                    .like("standard");
    public static final Key ACCESS_MODE =
            Key.of(
                            "accessMode",
                            Shape.words("ReadWriteOnce", "ReadWriteMany", "ReadWriteOncePod"),
                            "How many nodes mount it at once.")
                    .or("ReadWriteOnce")
                    .like("ReadWriteMany");
    public static final Key MOUNT_PATH =
            Key.of("mountPath", Shape.TEXT, "Where it is mounted.").or("/workspace").like("/work");
    public static final Key UID =
            Key.of("uid", new Shape.Whole(0, 4_294_967_294L), "The user id.")
                    .mandatory()
                    .like("1000");
    public static final Key GID =
            Key.of("gid", new Shape.Whole(0, 4_294_967_294L), "The group id.")
                    .mandatory()
                    .like("1000");
    public static final Key OWNER =
            Key.of(
                            "owner",
                            Shape.Struct.of(
                                    "workspaceOwner", "Who owns the files.", List.of(UID, GID)),
                            "Who owns the files.")
                    .like("{ uid: 1000, gid: 1000 }");
    public static final Key GRANT_UNIT =
            Key.of("unit", Forms.LABEL_TEXT, "The unit or agent.").mandatory().like("api");
    public static final Key GRANT_PATH =
            Key.of("path", Shape.TEXT, "The folder in the workspace.")
                    .mandatory()
                    .like("services/internal/api/build");
    public static final Key ACCESS =
            Key.of("access", Shape.words("ro", "rw"), "Read only, or read and write.")
                    .or("ro")
                    .like("rw");
    public static final Key SHARED =
            Key.of("shared", Shape.FLAG, "Whether it may overlap another grant to write.")
                    .or("false")
                    .like("true");
    public static final Key GRANTS =
            Key.of(
                            "grants",
                            Shape.listOf(
                                    Shape.Struct.of(
                                            "grant",
                                            "A right on a folder of the workspace.",
                                            List.of(GRANT_UNIT, GRANT_PATH, ACCESS, SHARED))),
                            "Who may write where; everybody else reads.")
                    .like("[ { unit: api, path: services/internal/api/build, access: rw } ]");
    public static final Shape.Struct WORKSPACE =
            Shape.Struct.of(
                    "workspace",
                    "The volume that a slot's services and agents share.",
                    List.of(SIZE, STORAGE_CLASS, ACCESS_MODE, MOUNT_PATH, OWNER, GRANTS));

    public static final Key DEPLOY_ORDER =
            Key.of(
                            "deployOrder",
                            Shape.listOf(
                                    Shape.words(
                                            "stateful",
                                            "migrations",
                                            "internal",
                                            "edge",
                                            "frontend")),
                            "The stages that are deployed; it may leave out, not reorder.")
                    .or("[ stateful, migrations, internal, edge, frontend ]")
                    .like("[ stateful, internal, edge ]");
    public static final Key PARALLELISM =
            Key.of("parallelism", new Shape.Whole(1, 1000), "How many units are worked on at once.")
                    .or("8")
                    .like("4");
    public static final Key READINESS_TIMEOUT =
            Key.of(
                            "readinessTimeout",
                            Shape.SPAN,
                            "How long a unit may take to be ready, unless it says otherwise.")
                    .or("5m")
                    .like("2m");
    public static final Key HISTORY =
            Key.of("history", new Shape.Whole(1, 1000), "How many revisions are kept.")
                    .or("10")
                    .like("20");
    public static final Key IDLE_TTL =
            Key.of(
                            "fullEnvIdleTTL",
                            Shape.SPAN,
                            "How long a slot may be idle before `slots gc` removes it with everything that it has.")
                    .or("8h")
                    .like("2h");
    public static final Key SLEEP_AFTER =
            Key.of(
                            "sleepAfter",
                            Shape.Either.of(Shape.words("off"), Shape.SPAN),
                            "How long a slot may be idle before `slots gc` puts it to sleep: nothing runs, and it keeps what it has.")
                    .or("off")
                    .like("1h");
    public static final Key KEEP_LABEL =
            Key.of(
                            "keepLabel",
                            Shape.TEXT,
                            "On Kubernetes: a slot whose namespace has this label is never collected; `fairlead.dev/keep` always is such a label.")
                    .like("example.com/keep");
    public static final Key CLEANUP_POLICY =
            Key.of(
                            "cleanupPolicy",
                            Shape.Struct.of(
                                    "cleanupPolicy",
                                    "What happens to slots that nobody uses.",
                                    List.of(IDLE_TTL, SLEEP_AFTER, KEEP_LABEL)),
                            "What happens to slots that nobody uses.")
                    .like("{ fullEnvIdleTTL: 8h }");
    public static final Shape.Struct ORCHESTRATION =
            Shape.Struct.of(
                    "orchestration",
                    "How a deploy goes on.",
                    List.of(DEPLOY_ORDER, PARALLELISM, READINESS_TIMEOUT, HISTORY, CLEANUP_POLICY));

    private WorkspaceKeys() {}
}
