/// Every key of services.yaml, described once: {@link dev.fairlead.inventory.keys.StackKeys} is the table that reading,
/// errors, NOT_YET, the JSON Schema and the reference page are made from.
@NullMarked
package dev.fairlead.inventory.keys;

import org.jspecify.annotations.NullMarked;
