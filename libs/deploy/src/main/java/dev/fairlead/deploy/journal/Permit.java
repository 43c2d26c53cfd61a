package dev.fairlead.deploy.journal;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.diagnostic.Problem;
import java.time.Duration;

/// The lease, as a target sees it that cannot refuse an old fencing token itself: asked before each write.
public interface Permit {
    /// Whether the lease is certainly ours for longer than a write takes. Renews it first where it was not renewed in time,
    /// so whoever stalled learns here that another has taken over.
    ///
    /// @param request after how long the write is given up
    boolean covers(Duration request);

    /// The same as a problem: the caller's step has failed, and the execution ends as superseded.
    default void require(Duration request) {
        if (!covers(request)) {
            throw Problem.error(
                            DeployCode.LEASE_LOST,
                            "the lease ran out before this could be written; nothing was changed")
                    .withHint(DeployCode.LEASE_LOST.remedy())
                    .thrown();
        }
    }
}
