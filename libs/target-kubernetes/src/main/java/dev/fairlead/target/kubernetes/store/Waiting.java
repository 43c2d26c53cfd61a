package dev.fairlead.target.kubernetes.store;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.target.kubernetes.KubernetesCode;

/// Requests on behalf of callers that cannot be interrupted.
final class Waiting {
    private Waiting() {}

    interface Work<T> {
        T run() throws InterruptedException;
    }

    /// @throws dev.fairlead.diagnostic.ProblemException when it was interrupted; the thread stays so
    static <T> T here(Work<T> work) {
        try {
            return work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.error(
                            KubernetesCode.CLUSTER_INTERRUPTED,
                            "interrupted while the cluster was asked")
                    .thrown();
        }
    }
}
