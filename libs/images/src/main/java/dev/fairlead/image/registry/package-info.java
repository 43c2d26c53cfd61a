/// Registries by the OCI distribution API: what a name points to, and copies from one registry to another, byte for byte.
/// Uses the JDK's client and nothing of a builder.
@NullMarked
package dev.fairlead.image.registry;

import org.jspecify.annotations.NullMarked;
