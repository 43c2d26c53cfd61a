/// Agents of an environment: who may be run, and one run from its begin to its end.
@NullMarked
package dev.fairlead.engine.agent;

import org.jspecify.annotations.NullMarked;
