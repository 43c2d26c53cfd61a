@NullMarked
package dev.fairlead.migrate.spec;

import org.jspecify.annotations.NullMarked;
