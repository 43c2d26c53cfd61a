/// Which unit waits for which: the order of starts and removals, and the compact form in which records and plans keep it.
/// May import the inventory's environment records.
@NullMarked
package dev.fairlead.deploy.graph;

import org.jspecify.annotations.NullMarked;
