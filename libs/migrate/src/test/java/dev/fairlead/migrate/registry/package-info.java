@NullMarked
package dev.fairlead.migrate.registry;

import org.jspecify.annotations.NullMarked;
