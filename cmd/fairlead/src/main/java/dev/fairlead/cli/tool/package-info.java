/// Commands around the stack: this machine, this build, the schema, the template engine alone. One class per command: its flags, its call of the engine, its
/// answer. Every command's help has a description and an example; both are in `docs/reference/cli.md`.
@NullMarked
package dev.fairlead.cli.tool;

import org.jspecify.annotations.NullMarked;
