@NullMarked
package dev.fairlead.deploy.explain;

import org.jspecify.annotations.NullMarked;
