/// Images between the stack and its plan: what registries have, what is pinned, and the building of images alone.
@NullMarked
package dev.fairlead.engine.image;

import org.jspecify.annotations.NullMarked;
