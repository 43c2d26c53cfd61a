package dev.fairlead.testcluster;

import java.time.Duration;
import java.util.Optional;

/// What a {@link FaultyProxy} does to a request.
public sealed interface Fault {
    Fault NONE = new None();

    /// Nothing.
    record None() implements Fault {}

    /// It answers itself.
    ///
    /// @param level the priority level that it says it counts the request for
    record Status(int status, Optional<Integer> retryAfter, Optional<String> level)
            implements Fault {
        public Status(int status, Optional<Integer> retryAfter) {
            this(status, retryAfter, Optional.empty());
        }
    }

    /// The connection breaks before the answer.
    ///
    /// @param done whether the server got the request
    record Lost(boolean done) implements Fault {}

    record Slow(Duration duration) implements Fault {}

    /// The answer breaks off after some bytes.
    record Cut(int bytes) implements Fault {}
}
