/// Migrations for people who may not run the tool: one psql script that does what the executor would do, under its lock,
/// and leaves its rows. Pure text; imports `model`, `plan`, `sql`, `lock` and what `store` knows of its tables.
@NullMarked
package dev.fairlead.migrate.build;

import org.jspecify.annotations.NullMarked;
