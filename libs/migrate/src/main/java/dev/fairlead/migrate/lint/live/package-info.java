/// Reads what rules want to know of a live database: one query, in a transaction that cannot write, as any role that may
/// connect. Imports `lint` alone.
@NullMarked
package dev.fairlead.migrate.lint.live;

import org.jspecify.annotations.NullMarked;
