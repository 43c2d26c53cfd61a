@NullMarked
package dev.fairlead.target.kubernetes.http;

import org.jspecify.annotations.NullMarked;
