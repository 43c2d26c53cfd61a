package dev.fairlead.target.kubernetes.ready;

/// How far an object is.
public sealed interface Condition {
    /// It is what it shall be.
    record Current() implements Condition {}

    /// On its way.
    ///
    /// @param what one clause: `1 of 3 pods are available`
    record InProgress(String what) implements Condition {}

    /// It certainly does not get there by itself.
    ///
    /// @param reason the word of whoever says so: `ProgressDeadlineExceeded`
    record Failed(String reason, String what) implements Condition {}

    /// It is being deleted.
    record Terminating(String what) implements Condition {}
}
