package dev.fairlead.deploy.kind;

import dev.fairlead.deploy.target.Cause;

/// How the work of a unit ended.
public sealed interface KindEnd {
    /// @param what one sentence without a full stop: `2 migrations applied`
    record Done(String what) implements KindEnd {}

    /// @param timedOut time ran out; nothing failed for certain
    record Failed(Cause cause, boolean timedOut) implements KindEnd {}
}
