package dev.fairlead.deploy.target;

import dev.fairlead.diagnostic.Code;
import java.util.List;

/// Why a unit is not ready, in words for a person.
///
/// @param what one sentence without a full stop: `exited with 1 after 0.2 s`, `GET http://127.0.0.1:20123/readyz answered 500`
/// @param advice what a person can do, most useful first
/// @param evidence the last lines of its output or of the answer, oldest first, at most 20, secrets masked
public record Cause(Code code, String what, List<String> advice, List<String> evidence) {
    public Cause {
        advice = List.copyOf(advice);
        evidence = List.copyOf(evidence);
    }
}
