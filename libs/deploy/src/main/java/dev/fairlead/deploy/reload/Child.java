package dev.fairlead.deploy.reload;

import java.util.Optional;

/// What is reloaded. The reloader calls it from one thread; a call may take as long as a build takes.
public interface Child {
    /// Runs the build.
    ///
    /// @param digest of the watched files that it is built from
    /// @return empty when it succeeded or there is nothing to build, else its last lines
    Optional<String> build(String digest) throws InterruptedException;

    /// Replaces the process by a fresh one.
    ///
    /// @return whether the fresh one became ready
    boolean restart() throws InterruptedException;

    /// Takes note of how it stands.
    void stands(Standing standing);
}
