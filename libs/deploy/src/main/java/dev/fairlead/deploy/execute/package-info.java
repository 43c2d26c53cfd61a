/// The only package that acts: runs a plan's steps as a graph, at most so many at once, each with a deadline, and answers
/// with an {@link dev.fairlead.deploy.execute.Outcome}. Input: a plan, what it was made from, a target's session and the
/// journal's lease.
@NullMarked
package dev.fairlead.deploy.execute;

import org.jspecify.annotations.NullMarked;
