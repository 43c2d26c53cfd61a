/// Builders: layers over a base by Fairlead itself, Dockerfiles by the builder that the machine has.
@NullMarked
package dev.fairlead.image.build;

import org.jspecify.annotations.NullMarked;
