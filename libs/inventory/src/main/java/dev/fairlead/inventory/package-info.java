/// services.yaml: {@link dev.fairlead.inventory.Stack} loads it with everything it imports, finds every problem in one
/// pass, and makes an outline and then an environment of it. May import diagnostic, document and template.
@NullMarked
package dev.fairlead.inventory;

import org.jspecify.annotations.NullMarked;
