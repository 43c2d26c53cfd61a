/// Tests with real processes.
@NullMarked
package dev.fairlead.target.local;

import org.jspecify.annotations.NullMarked;
