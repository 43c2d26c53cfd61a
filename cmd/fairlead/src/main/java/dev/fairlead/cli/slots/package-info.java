/// `fairlead slots` and its commands.
@NullMarked
package dev.fairlead.cli.slots;

import org.jspecify.annotations.NullMarked;
