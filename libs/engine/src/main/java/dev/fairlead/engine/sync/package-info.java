/// A checkout in the workspace of a cluster: what this machine has is told to a process in a pod, which asks for what it
/// lacks. {@link dev.fairlead.engine.sync.Receiver} is the pod's side.
@NullMarked
package dev.fairlead.engine.sync;

import org.jspecify.annotations.NullMarked;
