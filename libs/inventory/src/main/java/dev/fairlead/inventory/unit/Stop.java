package dev.fairlead.inventory.unit;

import java.time.Duration;

/// How a process is asked to end: `signal` (`TERM`, `INT`, …) to its whole group, and after `grace` KILL.
public record Stop(String signal, Duration grace) {
    public static final Stop DEFAULT = new Stop("TERM", Duration.ofSeconds(10));
}
