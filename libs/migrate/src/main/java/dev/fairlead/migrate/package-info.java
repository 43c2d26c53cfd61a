/// Migrations of PostgreSQL databases that cannot race, lie or get stuck: the codes of what can go wrong. The packages
/// below are the way of a run: `sql` (text to statements), `goose` and `spec` (files to migrations), `model`,
/// `registry` (order), `history`, `lint`, `plan` (pure), `execute` (the only one that acts), `await`.
@NullMarked
package dev.fairlead.migrate;

import org.jspecify.annotations.NullMarked;
