package dev.fairlead.template.value;

/// In strict mode, the value of a key that its map does not have. May be tested and defaulted, never printed or passed.
public interface Absent {}
