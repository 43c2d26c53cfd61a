/// Images as part of a plan: what is there, what is built or copied first. {@link dev.fairlead.deploy.image.ImageMaker} is the
/// port to registries and builders. May import the inventory's records.
@NullMarked
package dev.fairlead.deploy.image;

import org.jspecify.annotations.NullMarked;
