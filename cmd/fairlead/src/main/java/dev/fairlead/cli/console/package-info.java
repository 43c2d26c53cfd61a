/// The terminal and the process: what stands at the ends of the streams, colours, Ctrl-C, and how the process ends.
/// May import the JDK and JLine only.
@NullMarked
package dev.fairlead.cli.console;

import org.jspecify.annotations.NullMarked;
