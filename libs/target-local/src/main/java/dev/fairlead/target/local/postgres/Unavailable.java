package dev.fairlead.target.local.postgres;

import dev.fairlead.deploy.target.CauseCode;
import java.util.List;

/// PostgreSQL does not run, or refused something; with the last lines of what it said.
public final class Unavailable extends Exception {
    private final CauseCode code;
    private final List<String> evidence;

    Unavailable(CauseCode code, String what, List<String> evidence) {
        super(what);
        this.code = code;
        this.evidence = List.copyOf(evidence);
    }

    /// `PORT_TAKEN` where somebody else holds its port, else `DATABASE_UNAVAILABLE`.
    public CauseCode code() {
        return code;
    }

    /// What happened, one sentence without a full stop.
    public String what() {
        return String.valueOf(getMessage());
    }

    public List<String> evidence() {
        return evidence;
    }
}
