package dev.fairlead.template;

/// What happens when a template reads a key that its map does not have.
public enum MissingKey {
    /// The value may be tested and defaulted; printing it or passing it on is an error.
    STRICT,
    /// An error at once, as Go's `missingkey=error`.
    ERROR,
    /// No value, which prints as `<no value>`: Go's `missingkey=default`.
    DEFAULT,
    /// The zero value of the map's element type: Go's `missingkey=zero`.
    ZERO
}
