package dev.fairlead.diagnostic;

/// What a code says about whose turn it is, and with which exit code a command ends because of it.
public enum Kind {
    /// The user's input is wrong.
    USER(1),
    /// The surroundings failed: disk, network, cluster, database.
    SURROUNDINGS(3),
    /// Something was not ready in time, or a step failed.
    NOT_READY(4),
    /// Somebody else holds the lease, or the plan is stale.
    BUSY(5),
    /// Refused: an approval, a confirmation or a right is missing.
    REFUSED(6),
    /// A defect of Fairlead itself.
    BUG(70),
    /// Interrupted by the user; the state is kept.
    INTERRUPTED(130);

    private final int exitCode;

    Kind(int exitCode) {
        this.exitCode = exitCode;
    }

    /// The exit code of a process that ends because of a problem of this kind.
    public int exitCode() {
        return exitCode;
    }
}
