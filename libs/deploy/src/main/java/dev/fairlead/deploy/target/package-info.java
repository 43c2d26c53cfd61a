/// The one port to the world: what a target must be able to do, and the values that pass through it. Decides nothing.
/// May import the inventory's environment records, diagnostic and the packages event and journal.
@NullMarked
package dev.fairlead.deploy.target;

import org.jspecify.annotations.NullMarked;
