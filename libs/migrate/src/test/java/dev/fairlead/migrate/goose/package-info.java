@NullMarked
package dev.fairlead.migrate.goose;

import org.jspecify.annotations.NullMarked;
