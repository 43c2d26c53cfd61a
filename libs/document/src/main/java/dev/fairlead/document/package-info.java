/// Documents: YAML and JSON as trees with places, typed reading with suggestions, emitting, canonical bytes and their
/// digest. May import diagnostic, snakeyaml-engine and Jackson.
@NullMarked
package dev.fairlead.document;

import org.jspecify.annotations.NullMarked;
