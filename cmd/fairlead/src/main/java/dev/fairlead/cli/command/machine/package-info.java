/// The commands that need no stack: about this build and this machine.
@NullMarked
package dev.fairlead.cli.command.machine;

import org.jspecify.annotations.NullMarked;
