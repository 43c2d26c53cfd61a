package dev.fairlead.migrate.goose;

import dev.fairlead.diagnostic.Place;

/// What goose sends as one query: the lines up to one that ends in a semicolon, or what stands between StatementBegin and
/// StatementEnd. It may have several statements of the server, or none.
///
/// @param text variables in place, without white space around it
/// @param place where it begins in the file
/// @param start the offset of this place, in the file's text with every line break as one line feed
public record GooseStatement(String text, Place place, int start) {}
