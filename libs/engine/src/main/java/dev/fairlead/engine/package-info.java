/// Wires the stack, the deploy and the targets once, for the command and for the worker. {@link dev.fairlead.engine.Engine}
/// is the only way in; what it answers are values, and {@link dev.fairlead.engine.Shapes} makes plain trees of them.
@NullMarked
package dev.fairlead.engine;

import org.jspecify.annotations.NullMarked;
