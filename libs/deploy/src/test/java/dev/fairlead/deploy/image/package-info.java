/// Tests of what a plan does with images.
@org.jspecify.annotations.NullMarked
package dev.fairlead.deploy.image;
