/// What the tests of the command stand on: a folder with a stack in it, the command itself, the machine's processes,
/// HTTP, a browser. Knows nothing of Fairlead's classes but its JSON reader.
@NullMarked
package dev.fairlead.tests.system.world;

import org.jspecify.annotations.NullMarked;
