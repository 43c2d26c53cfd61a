package dev.fairlead.target.kubernetes.act;

import dev.fairlead.diagnostic.time.Ticker;
import java.time.Clock;

/// What sessions work with.
public record Tools(Clock clock, Ticker ticker) {}
