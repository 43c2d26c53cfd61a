/// Changes a cluster, one unit at a time, and watches what becomes of it: the only package here that writes what a stack
/// says.
@NullMarked
package dev.fairlead.target.kubernetes.act;

import org.jspecify.annotations.NullMarked;
