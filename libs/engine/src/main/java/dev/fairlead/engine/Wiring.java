package dev.fairlead.engine;

import dev.fairlead.deploy.target.Target;
import dev.fairlead.target.local.LocalTarget;
import java.nio.file.Path;

/// The real neighbours.
record Wiring(Surroundings surroundings) implements Neighbours {
    @Override
    public LoadedStack load(Path file) {
        throw new IllegalStateException("the stack's reader is not merged yet: " + file);
    }

    @Override
    public Target local(Path home) {
        return LocalTarget.create(home, surroundings.variables(), surroundings.caller());
    }
}
