/// How every library reports what is wrong: a coded {@link dev.fairlead.diagnostic.Problem} with place and hint, and
/// text that knows which of its parts are secret ({@link dev.fairlead.diagnostic.Marked}). Depends on the JDK alone.
@NullMarked
package dev.fairlead.diagnostic;

import org.jspecify.annotations.NullMarked;
