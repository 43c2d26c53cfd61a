@NullMarked
package dev.fairlead.deploy.object;

import org.jspecify.annotations.NullMarked;
