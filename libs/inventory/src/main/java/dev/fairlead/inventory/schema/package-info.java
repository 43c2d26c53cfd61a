/// What is derived from the table of keys: the JSON Schema that editors use, and the reference page.
@NullMarked
package dev.fairlead.inventory.schema;

import org.jspecify.annotations.NullMarked;
