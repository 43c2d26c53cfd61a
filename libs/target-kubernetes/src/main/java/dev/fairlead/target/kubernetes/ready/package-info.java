/// Whether an object is what it shall be, from its own tree: kstatus' rules for the kinds that Kubernetes has itself,
/// conditions for all others. And why it certainly will not be, from its pods. Pure: knows no cluster.
@NullMarked
package dev.fairlead.target.kubernetes.ready;

import org.jspecify.annotations.NullMarked;
