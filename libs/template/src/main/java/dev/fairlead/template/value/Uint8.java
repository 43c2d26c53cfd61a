package dev.fairlead.template.value;

/// Go's `uint8`: what `index` gives for a byte of a string.
public record Uint8(int value) {}
