package dev.fairlead.inventory.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The volume that the services and agents of an instance share.
///
/// @param storageClass the cluster's own default where none is said
/// @param accessMode `ReadWriteOnce`, `ReadWriteMany` or `ReadWriteOncePod`
/// @param owner whose the files are; the pods that mount it run as them, unless they say otherwise
public record Workspace(
        String size,
        Optional<String> storageClass,
        String accessMode,
        String mountPath,
        Optional<Owner> owner,
        List<Grant> grants) {
    /// The name of the claim, and of the volume in pods.
    public static final String NAME = "workspace";

    public Workspace {
        grants = List.copyOf(grants);
    }

    /// Whose the files are.
    public record Owner(long uid, long gid) {}

    /// A right on a folder.
    ///
    /// @param path relative to the workspace, `.` for all of it
    public record Grant(String unit, String path, boolean write, boolean shared) {}

    /// The same with a further right.
    public Workspace granting(Grant grant) {
        var more = new ArrayList<>(grants);
        more.add(grant);
        return new Workspace(size, storageClass, accessMode, mountPath, owner, more);
    }

    /// Where a folder of the stack lies in a pod.
    ///
    /// @param within relative to the stack, `.` for its own
    public String folder(String within) {
        return within.equals(".") ? mountPath : mountPath + "/" + within;
    }

    /// Whether all pods that mount it have to be on one node.
    public boolean oneNode() {
        return accessMode.equals("ReadWriteOnce");
    }

    /// What is granted to a unit.
    public List<Grant> of(String unit) {
        return grants.stream().filter(grant -> grant.unit().equals(unit)).toList();
    }
}
