/// One migrator per database: the advisory lock, its heartbeat and the number of its turn.
@NullMarked
package dev.fairlead.migrate.lock;

import org.jspecify.annotations.NullMarked;
