/// Plain trees of objects: looking into them, and what is sent of them. Knows no cluster.
@NullMarked
package dev.fairlead.target.kubernetes.tree;

import org.jspecify.annotations.NullMarked;
