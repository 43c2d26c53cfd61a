package dev.fairlead.target.kubernetes.client;

/// How to apply an object.
///
/// @param dryRun only ask what would come of it
/// @param force take fields that others own; the caller decides which fields it sends
/// @param manager the field manager
public record ApplyMode(boolean dryRun, boolean force, String manager) {
    /// The name under which Fairlead owns fields.
    public static final String MANAGER = "fairlead";

    public static final ApplyMode WRITE = new ApplyMode(false, false, MANAGER);
    public static final ApplyMode DRY_RUN = new ApplyMode(true, false, MANAGER);

    public ApplyMode forcing() {
        return new ApplyMode(dryRun, true, manager);
    }

    public ApplyMode as(String other) {
        return new ApplyMode(dryRun, force, other);
    }
}
