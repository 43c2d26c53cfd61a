/// `fairlead migrate`: the migrations of one database, named by its address and a folder, or as a unit of a stack.
@NullMarked
package dev.fairlead.cli.migrate;

import org.jspecify.annotations.NullMarked;
