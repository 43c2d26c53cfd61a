/// Rules that find dangerous migrations before they run: pure functions of statements, the pending migrations around
/// them and, where there is one, of facts about the live database.
@NullMarked
package dev.fairlead.migrate.lint;

import org.jspecify.annotations.NullMarked;
