/// Kubernetes objects as values: the reference of one, its tree whose leaves may be secret, and what may be known about it
/// without a cluster. Pure; may import the inventory's records, `document` and the JDK.
@NullMarked
package dev.fairlead.deploy.object;

import org.jspecify.annotations.NullMarked;
