@NullMarked
package dev.fairlead.migrate.create;

import org.jspecify.annotations.NullMarked;
