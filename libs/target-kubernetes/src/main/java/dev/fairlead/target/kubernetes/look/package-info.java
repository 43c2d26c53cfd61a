/// Reads what a cluster has of an environment, with few requests: the snapshot that a plan compares with, and how units
/// stand.
@NullMarked
package dev.fairlead.target.kubernetes.look;

import org.jspecify.annotations.NullMarked;
