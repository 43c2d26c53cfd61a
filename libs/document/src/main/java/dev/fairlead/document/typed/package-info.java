/// Typed reading. A {@link dev.fairlead.document.typed.Shape} describes what may stand at a place, once, as a table of
/// {@link dev.fairlead.document.typed.Key}s; the {@link dev.fairlead.document.typed.Checker} reports what does not fit,
/// the keys read what does, and schema and reference pages are made from the same table.
@NullMarked
package dev.fairlead.document.typed;

import org.jspecify.annotations.NullMarked;
