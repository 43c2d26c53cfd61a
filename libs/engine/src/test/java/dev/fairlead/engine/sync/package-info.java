@NullMarked
package dev.fairlead.engine.sync;

import org.jspecify.annotations.NullMarked;
