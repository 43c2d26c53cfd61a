package dev.fairlead.template;

import dev.fairlead.diagnostic.Marked;

/// What a template gave.
///
/// @param text the output; what came from a secret is marked
/// @param lines where each line of it came from
public record Rendered(Marked text, LineMap lines) {}
