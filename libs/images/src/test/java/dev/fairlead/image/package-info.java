/// Tests of images, against a real registry and real builders.
@org.jspecify.annotations.NullMarked
package dev.fairlead.image;
