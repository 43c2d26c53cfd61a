package dev.fairlead.target.kubernetes.act;

import dev.fairlead.diagnostic.time.Ticker;
import java.time.Clock;
import java.time.Duration;

/// What sessions work with.
///
/// @param request the longest that a request may take
public record Tools(Clock clock, Ticker ticker, Duration request) {}
