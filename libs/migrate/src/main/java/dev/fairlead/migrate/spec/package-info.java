/// MigrationSpec files (`*.migration.yaml`, `.yml`, `.json`) and specs built by code as migrations. One table of keys
/// ({@link dev.fairlead.migrate.spec.SpecKeys}) is checked, read, and made into the JSON Schema and the reference page.
/// May import `model`, `sql`, `source`, `document` and `diagnostic`.
@NullMarked
package dev.fairlead.migrate.spec;

import org.jspecify.annotations.NullMarked;
