package dev.fairlead.target.kubernetes.http;

import java.time.Duration;

/// How long a server is waited for.
///
/// @param request one answer
/// @param first the first contact: a server that was never reached is most likely not there
/// @param silence the same where nobody says so: a slow one may be there
/// @param outage a server that answered before and does not any more, or refuses because it is busy
public record Patience(Duration request, Duration first, Duration silence, Duration outage) {
    public static final Patience DEFAULTS =
            new Patience(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(60));

    /// The same with another limit for one answer.
    public Patience answering(Duration within) {
        return new Patience(within, first, silence, outage);
    }
}
