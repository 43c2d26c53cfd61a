package dev.fairlead.inventory.model;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.cluster.Workspace;
import dev.fairlead.inventory.cluster.Workspace.Grant;
import dev.fairlead.inventory.cluster.Workspace.Owner;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.keys.WorkspaceKeys;
import dev.fairlead.inventory.read.StackText.Declared;
import dev.fairlead.inventory.read.StackText.Listed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the workspace, and reports grants that contradict each other or their units.
final class WorkspaceReader {
    private final Node.Mapping node;
    private final Map<String, Declared> units = new LinkedHashMap<>();
    private final Problems problems;
    private final List<Placed> placed = new ArrayList<>();

    private record Placed(Grant grant, Place place) {}

    /// @param declared units and agents
    WorkspaceReader(Node.Mapping node, List<Declared> declared, Problems problems) {
        this.node = node;
        this.problems = problems;
        declared.forEach(unit -> units.put(unit.name(), unit));
    }

    Workspace read() {
        for (var item : WorkspaceKeys.GRANTS.items(node)) {
            if (item instanceof Node.Mapping grant) {
                grant(grant).ifPresent(read -> placed.add(new Placed(read, grant.place())));
            }
        }
        for (int i = 0; i < placed.size(); i++) {
            for (int j = 0; j < i; j++) {
                pair(placed.get(j), placed.get(i));
            }
        }
        var workspace =
                new Workspace(
                        WorkspaceKeys.SIZE.text(node).orElse(""),
                        WorkspaceKeys.STORAGE_CLASS.text(node),
                        WorkspaceKeys.ACCESS_MODE.text(node).orElse("ReadWriteOnce"),
                        mountPath(),
                        owner(),
                        placed.stream().map(Placed::grant).toList());
        onePod(workspace);
        return workspace;
    }

    private String mountPath() {
        var path = WorkspaceKeys.MOUNT_PATH.text(node).orElse("/workspace");
        if (!path.startsWith("/") || path.contains("..") || path.equals("/")) {
            report(
                    WorkspaceKeys.MOUNT_PATH.scalar(node).map(Node::place).orElse(node.place()),
                    InventoryCode.BAD_VALUE,
                    "\"%s\" is no folder that a volume can be mounted at".formatted(path),
                    "an absolute path such as /workspace");
        }
        return path.length() > 1 && path.endsWith("/")
                ? path.substring(0, path.length() - 1)
                : path;
    }

    /// Whether it mounts the workspace without a grant.
    private static boolean mountsByItself(Declared unit) {
        return (unit.listed() == Listed.SERVICES || unit.listed() == Listed.AGENTS)
                && UnitKeys.WORKSPACE.flag(unit.node());
    }

    private Optional<Owner> owner() {
        var owner = WorkspaceKeys.OWNER.map(node);
        var read =
                owner.map(said ->
                        new Owner(WorkspaceKeys.UID.whole(said), WorkspaceKeys.GID.whole(said)));
        if (read.filter(one -> one.uid() == 0).isPresent()) {
            for (var unit : units.values()) {
                if (mountsByItself(unit)
                        && UnitKeys.POD_SECURITY
                                .text(unit.node())
                                .filter(level -> !level.equals("restricted"))
                                .isEmpty()) {
                    report(
                            owner.orElseThrow().place(),
                            InventoryCode.GRANTS_CONTRADICT,
                            "the files are root's, and \"%s\" must not run as root"
                                    .formatted(unit.name()),
                            "give the files to another user, or say podSecurity: baseline in the unit");
                }
            }
        }
        return read;
    }

    private Optional<Grant> grant(Node.Mapping grant) {
        var unit = WorkspaceKeys.GRANT_UNIT.scalar(grant);
        var path = WorkspaceKeys.GRANT_PATH.scalar(grant);
        if (unit.isEmpty() || path.isEmpty()) {
            return Optional.empty(); // reported when the file was read
        }
        known(unit.get());
        var plain = plain(path.get());
        boolean write = WorkspaceKeys.ACCESS.text(grant).filter("rw"::equals).isPresent();
        return plain.map(folder ->
                new Grant(unit.get().printed(), folder, write, WorkspaceKeys.SHARED.flag(grant)));
    }

