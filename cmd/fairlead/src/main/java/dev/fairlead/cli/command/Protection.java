package dev.fairlead.cli.command;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.engine.Engine;
import dev.fairlead.engine.Request;
import java.util.Set;

/// Whether an environment is `protected`, so that taking it down asks first.
record Protection(Engine engine) {
    private static final Set<String> PROTECTED_BY_NAME = Set.of("production", "prod");

    /// What the stack says; where it cannot be read, what the name says.
    boolean covers(Request request) {
        try {
            return engine.plan(request).guarded();
        } catch (ProblemException unreadable) {
            return PROTECTED_BY_NAME.contains(engine.status(request).ref().name());
        }
    }
}
