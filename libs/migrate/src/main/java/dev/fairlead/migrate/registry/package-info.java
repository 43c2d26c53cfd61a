/// All migrations that are known, whoever owns them, and the order in which they run. Input: folders, resources, records
/// built by code. Output: a {@link dev.fairlead.migrate.registry.Registry} and its
/// {@link dev.fairlead.migrate.registry.Order}, or problems. May import `goose`, `spec`, `source`, `model` and
/// `diagnostic`.
@NullMarked
package dev.fairlead.migrate.registry;

import org.jspecify.annotations.NullMarked;
