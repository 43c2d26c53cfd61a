/// What a migration is, wherever it was read from: immutable records that cannot be wrong. Imports `sql` and
/// `diagnostic` alone.
@NullMarked
package dev.fairlead.migrate.model;

import org.jspecify.annotations.NullMarked;
