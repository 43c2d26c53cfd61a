package dev.fairlead.engine;

import dev.fairlead.deploy.journal.Turn;

/// How a plan is applied.
///
/// @param command the word in the journal: `apply`, `up`
/// @param turn what to do when somebody else is at work
/// @param strict only this very plan, as it was shown or saved; otherwise what is due once the lease is there
public record ApplyOptions(String command, Turn turn, boolean strict) {}
