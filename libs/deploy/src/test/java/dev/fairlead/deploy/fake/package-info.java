/// A world small enough to read: a stack in a few words, and a target in memory that can be told how to behave and when
/// to die.
@NullMarked
package dev.fairlead.deploy.fake;

import org.jspecify.annotations.NullMarked;
