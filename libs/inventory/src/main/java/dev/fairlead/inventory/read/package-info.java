/// Files to one tree: {@link dev.fairlead.inventory.read.StackReader} finds the main file and its root, follows imports,
/// checks every file against the table of keys and merges them. Nothing outside the root is read.
@NullMarked
package dev.fairlead.inventory.read;

import org.jspecify.annotations.NullMarked;
