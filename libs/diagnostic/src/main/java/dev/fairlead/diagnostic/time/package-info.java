/// Time as a parameter: monotonic nanoseconds, deadlines and pauses. JDK only.
@NullMarked
package dev.fairlead.diagnostic.time;

import org.jspecify.annotations.NullMarked;
