/// A unit in mode dev inside a pod: what `fairlead dev-run` does there. Builds, starts and reloads one process by the same
/// {@link dev.fairlead.deploy.reload.Reloader} as the supervisor, without a state folder; the kubelet keeps what it prints,
/// and asks it whether it is ready.
@NullMarked
package dev.fairlead.target.local.pod;

import org.jspecify.annotations.NullMarked;
