package dev.fairlead.testcluster;

import java.time.Duration;
import java.util.Optional;

/// What a {@link FaultyProxy} does to a request.
public sealed interface Fault {
    Fault NONE = new None();

    /// Nothing.
    record None() implements Fault {}

    /// It answers itself.
    record Status(int status, Optional<Integer> retryAfter) implements Fault {}

    /// The connection breaks before the answer.
    ///
    /// @param done whether the server got the request
    record Lost(boolean done) implements Fault {}

    record Slow(Duration duration) implements Fault {}

    /// The answer breaks off after some bytes.
    record Cut(int bytes) implements Fault {}
}
