/// The `fairlead` command: one process, put together in {@link dev.fairlead.cli.Main}. It reads the command line, asks the
/// engine, and shows what comes back; it decides nothing about a stack.
@NullMarked
package dev.fairlead.cli;

import org.jspecify.annotations.NullMarked;
