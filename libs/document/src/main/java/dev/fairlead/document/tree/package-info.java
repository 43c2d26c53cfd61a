/// Documents as trees whose every part has its place: {@link dev.fairlead.document.tree.YamlReader} and {@link
/// dev.fairlead.document.tree.JsonReader} make them.
@NullMarked
package dev.fairlead.document.tree;

import org.jspecify.annotations.NullMarked;
