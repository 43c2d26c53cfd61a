/// Migrations to measure with: the same statements in every tool's form, a server to run them on, and two programs that
/// others are compared with. Beside the others' commands they are whole processes.
@NullMarked
package dev.fairlead.bench.migrate;

import org.jspecify.annotations.NullMarked;
