/// What Fairlead keeps in a cluster about an environment, as ConfigMaps in the environment's namespace: the record with
/// its events and revisions ({@link dev.fairlead.target.kubernetes.store.ClusterStore}). Values of secrets are in none of
/// them. Whoever opens a store closes it: that writes the last events.
@NullMarked
package dev.fairlead.target.kubernetes.store;

import org.jspecify.annotations.NullMarked;
