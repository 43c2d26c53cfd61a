/// Objects of one cluster, read and written as plain trees. {@link dev.fairlead.target.kubernetes.client.Cluster} is the
/// door; its streams (watch, logs, exec, port-forward) lie in the package `stream`.
///
/// ```
/// var access = Kubeconfig.read(environment, clock).access(Optional.of("staging"));
/// try (var cluster = Cluster.connect(access, ClusterSettings.of(ticker, clock))) {
///     var deployments = cluster.discovery().require("apps/v1", "Deployment");
///     var listing = cluster.list(Selection.of(deployments).in("shop").labelled("fairlead.dev/stack=shop"));
///     var api = ObjectAddress.of(deployments, "shop", "api");
///     switch (cluster.apply(api, tree, ApplyMode.DRY_RUN)) {
///         case Answer.Accepted(var object) -> …;               // as the server would store it
///         case Answer.Refused(var refusal) -> refusal.conflicts();   // field, manager; or refusal.problem()
///     }
///     cluster.watch(selection, seen -> …);                      // blocks until it answers false or is interrupted
/// }
/// ```
///
/// - Trees are what {@link dev.fairlead.document.Json} reads. A tree to be sent may hold {@link
///   dev.fairlead.diagnostic.Marked} text: it is revealed in the request alone, and masked in what the server says of it.
/// - What the server says *about an object* (400, 403, 404, 409, 410, 413, 422) is an {@link
///   dev.fairlead.target.kubernetes.client.Answer}; that it cannot be reached, does not know us or fails (401, 429, 5xx,
///   no connection) is thrown as a Problem, after the retries that are safe.
/// - Every method blocks, can be interrupted, and may be called by many (virtual) threads; how many requests are under
///   way at a time is the client's business.
@NullMarked
package dev.fairlead.target.kubernetes.client;

import org.jspecify.annotations.NullMarked;
