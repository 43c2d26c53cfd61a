/// What Kubernetes alone asks of an environment and its units, every value evaluated: which cluster, which readiness, which
/// security. Records only; they are made by the package `evaluate`.
@NullMarked
package dev.fairlead.inventory.cluster;

import org.jspecify.annotations.NullMarked;
