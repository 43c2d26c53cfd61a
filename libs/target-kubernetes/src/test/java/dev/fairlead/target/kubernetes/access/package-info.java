@NullMarked
package dev.fairlead.target.kubernetes.access;

import org.jspecify.annotations.NullMarked;
