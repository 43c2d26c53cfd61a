@NullMarked
package dev.fairlead.target.kubernetes.client;

import org.jspecify.annotations.NullMarked;
