/// Images: looked up, built and pushed, copied. {@link dev.fairlead.image.ImageWorkshop} implements the port of libs/deploy; the
/// package `registry` speaks to registries, `build` to builders. The only module that sees a builder's library.
@NullMarked
package dev.fairlead.image;

import org.jspecify.annotations.NullMarked;
