/// Whether a database has exactly what a program was built for, and what is still missing. Pure.
@NullMarked
package dev.fairlead.migrate.await;

import org.jspecify.annotations.NullMarked;
