@NullMarked
package dev.fairlead.target.kubernetes.ready;

import org.jspecify.annotations.NullMarked;
