/// What the schema of a database is: one canonical tree of everything that pg_dump --schema-only writes, read by queries
/// alone, so that two databases, or one at two moments, can be compared. Imports `document` and the JDK.
@NullMarked
package dev.fairlead.migrate.catalogue;

import org.jspecify.annotations.NullMarked;
