package dev.fairlead.target.local.postgres;

import java.util.List;

/// PostgreSQL does not run, or refused something; with the last lines of what it said.
public final class Unavailable extends Exception {
    private final List<String> evidence;

    Unavailable(String what, List<String> evidence) {
        super(what);
        this.evidence = List.copyOf(evidence);
    }

    /// What happened, one sentence without a full stop.
    public String what() {
        return String.valueOf(getMessage());
    }

    public List<String> evidence() {
        return evidence;
    }
}
