package dev.fairlead.target.kubernetes.http;

import java.time.Duration;

/// Asked before each attempt of a write, also when one is sent again: whoever lost the right to write in between throws
/// here, and nothing is sent.
public interface Guard {
    Guard NONE = _ -> {};

    /// @param limit after how long the attempt is given up
    void before(Duration limit);
}
