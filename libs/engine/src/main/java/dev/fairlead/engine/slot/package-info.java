/// The slots of an environment, as the command and the worker use them: taken, listed, put to sleep, released, collected.
@NullMarked
package dev.fairlead.engine.slot;

import org.jspecify.annotations.NullMarked;
