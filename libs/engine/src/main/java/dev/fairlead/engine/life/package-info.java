/// What is told of the life of an environment: its history, its graph, its drift, as values and as the documented shapes
/// of `-o json`.
@NullMarked
package dev.fairlead.engine.life;

import org.jspecify.annotations.NullMarked;
