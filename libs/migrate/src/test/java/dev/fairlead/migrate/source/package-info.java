@NullMarked
package dev.fairlead.migrate.source;

import org.jspecify.annotations.NullMarked;
