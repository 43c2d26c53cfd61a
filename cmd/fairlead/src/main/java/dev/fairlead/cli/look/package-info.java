/// Commands that show how an environment is and what happened in it. One class per command: its flags, its call of the engine, its
/// answer. Every command's help has a description and an example; both are in `docs/reference/cli.md`.
@NullMarked
package dev.fairlead.cli.look;

import org.jspecify.annotations.NullMarked;
