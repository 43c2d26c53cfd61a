/// Who waits for whom: {@link dev.fairlead.inventory.graph.Graph} makes the edges of decisions taken elsewhere (which
/// units are there, what they depend on), and finds circles.
@NullMarked
package dev.fairlead.inventory.graph;

import org.jspecify.annotations.NullMarked;
