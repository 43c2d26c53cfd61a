@NullMarked
package dev.fairlead.deploy.slot;

import org.jspecify.annotations.NullMarked;
