package dev.fairlead.target.local;

import java.util.Optional;

/// One thing that the target local needs of the machine.
///
/// @param found what is there, in words
/// @param advice what to do where it is not enough
public record Check(String name, boolean ok, String found, Optional<String> advice) {}
