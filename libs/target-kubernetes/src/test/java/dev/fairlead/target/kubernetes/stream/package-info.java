@NullMarked
package dev.fairlead.target.kubernetes.stream;

import org.jspecify.annotations.NullMarked;
