/// Commands about the life of an environment: what differs, what was done, the way back, and a person's way to a unit. One
/// class per command: its flags, its call of the engine, its answer.
@NullMarked
package dev.fairlead.cli.life;

import org.jspecify.annotations.NullMarked;
