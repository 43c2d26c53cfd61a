/// SQL text of PostgreSQL as tokens and statements, and what each statement does: which locks it takes, whether it may
/// run in a transaction, what the catalogue looks like after it. Pure; imports `diagnostic`, and of `document` the
/// digest alone.
@NullMarked
package dev.fairlead.migrate.sql;

import org.jspecify.annotations.NullMarked;
