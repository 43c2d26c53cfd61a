package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.journal.Turn;

/// How a plan is to be executed.
///
/// @param command the word in the journal and in the execution's name: `apply`, `up`, `restart`
/// @param turn what to do when somebody else is at work
/// @param strict only this very plan: when planning again under the lease gives another, nothing is done ({@link
///     Outcome.Stale}); otherwise the newer plan is executed
public record Order(String command, Turn turn, boolean strict) {}
