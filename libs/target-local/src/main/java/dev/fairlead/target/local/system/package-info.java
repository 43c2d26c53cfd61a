/// What Linux offers and the JDK does not: spawning into a process group, reaping, pidfds, FIFOs, and the tables of
/// `/proc`. Knows nothing of units. Everything here was tried with glibc 2.36 as root and as an ordinary user.
///
/// No `ProcessBuilder` may run in a JVM that has a {@link dev.fairlead.target.local.system.Reaper}: both would wait for
/// the same children, and exit codes would get lost.
@NullMarked
package dev.fairlead.target.local.system;

import org.jspecify.annotations.NullMarked;