    private void known(Node.Scalar name) {
        var unit = units.get(name.printed());
        if (unit == null || unit.listed() == Listed.MIGRATIONS) {
            var names =
                    units.values().stream()
                            .filter(one -> one.listed() != Listed.MIGRATIONS)
                            .map(Declared::name)
                            .toList();
            report(
                    name.place(),
                    InventoryCode.UNKNOWN_UNIT,
                    "\"%s\" is no unit and no agent that could mount the workspace"
                            .formatted(name.printed()),
                    Nearest.hint(name.printed(), names)
                            .orElse("there are: " + String.join(", ", names)));
        } else {
            if (!UnitKeys.WORKSPACE.flag(unit.node())) {
                contradicts(name, "\"%s\" says workspace: false".formatted(unit.name()));
            }
            if (!UnitKeys.INJECT.flag(unit.node())) {
                contradicts(
                        name,
                        "\"%s\" says inject: false, so that nothing can be mounted in its pods"
                                .formatted(unit.name()));
            }
        }
    }

    private void contradicts(Node.Scalar name, String what) {
        report(
                name.place(),
                InventoryCode.GRANTS_CONTRADICT,
                what + ", and is granted a folder of it",
                InventoryCode.GRANTS_CONTRADICT.remedy());
    }

    /// `a/b`, or `.`.
    private Optional<String> plain(Node.Scalar path) {
        var parts = new ArrayList<String>();
        boolean wrong = path.printed().startsWith("/");
        for (var part : path.printed().split("/", -1)) {
            wrong |= part.equals("..");
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        if (wrong) {
            report(
                    path.place(),
                    InventoryCode.BAD_VALUE,
                    "\"%s\" leads out of the workspace".formatted(path.printed()),
                    "write a folder in it, or \".\" for all of it");
            return Optional.empty();
        }
        return Optional.of(parts.isEmpty() ? "." : String.join("/", parts));
    }

    private void pair(Placed one, Placed other) {
        var first = one.grant();
        var second = other.grant();
        boolean sameUnit = first.unit().equals(second.unit());
        if (sameUnit && first.path().equals(second.path())) {
            report(
                    other.place(),
                    InventoryCode.GRANTS_CONTRADICT,
                    "\"%s\" is granted \"%s\" twice%s"
                            .formatted(
                                    first.unit(),
                                    first.path(),
                                    first.write() == second.write()
                                            ? ""
                                            : ", once to read and once to write"),
                    "the first is at " + one.place());
        }
        if (!sameUnit && first.write() && second.write() && !share(first, second)) {
            report(
                    other.place(),
                    InventoryCode.GRANTS_CONTRADICT,
                    "\"%s\" and \"%s\" both write in \"%s\""
                            .formatted(
                                    first.unit(),
                                    second.unit(),
                                    within(first.path(), second.path())
                                            ? first.path()
                                            : second.path()),
                    "say shared: true in both grants, or in that of the outer folder; the other is at "
                            + one.place());
        }
    }

    /// Of one folder both must say so; whoever has the folder around another's must.
    private static boolean share(Grant one, Grant other) {
        boolean inOther = within(one.path(), other.path());
        boolean inOne = within(other.path(), one.path());
        return (!inOther || other.shared()) && (!inOne || one.shared());
    }

    /// Whether a folder is another or lies in it.
    private static boolean within(String folder, String other) {
        return other.equals(".") || folder.equals(other) || folder.startsWith(other + "/");
    }

    /// A volume of one pod cannot be everybody's.
    private void onePod(Workspace workspace) {
        if (!workspace.accessMode().equals("ReadWriteOncePod")) {
            return;
        }
        var users =
                units.values().stream()
                        .filter(unit ->
                                mountsByItself(unit) || !workspace.of(unit.name()).isEmpty())
                        .map(Declared::name)
                        .toList();
        if (users.size() > 1) {
            report(
                    WorkspaceKeys.ACCESS_MODE.scalar(node).map(Node::place).orElse(node.place()),
                    InventoryCode.GRANTS_CONTRADICT,
                    "a volume of one pod alone cannot be mounted by " + String.join(", ", users),
                    "say accessMode: ReadWriteOnce (one node) or ReadWriteMany, or workspace: false in the others");
        }
    }

    private void report(Place place, InventoryCode code, String what, String hint) {
        problems.add(Problem.error(code, place, what).withHint(hint));
    }
}
