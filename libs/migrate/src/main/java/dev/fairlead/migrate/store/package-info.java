/// How a database is reached, and the tables of the schema `fairlead` in it: the history with its chain, intents,
/// checkpoints, approvals. SQL lives here and in `execute`, nowhere else.
@NullMarked
package dev.fairlead.migrate.store;

import org.jspecify.annotations.NullMarked;
