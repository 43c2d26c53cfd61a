@NullMarked
package dev.fairlead.inventory;

import org.jspecify.annotations.NullMarked;
