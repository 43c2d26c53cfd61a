/// Real PostgreSQL servers for tests.
@NullMarked
package dev.fairlead.migrate.server;

import org.jspecify.annotations.NullMarked;
