/// A real Kubernetes cluster for tests. A test class says {@link dev.fairlead.testcluster.WithCluster} and takes a {@link
/// dev.fairlead.testcluster.TestCluster} as a parameter:
///
/// ```
/// @WithCluster(pods = true)
/// class RolloutIT {
///     @Test
///     void aPodRuns(TestCluster cluster) { cluster.kubectl("run", "a", "--image=localhost/busybox:1"); … }
/// }
/// ```
///
/// The cluster is built from `tests/kubernetes/cluster` by `go` when its files changed (minutes once, then kept in the
/// user's cache), started by the first class that needs it, shared by all modules of one Maven run, and ended with the
/// run by a process that watches it. `FAIRLEAD_TEST_KUBECONFIG` names another cluster to use. Where a machine cannot do
/// it, the class is skipped and one line says why.
@NullMarked
package dev.fairlead.testcluster;

import org.jspecify.annotations.NullMarked;
