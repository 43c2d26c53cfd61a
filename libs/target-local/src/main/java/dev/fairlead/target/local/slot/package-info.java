/// What the target local keeps of slots: files, and the git worktrees that they work in.
@NullMarked
package dev.fairlead.target.local.slot;

import org.jspecify.annotations.NullMarked;
