@NullMarked
package dev.fairlead.target.kubernetes.store;

import org.jspecify.annotations.NullMarked;
