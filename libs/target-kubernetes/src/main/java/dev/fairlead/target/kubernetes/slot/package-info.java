/// The slots of an environment on a cluster: a namespace each, with annotations that people can read, and one ledger in the
/// environment's own namespace. Rules and verbs are those of {@link dev.fairlead.deploy.slot}.
@NullMarked
package dev.fairlead.target.kubernetes.slot;

import org.jspecify.annotations.NullMarked;
