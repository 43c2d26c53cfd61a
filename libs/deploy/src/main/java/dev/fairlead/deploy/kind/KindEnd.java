package dev.fairlead.deploy.kind;

import dev.fairlead.deploy.target.Cause;
import java.util.Map;

/// How the work of a unit ended.
public sealed interface KindEnd {
    /// @param what one sentence without a full stop: `2 migrations applied`
    /// @param seen what there is now, for who looks later whether it is still so: kept beside what was applied, and no part
    ///     of a hash
    record Done(String what, Map<String, Object> seen) implements KindEnd {
        /// Where nothing is to be kept.
        public Done(String what) {
            this(what, Map.of());
        }
    }

    /// @param timedOut time ran out; nothing failed for certain
    record Failed(Cause cause, boolean timedOut) implements KindEnd {}
}
